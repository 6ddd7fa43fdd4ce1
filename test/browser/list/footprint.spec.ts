import { expect, test } from './list-test.js';

test('10,000 messages are a few dozen rows at 380 x 640', async ({ page }) => {
  const counts = await page.evaluate(async () => {
    const { create, elementCount, frames, messages, rows, scrollTo } = window.listPage;
    const list = create(messages(0, 10_000));
    list.style.setProperty('inline-size', '380px');
    list.style.setProperty('block-size', '640px');
    await frames(5);
    const counts = [{ elements: elementCount(), rows: rows().length }];
    for (const top of [400_000, 399_000, 0]) {
      await scrollTo(top);
      counts.push({ elements: elementCount(), rows: rows().length });
    }
    return counts;
  });
  for (const { elements, rows } of counts) {
    expect(rows).toBeGreaterThan(3);
    expect(rows).toBeLessThan(40);
    expect(elements).toBeLessThan(200);
  }
});

test('after its removal the list leaves nothing behind: no frame, no timer, no observer, no listener', async ({
  page,
}) => {
  const left = await page.evaluate(async () => {
    const { create, frames, messages, scroller } = window.listPage;
    const timers = new Set<unknown>();
    const observers = new Set<ResizeObserver>();
    const listeners = new Set<string>();
    let inside = 0;
    const numbers = new Map<unknown, number>();
    // The same listener twice is one listener. Outside of itself a list needs one, while it is there: another day may have begun.
    const name = (target: EventTarget, type: string, listener: unknown) => {
      if (!numbers.has(listener)) numbers.set(listener, numbers.size);
      return `${target === window ? 'window' : (target as Node).nodeName} ${type} ${numbers.get(listener)}`;
    };
    const isOutside = (target: EventTarget) =>
      [window, document, document.documentElement, document.body].includes(target as never);
    const { setTimeout, clearTimeout, requestAnimationFrame, cancelAnimationFrame } = window;
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    const { observe, disconnect } = ResizeObserver.prototype;
    Object.assign(window, {
      setTimeout: (handler: () => void, ms?: number) => {
        const id = setTimeout(() => {
          timers.delete(id);
          handler();
        }, ms);
        timers.add(id);
        return id;
      },
      clearTimeout: (id: number) => {
        timers.delete(id);
        clearTimeout(id);
      },
      requestAnimationFrame: (handler: (time: number) => void) => {
        const id = requestAnimationFrame((time) => {
          timers.delete(`frame ${id}`);
          handler(time);
        });
        timers.add(`frame ${id}`);
        return id;
      },
      cancelAnimationFrame: (id: number) => {
        timers.delete(`frame ${id}`);
        cancelAnimationFrame(id);
      },
    });
    EventTarget.prototype.addEventListener = function (type: string, ...rest: [never, never]) {
      if (isOutside(this ?? window)) {
        const listener = name(this ?? window, type, rest[0]);
        listeners.add(listener);
        const { signal } = Object(rest[1]) as AddEventListenerOptions;
        if (signal) addEventListener.call(signal, 'abort', () => listeners.delete(listener));
      } else inside++;
      addEventListener.call(this ?? window, type, ...rest);
    };
    EventTarget.prototype.removeEventListener = function (type: string, ...rest: [never, never]) {
      listeners.delete(name(this ?? window, type, rest[0]));
      removeEventListener.call(this ?? window, type, ...rest);
    };
    ResizeObserver.prototype.observe = function (...args) {
      observers.add(this);
      observe.apply(this, args);
    };
    ResizeObserver.prototype.disconnect = function () {
      observers.delete(this);
      disconnect.call(this);
    };
    const list = create(messages(0, 1000));
    await frames(3);
    const during = { observers: observers.size, inside, listeners: [...listeners], timers: 0 };
    // A scroll over unknown rows leaves a timer and wants a frame.
    scroller().scrollTop -= 3000;
    await frames(1);
    during.timers = timers.size;
    list.remove();
    return { during, after: { timers: [...timers], observers: observers.size, listeners: [...listeners] } };
  });
  expect(left.during.observers).toBeGreaterThan(0);
  expect(left.during.inside).toBeGreaterThan(0);
  expect(left.during.listeners).toEqual(['#document visibilitychange 0']);
  expect(left.during.timers).toBeGreaterThan(0);
  expect(left.after.timers).toEqual([]);
  expect(left.after.observers).toBe(0);
  expect(left.after.listeners).toEqual([]);
});

test('the list is one stop of the keyboard with a name, and no live region', async ({ page }) => {
  await page.evaluate(async () => {
    const { create, frames, messages } = window.listPage;
    create(messages(0, 10));
    await frames(2);
  });
  const list = page.getByRole('log', { name: 'Messages' });
  await expect(list).toHaveAttribute('aria-live', 'off');
  await expect(list).toHaveAttribute('tabindex', '0');
  await expect(list).toHaveAttribute('part', 'messages');
});
