import { css } from 'lit';

/** What all elements of the types have in common: they stand in a text, whose blanks count, and theirs do not. */
export const richBubbleStyles = css`
  :host {
    display: block;
    white-space: normal;
  }
  * {
    box-sizing: border-box;
  }
  a {
    color: var(--_link);
    overflow-wrap: anywhere;
    text-underline-offset: 2px;
  }
  /* As a text that is folded, but for good: nobody writes that much into a card. */
  p {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 20;
    margin: 0;
    overflow: hidden;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
    text-align: start;
  }
  button {
    font: inherit;
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid var(--_link);
    outline-offset: 2px;
  }
`;
