import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const box = { clientHeight: 600, clientWidth: 400, scrollHeight: 10_000, scrollTop: 0 };
let ended: number;

/** A view in which somebody has just begun to scroll. */
async function scrolling() {
  // What the browser can do is asked once.
  vi.resetModules();
  const { ScrollView } = await import('../../../src/components/list/scroll-view.js');
  const view = new ScrollView(
    () => box,
    () => {
      ended += 1;
    },
  );
  box.scrollTop = 0;
  view.resize();
  view.place(0, 10_000, false, () => {});
  box.scrollTop = 500;
  expect(view.pull()).toBe(true);
  return view;
}

beforeEach(() => {
  ended = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a scroll that stands still', () => {
  it('is over after 200 ms where the browser does not say when', async () => {
    await scrolling();
    vi.advanceTimersByTime(199);
    expect(ended).toBe(0);
    vi.advanceTimersByTime(1);
    expect(ended).toBe(1);
  });

  it('is over when the browser says so, or else after 5 s', async () => {
    vi.stubGlobal('onscrollend', null);
    const view = await scrolling();
    vi.advanceTimersByTime(4_999);
    expect(ended).toBe(0);
    view.endScroll();
    vi.advanceTimersByTime(10_000);
    expect(ended).toBe(1);
    await scrolling();
    vi.advanceTimersByTime(5_000);
    expect(ended).toBe(2);
  });
});
