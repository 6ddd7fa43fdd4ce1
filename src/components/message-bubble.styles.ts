import { css } from 'lit';

export const messageBubbleStyles = css`
  :host {
    display: block;
    width: 100%;
    padding: 0 8px var(--_gap);
    color: var(--_foreground);
    font-size: var(--_text-size);
    /* Whole pixels: rows of whole heights let the list place them exactly. */
    line-height: calc(var(--_text-size) + 6px);
  }
  time {
    display: block;
    padding-block-end: 13px;
    text-align: center;
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
  }
  .row {
    display: flex;
    align-items: flex-start;
    gap: 8px;
  }
  /* The far side stays free by an avatar with its margins. */
  .in {
    padding-inline-end: 48px;
  }
  .out {
    flex-direction: row-reverse;
    /* The delivery mark (19 px and a gap) stands in the free space. */
    padding-inline-start: 21px;
  }
  .avatar {
    flex: none;
    width: 40px;
    height: 40px;
    border-radius: 50%;
    background: var(--_border);
    color: var(--_foreground);
    font-size: 17px;
    font-weight: 500;
    line-height: 40px;
    text-align: center;
    object-fit: cover;
    overflow: hidden;
    user-select: none;
  }
  .avatar.self {
    background:
      radial-gradient(circle 8px at 50% 15px, var(--_foreground) 96%, transparent),
      radial-gradient(ellipse 15px 12px at 50% 39px, var(--_foreground) 96%, transparent), var(--_border);
  }
  .column {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    min-width: 0;
  }
  .name {
    max-width: 100%;
    padding: 0 2px 3px;
    overflow: hidden;
    color: var(--_muted);
    font-size: 11px;
    line-height: 14px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .bubble {
    position: relative;
    min-width: 40px;
    max-width: min(100%, 640px);
    padding: 14px 16px;
    border-radius: var(--_radius);
    isolation: isolate;
    background: var(--_bubble-in);
    color: var(--_foreground);
  }
  .out .bubble {
    background: var(--_bubble-out);
    color: var(--_on-bubble-out);
    --_link: var(--_link-out);
  }
  /* The tail: a square on its corner, half under the bubble. */
  .bubble::before {
    content: '';
    position: absolute;
    z-index: -1;
    inset-block-start: 15px;
    inset-inline-start: -4px;
    width: 10px;
    height: 10px;
    border-radius: 2px;
    background: inherit;
    transform: rotate(45deg);
  }
  .out .bubble::before {
    inset-inline: auto -4px;
  }
  .status {
    flex: none;
    align-self: center;
    width: 19px;
    height: 19px;
    border-radius: 50%;
  }
  .status.sending {
    border: 2px solid var(--_muted);
    border-block-start: 0;
    animation: turn 0.9s linear infinite;
  }
  .status.failed {
    background: var(--_danger);
    color: #fff;
    font-size: 13px;
    font-weight: 700;
    line-height: 19px;
    text-align: center;
  }
  .status.failed::before {
    content: '!';
  }
  /* A clock: the hands are the borders of a small square. */
  .status:is(.queued, .unconfirmed) {
    position: relative;
    border: 2px solid var(--_muted);
  }
  .status.unconfirmed {
    border-style: dashed;
  }
  .status:is(.queued, .unconfirmed)::before {
    content: '';
    position: absolute;
    inset-block-start: 2px;
    inset-inline-start: 6px;
    width: 5px;
    height: 6px;
    border: solid var(--_muted);
    border-width: 0 0 2px;
    border-inline-start-width: 2px;
  }
  /* A tick, small and quiet: delivered is the rule. */
  .status:is(.delivered, .sent) {
    position: relative;
    align-self: flex-end;
  }
  .status:is(.delivered, .sent)::before {
    content: '';
    position: absolute;
    inset-block-start: 5px;
    inset-inline-start: 8px;
    width: 4px;
    height: 8px;
    border: solid var(--_muted);
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(40deg);
  }
  /* Most messages wait for a moment only: the button to take one back comes after 2 s, where there is room for it already. */
  .waiting {
    position: relative;
    align-self: center;
  }
  .waiting .status {
    display: block;
  }
  .waiting button {
    position: absolute;
    inset-block-start: -3px;
    inset-inline-end: 100%;
    width: 24px;
    height: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_muted);
    font-size: 22px;
    line-height: 24px;
    cursor: pointer;
    animation: appear 200ms 2s backwards;
  }
  .waiting button::before {
    content: '×';
  }
  @keyframes appear {
    from {
      opacity: 0;
      visibility: hidden;
    }
  }
  .gap {
    margin: 2px 0 0;
    text-align: center;
  }
  .top {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 4px;
  }
  .failure {
    margin: 4px 0 0;
    margin-inline-end: 48px;
    text-align: end;
    font-size: 12px;
    color: var(--_on-warning);
  }
  .quiet,
  .gap {
    font-size: 12px;
    color: var(--_muted);
  }
  :is(.failure, .gap, .top) button {
    min-height: 24px;
    padding: 2px 4px;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-decoration: underline;
    text-underline-offset: 2px;
    cursor: pointer;
  }
  /* For fingers. */
  @media (pointer: coarse) {
    :is(.failure, .gap, .top) button {
      min-height: 44px;
      padding: 2px 8px;
    }
    .waiting button::after {
      content: '';
      position: absolute;
      inset: -10px;
    }
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (forced-colors: active) {
    .bubble,
    .avatar,
    .failed {
      border: 1px solid;
    }
    .bubble::before {
      display: none;
    }
  }
`;
