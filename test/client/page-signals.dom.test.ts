import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PageSignal } from '../../src/client/index.js';
import { browserPage } from '../../src/client/page-signals.js';
import { Scene } from './scene.js';

afterEach(() => {
  vi.restoreAllMocks();
  Reflect.deleteProperty(Document.prototype, 'prerendering');
});

/** The page, and what it told so far. */
function listening() {
  const page = browserPage();
  if (!page) throw new Error('Expected a page');
  const heard: PageSignal[] = [];
  const life = new AbortController();
  page.listen((signal) => heard.push(signal), life.signal);
  return { page, heard, life };
}

function happen(target: EventTarget, type: string, fields: object = {}): void {
  target.dispatchEvent(Object.assign(new Event(type), fields));
}

const show = (state: DocumentVisibilityState) =>
  vi.spyOn(Document.prototype, 'visibilityState', 'get').mockReturnValue(state);

describe('what a page tells of itself', () => {
  it.each<[string, PageSignal, () => void]>([
    ['N13: online', 'online', () => happen(window, 'online')],
    ['N12: offline', 'offline', () => happen(window, 'offline')],
    ['L2: freeze', 'frozen', () => happen(document, 'freeze')],
    ['L2: resume', 'resumed', () => happen(document, 'resume')],
    ['L3: pagehide, into the cache', 'frozen', () => happen(window, 'pagehide', { persisted: true })],
    ['L3: pageshow, out of the cache', 'resumed', () => happen(window, 'pageshow', { persisted: true })],
    ['L13: prerenderingchange', 'visible', () => happen(document, 'prerenderingchange')],
  ])('%s is "%s"', (_, signal, act) => {
    const { heard, life } = listening();
    act();
    expect(heard).toEqual([signal]);
    life.abort();
  });

  it('visibilitychange counts when the page is seen again, not when it is hidden', () => {
    const { heard, life } = listening();
    show('hidden');
    happen(document, 'visibilitychange');
    expect(heard).toEqual([]);
    show('visible');
    happen(document, 'visibilitychange');
    expect(heard).toEqual(['visible']);
    life.abort();
  });

  it.each(['pagehide', 'pageshow'])('%s of a page that is not cached says nothing: it ends, or begins', (type) => {
    const { heard, life } = listening();
    happen(window, type, { persisted: false });
    expect(heard).toEqual([]);
    life.abort();
  });

  it('I11: nobody listens any more once the signal is aborted', () => {
    const { heard, life } = listening();
    life.abort();
    for (const type of ['online', 'offline', 'pagehide', 'pageshow']) happen(window, type, { persisted: true });
    for (const type of ['visibilitychange', 'prerenderingchange', 'freeze', 'resume']) happen(document, type);
    expect(heard).toEqual([]);
  });

  it('L7: never asks for beforeunload or unload, which would keep the page out of the cache', () => {
    const asked = [window, Document.prototype].map((target) => vi.spyOn(target, 'addEventListener'));
    const { life } = listening();
    const types = asked.flatMap(({ mock }) => mock.calls.map(([type]) => String(type)));
    expect(types).toHaveLength(8);
    expect(types).not.toContain('unload');
    expect(types).not.toContain('beforeunload');
    life.abort();
  });

  it('L13: tells whether it is being prepared; a browser that does not know says no', () => {
    const { page, life } = listening();
    expect(page.prerendering).toBe(false);
    Object.defineProperty(Document.prototype, 'prerendering', { value: true, configurable: true });
    expect(page.prerendering).toBe(true);
    life.abort();
  });
});

it('L1: tells whether anybody can see it', () => {
  const hidden = vi.spyOn(Document.prototype, 'hidden', 'get');
  for (const value of [true, false]) {
    hidden.mockReturnValue(value);
    expect(browserPage()?.hidden).toBe(value);
  }
});

describe('a client on a page', () => {
  it('hears it by itself', async () => {
    const scene = new Scene({ reconnectDelay: () => 30_000 });
    (await scene.online()).serverClose();
    happen(window, 'online');
    await scene.settle();
    expect(scene.sockets).toHaveLength(2);
    scene.client.disconnect();
  });

  it('does not hear it where it was told not to', async () => {
    const scene = new Scene({ reconnectDelay: () => 30_000, page: null });
    (await scene.online()).serverClose();
    happen(window, 'online');
    await scene.settle();
    expect(scene.sockets).toHaveLength(1);
    scene.client.disconnect();
  });
});
