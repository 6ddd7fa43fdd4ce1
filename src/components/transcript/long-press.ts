/** A finger that rests so many ms asks for the menu. */
const LONG_MS = 500;
/** It may tremble by so many px. */
const TREMBLE_PX = 10;

/**
 * Does what is to be done where a finger rests on an element, until the signal is aborted. What would follow then, a press on
 * what lies under it and the browser's own menu, does not.
 * @param pressed gives what is to be done; undefined: what the browser does
 */
export function onLongPress(
  element: HTMLElement,
  pressed: (event: PointerEvent) => (() => void) | undefined,
  signal: AbortSignal,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let start: PointerEvent | undefined;
  let isDone = false;
  const end = () => {
    clearTimeout(timer);
    start = undefined;
  };
  const listen = <K extends keyof HTMLElementEventMap>(type: K, listener: (event: HTMLElementEventMap[K]) => void) =>
    element.addEventListener(type, listener, { signal, capture: true });
  listen('pointerdown', (event) => {
    end();
    isDone = false;
    // A second finger wants something else.
    const act = event.pointerType === 'touch' && event.isPrimary ? pressed(event) : undefined;
    if (!act) return;
    start = event;
    timer = setTimeout(() => {
      end();
      isDone = true;
      act();
    }, LONG_MS);
  });
  listen('pointermove', ({ clientX, clientY }) => {
    if (start && Math.hypot(clientX - start.clientX, clientY - start.clientY) > TREMBLE_PX) end();
  });
  for (const type of ['pointerup', 'pointercancel'] as const) listen(type, end);
  element.addEventListener('scroll', end, { signal });
  const swallow = (event: Event) => {
    // Of keys, and of whoever reads the screen.
    if (event.type === 'click' && (event as MouseEvent).detail === 0) return;
    if (!start && !isDone) return;
    event.preventDefault();
    if (event.type === 'click') event.stopPropagation();
  };
  listen('contextmenu', swallow);
  listen('click', swallow);
  signal.addEventListener('abort', end);
}
