/** What was seen on a page from its first moment on. Times are `performance.now()`; 0: it has not happened. */
export interface Visit {
  /** Sum of all layout shifts. */
  shift: number;
  /** Milliseconds of the longest task; 0 if none took more than 50. */
  longTask: number;
  /** The pointer came to the button. */
  cameAt: number;
  pressedAt: number;
  /** The first frame that shows an enabled field which has the focus. */
  usableAt: number;
  /** What stands in the field that has the focus. */
  readonly typed: string | undefined;
}

declare global {
  var visit: Visit;
}

/** Runs in the page before anything else there, by itself: it may use nothing from outside. */
export function observeVisit(): void {
  const field = () => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active instanceof HTMLTextAreaElement ? active : undefined;
  };
  const visit: Visit = {
    ...{ shift: 0, longTask: 0, cameAt: 0, pressedAt: 0, usableAt: 0 },
    get typed() {
      return field()?.value;
    },
  };
  globalThis.visit = visit;
  const on = (type: string, use: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({ type, buffered: true });
  on('layout-shift', (entry) => {
    visit.shift += (entry as PerformanceEntry & { readonly value: number }).value;
  });
  on('longtask', ({ duration }) => {
    visit.longTask = Math.max(visit.longTask, duration);
  });

  const isUsable = (found = field()) => {
    if (!found || found.disabled || found.readOnly) return false;
    const { left, right, top, bottom } = found.getBoundingClientRect();
    const isInside = left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight && bottom > top;
    return isInside && found.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const poll = () => {
    if (isUsable()) visit.usableAt = performance.now();
    else requestAnimationFrame(poll);
  };
  const isButton = ({ target }: Event) => target instanceof Element && target.closest('chat-launcher, #opener');
  addEventListener('pointerover', (event) => {
    if (isButton(event)) visit.cameAt ||= event.timeStamp;
  });
  addEventListener('pointerdown', (event) => {
    if (!isButton(event) || visit.pressedAt) return;
    visit.pressedAt = event.timeStamp;
    poll();
  });
}
