import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeScroller } from './fake-scroller.js';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run, 16));
  vi.stubGlobal('cancelAnimationFrame', (id: number) => clearTimeout(id));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const items = (from: number, count: number) => Array.from({ length: count }, (_, index) => `m${from + index}`);

describe('ChatLayout', () => {
  it('begins at the end and stays there', () => {
    const list = new FakeScroller(items(0, 1000));
    expect(list.gap).toBe(0);
    expect(list.mounted.at(-1)).toBe('m999');
    list.items = [...list.items, 'm1000'];
    list.measure(() => 250);
    expect(list.gap).toBe(0);
    expect(list.mounted.at(-1)).toBe('m1000');
  });

  it('mounts the rows in view and those within 400 px', () => {
    const list = new FakeScroller(items(0, 1000));
    list.scroll(50_000);
    list.measure(() => 100);
    expect(list.mounted[0]).toBe('m496');
    expect(list.mounted.at(-1)).toBe('m510');
  });

  it('leaves nothing mounted of an empty list', () => {
    const list = new FakeScroller(items(0, 20));
    list.items = [];
    expect(list.mounted).toEqual([]);
    expect(list.gap).toBe(0);
  });

  it('reads a scroll that has no event yet against the old rows', () => {
    const list = new FakeScroller(items(1000, 1000));
    list.scroll(50_000);
    list.box.scrollTop = 49_000;
    const before = list.offset('m1490');
    list.items = [...items(950, 50), ...list.items];
    expect(list.offset('m1490')).toBe(before);
  });

  it('reads such a scroll against the old rows when the width changes, too', () => {
    const list = new FakeScroller(items(0, 1000));
    list.scroll(50_000);
    list.measure(() => 140);
    list.box.scrollTop += 210;
    const [first = ''] = list.mounted.filter((key) => list.offset(key) >= 0);
    const before = list.offset(first);
    list.resize(300, 600);
    expect(list.offset(first)).toBe(before);
  });

  it('writes no position while a scroll runs, and puts things in order at its end', () => {
    const list = new FakeScroller(items(0, 1000));
    list.scroll(50_000);
    const before = list.offset('m500');
    list.writes = 0;
    list.measure(() => 130);
    expect(list.writes).toBe(0);
    expect(list.offset('m500')).toBe(before);
    list.layout.scrollEnded();
    return Promise.resolve().then(() => {
      expect(list.writes).toBeGreaterThan(0);
      expect(list.offset('m500')).toBe(before);
      expect(list.box.scrollTop).toBe(list.top('m500') - before);
    });
  });

  it('takes 200 ms without movement for the end of a scroll', async () => {
    const list = new FakeScroller(items(0, 1000));
    list.scroll(50_000);
    list.measure(() => 130);
    list.writes = 0;
    await vi.advanceTimersByTimeAsync(199);
    expect(list.writes).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(list.writes).toBeGreaterThan(0);
  });

  it('at the top of the content goes to the top of the list, even while a scroll runs', () => {
    const list = new FakeScroller(items(0, 1000));
    list.scroll(2000);
    list.measure(() => 130);
    list.scroll(0);
    expect(list.offset('m0')).toBeLessThanOrEqual(0);
    expect(list.box.scrollTop).toBe(-list.offset('m0'));
  });

  it('mounts and unmounts nothing while sizes come, as long as the view is covered', async () => {
    const list = new FakeScroller(items(0, 1000));
    list.scroll(50_000);
    const before = list.mounted;
    list.measure(() => 60);
    expect(list.mounted).toEqual(before);
    await vi.advanceTimersByTimeAsync(16);
    expect(list.mounted.length).toBeGreaterThan(before.length);
  });

  it('mounts at once what the view lacks', () => {
    const list = new FakeScroller(items(0, 1000));
    list.scroll(50_000);
    list.measure(() => 10);
    expect(list.bottomOf(list.mounted.at(-1) ?? '') - list.position).toBeGreaterThanOrEqual(600);
  });

  it('disregards the position, and the rows, of a hidden list', () => {
    const list = new FakeScroller(items(0, 1000));
    list.scroll(50_000);
    const before = list.offset('m500');
    list.resize(0, 0);
    list.box.scrollTop = 0;
    list.measure(() => 7);
    list.items = [...items(-50, 50), ...list.items];
    list.resize(400, 600);
    expect(list.offset('m500')).toBe(before);
    expect(list.heightOf('m500')).toBe(100);
  });

  it('forgets heights of another width, holding the first row in view', () => {
    const list = new FakeScroller(items(0, 1000));
    list.scroll(50_050);
    list.measure(() => 140);
    const before = list.offset('m501');
    list.resize(300, 600);
    expect(list.heightOf('m501')).toBe(100);
    list.measure(() => 180);
    expect(list.heightOf('m501')).toBe(180);
    expect(list.offset('m501')).toBe(before);
  });

  it('runs nothing after it was suspended, and comes back to its place', async () => {
    const list = new FakeScroller(items(0, 1000));
    list.scroll(50_000);
    list.measure(() => 60);
    list.layout.scrollEnded();
    await vi.advanceTimersByTimeAsync(0);
    const before = list.offset('m500');
    list.scroll(list.box.scrollTop - 10);
    list.measure(() => 61);
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    const held = list.offset('m500');
    list.layout.suspend();
    expect(vi.getTimerCount()).toBe(0);
    expect(held).toBe(before + 10);
    list.box.scrollTop = 0;
    list.layout.resume();
    list.update();
    expect(list.offset('m500')).toBe(held);
  });

  it('goes to a row asked for before it is there', () => {
    const list = new FakeScroller(items(1000, 500));
    list.layout.scrollTo('m950', 'start');
    list.items = [...items(900, 100), ...list.items];
    expect(list.offset('m950')).toBe(0);
    list.layout.scrollTo('nobody', 'start');
    list.items = [...list.items, 'm1500'];
    expect(list.offset('m950')).toBe(0);
  });

  it('shows a row higher than the view from its top, if it came alone and is to be read', () => {
    const list = new FakeScroller(items(0, 100));
    list.items = [...list.items, 'm100'];
    list.measure((key) => (key === 'm100' ? 900 : 100));
    expect(list.offset('m100')).toBe(0);
    expect(list.atEnd).toBe(false);
    list.layout.scrollToEnd();
    list.update();
    list.items = [...list.items, 'own'];
    list.measure((key) => (key === 'own' ? 900 : 100));
    expect(list.gap).toBe(0);
    list.items = [...list.items, 'm101', 'm102'];
    list.measure((key) => (key === 'm102' ? 900 : 100));
    expect(list.gap).toBe(0);
    // With a row that is not, the line above what is new.
    list.layout.scrollToEnd();
    list.update();
    list.items = [...list.items, 'own line', 'm103'];
    list.measure((key) => (key === 'm103' ? 900 : 100));
    expect(list.offset('m103')).toBe(0);
  });

  it('leaves a reader who is elsewhere alone when such a row comes', () => {
    const list = new FakeScroller(items(0, 100));
    list.scroll(list.box.scrollTop - 150);
    const before = list.offset('m96');
    list.items = [...list.items, 'm100'];
    list.measure((key) => (key === 'm100' ? 900 : 100));
    expect(list.offset('m96')).toBe(before);
  });

  it('reaches both ends of a list higher than a browser can lay out', async () => {
    const list = new FakeScroller(items(0, 200_000));
    expect(list.box.scrollHeight).toBe(8_000_000);
    expect(list.box.scrollTop).toBe(7_999_400);
    expect(list.offset('m199999')).toBe(500);
    // By the thumb of the scroll bar, again and again.
    for (let drag = 0; drag < 4; drag++) {
      list.scroll(0);
      list.layout.scrollEnded();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(list.offset('m0')).toBe(0);
    expect(list.box.scrollTop).toBe(0);
  });
});
