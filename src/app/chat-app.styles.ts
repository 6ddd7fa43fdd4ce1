import { css } from 'lit';

export const chatAppStyles = css`
  :host {
    display: block;
    width: 100%;
    height: 100dvh;
    min-height: 320px;
    overflow: hidden;
    background: var(--_background);
    color: var(--_foreground);
    font-size: 16px;
    line-height: 1.5;
    text-align: start;
  }
  .app {
    height: 100%;
    min-height: inherit;
    /* What is shown keeps clear of notches; the composer sees to the bottom itself. */
    padding: env(safe-area-inset-top, 0) env(safe-area-inset-right, 0) 0 env(safe-area-inset-left, 0);
    background: var(--_surface);
  }
  chat-window {
    max-width: 960px;
    margin: 0 auto;
  }
  .splash,
  .screen {
    display: flex;
    flex-direction: column;
    width: 100%;
    height: 100%;
    overflow: auto;
  }
  .splash {
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 24px;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: center;
    cursor: pointer;
  }
  /* A ring around the whole screen would be the first thing to be seen of the app. */
  .splash:focus-visible {
    outline: none;
  }
  .splash:focus-visible .quiet {
    text-decoration: underline dotted;
    text-underline-offset: 6px;
  }
  .name {
    font-size: 28px;
    font-weight: 600;
    line-height: 1.25;
    overflow-wrap: anywhere;
  }
  .quiet {
    color: var(--_muted);
  }
  .card {
    display: flex;
    flex-direction: column;
    flex: none;
    width: 100%;
    max-width: 420px;
    /* In the middle, and whole where there is no room. */
    margin: auto;
    padding: 24px 24px calc(24px + env(safe-area-inset-bottom, 0px));
  }
  .logo {
    flex: none;
    align-self: center;
    width: 72px;
    height: 72px;
    object-fit: contain;
  }
  .splash .logo {
    width: 96px;
    height: 96px;
    margin-block-end: 16px;
  }
  h1 {
    margin: 0 0 12px;
    font-size: 24px;
    font-weight: 600;
    line-height: 1.3;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  h1:focus {
    outline: none;
  }
  form h1 {
    margin: 16px 0 20px;
    text-align: center;
  }
  p {
    margin: 0 0 16px;
    overflow-wrap: anywhere;
  }
  ul {
    display: grid;
    gap: 16px;
    margin: 4px 0 28px;
    padding: 0;
    list-style: none;
  }
  li {
    display: flex;
    gap: 14px;
    overflow-wrap: anywhere;
  }
  li span {
    min-width: 0;
  }
  .icon {
    flex: none;
    width: 24px;
    height: 24px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  li .icon {
    color: var(--_muted);
  }
  [dir='rtl'] .mirrors {
    transform: scaleX(-1);
  }
  .button {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 10px;
    min-height: 48px;
    padding: 8px 20px;
    font-size: 16px;
  }
  .button[aria-disabled='true'] {
    cursor: progress;
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
  }
  .choice .button {
    flex: 1 1 120px;
    padding-inline: 12px;
  }
  .box {
    margin: 0 0 16px;
    padding: 12px 16px;
    border-radius: var(--_radius);
    background: var(--_warning);
    color: var(--_on-warning);
    font-size: 14px;
  }
  .box p {
    margin: 0 0 12px;
  }
  .ring {
    flex: none;
    width: 18px;
    height: 18px;
    border: 2px solid;
    border-inline-start-color: transparent;
    border-radius: 50%;
    animation: turn 0.9s linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  .splash > * {
    animation: rise 0.5s ease-out both;
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .splash > *,
    .ring {
      animation: none;
    }
  }
  .bare {
    display: grid;
    flex: none;
    place-items: center;
    width: 44px;
    height: 44px;
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    color: var(--_muted);
  }
  /* Beside the window's own light, at the end of its bar. */
  .out {
    order: 1;
    margin-inline: -2px -10px;
  }
  .ended {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
    line-height: 20px;
  }
  /* As high as the window's own button, but for the finger. */
  .ended .button {
    position: relative;
    min-height: 32px;
    padding: 4px 14px;
    font-size: 14px;
  }
  .ended .button::after {
    content: '';
    position: absolute;
    inset: -7px -2px;
  }
  @media (min-width: 600px) {
    .app {
      background: var(--_background);
    }
    .card {
      margin: auto;
      padding: 36px 40px 40px;
      border: 1px solid var(--_border);
      border-radius: 16px;
      background: var(--_surface);
      box-shadow: 0 16px 48px -24px rgb(0 0 0 / 30%);
    }
    .screen {
      padding: 24px;
    }
  }
  @media (min-width: 961px) {
    chat-window {
      border: solid var(--_border);
      border-width: 0 1px;
    }
  }
`;
