import { focusedIn } from './focused-in.js';

/** What is smaller is a bar of the browser that comes and goes. */
const LEAST_PX = 120;
/** So much of the chat stays, on however small a screen. */
const LEAST_CHAT_PX = 160;

/**
 * A keyboard on the screen may cover the page instead of making it smaller (iOS, and Chrome on Android since version 108): then
 * this element leaves the room below it free, until the signal is aborted.
 */
export function leaveRoomForKeyboard(element: HTMLElement, signal: AbortSignal): void {
  const view = globalThis.visualViewport;
  if (!view) return;
  const fit = () => {
    const { bottom, height } = element.getBoundingClientRect();
    const keyboard = innerHeight - view.height;
    // Whoever has zoomed in sees a part of the page, without a keyboard too.
    const isShown = keyboard >= LEAST_PX && view.scale < 1.01;
    const covered = Math.min(keyboard, bottom - view.offsetTop - view.height, height - LEAST_CHAT_PX);
    const room = isShown && covered > 0 ? `${covered}px` : '';
    if (element.style.paddingBlockEnd !== room) element.style.paddingBlockEnd = room;
  };
  for (const type of ['resize', 'scroll']) view.addEventListener(type, fit, { signal });
  fit();
  signal.addEventListener('abort', () => {
    element.style.paddingBlockEnd = '';
  });
}

/** Takes the focus from a field that has it, and with it the keyboard from the screen. */
export function blurField(root: Document | ShadowRoot): void {
  const element = focusedIn(root);
  if (element?.matches('input, textarea')) (element as HTMLElement).blur();
}
