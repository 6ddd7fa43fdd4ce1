import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ConnectionState } from '../../src/client/state.js';
import { ConnectionStrip } from '../../src/components/connection-strip.js';
import { en } from '../../src/locales/en.js';
import { change, heard, inside, mount, textOf } from './mount.js';

const connected: ConnectionState = { name: 'connected' };
const attempt = (attempt: number): ConnectionState => ({ name: 'connecting', attempt, retryInMs: 500 });
const ended = (reason: 'idle' | 'closed' | 'lost' | 'misconfigured'): ConnectionState =>
  reason === 'misconfigured'
    ? { name: 'disconnected', reason, error: new Error('no') }
    : { name: 'disconnected', reason };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  document.body.replaceChildren();
  expect(vi.getTimerCount(), 'timers left behind').toBe(0);
  vi.useRealTimers();
});

async function pass(strip: ConnectionStrip, ms: number): Promise<void> {
  vi.advanceTimersByTime(ms);
  await strip.updateComplete;
}

const isShown = (strip: ConnectionStrip) => inside(strip, '.clip').classList.contains('shown');

describe('trouble', () => {
  test('is told after 2 s, counted from the first attempt, and ends at once', async () => {
    const strip = await mount(ConnectionStrip, { connection: connected });
    await change(strip, { connection: attempt(1) });
    await pass(strip, 1_000);
    await change(strip, { connection: attempt(2) });
    await pass(strip, 999);
    expect([isShown(strip), textOf(inside(strip, '[role=status]'))]).toEqual([false, '']);
    await pass(strip, 1);
    expect([isShown(strip), textOf(inside(strip, '[role=status]'))]).toEqual([true, en.trouble]);
    expect(inside(strip, '.spinner').localName).toBe('span');
    await change(strip, { connection: attempt(3) });
    expect(isShown(strip)).toBe(true);
    await change(strip, { connection: connected });
    expect([isShown(strip), textOf(inside(strip, '[role=status]'))]).toEqual([false, '']);
  });

  test('counts for the first connection too', async () => {
    const strip = await mount(ConnectionStrip, { connection: attempt(0) });
    await pass(strip, 1_999);
    expect(isShown(strip)).toBe(false);
    await pass(strip, 1);
    expect(isShown(strip)).toBe(true);
  });

  test('N11: shorter than 2 s passes without a word, however often', async () => {
    const strip = await mount(ConnectionStrip, { connection: connected });
    for (let i = 0; i < 5; i++) {
      await change(strip, { connection: attempt(1) });
      await pass(strip, 1_999);
      expect(isShown(strip)).toBe(false);
      await change(strip, { connection: connected });
      await pass(strip, 100);
      expect(isShown(strip)).toBe(false);
    }
  });

  test('leaves no timer when the element goes, and counts anew when it comes back', async () => {
    const strip = await mount(ConnectionStrip, { connection: attempt(1) });
    await pass(strip, 1_500);
    expect(vi.getTimerCount()).toBe(1);
    strip.remove();
    expect(vi.getTimerCount()).toBe(0);
    document.body.append(strip);
    await pass(strip, 1_999);
    expect(isShown(strip)).toBe(false);
    await pass(strip, 1);
    expect(isShown(strip)).toBe(true);
  });

  test('that is shown stays shown when the element is moved', async () => {
    const strip = await mount(ConnectionStrip, { connection: attempt(1) });
    await pass(strip, 2_000);
    const box = document.body.appendChild(document.createElement('div'));
    box.append(strip);
    await strip.updateComplete;
    expect(isShown(strip)).toBe(true);
    await pass(strip, 2_000);
  });

  test('ends with the connection itself', async () => {
    const strip = await mount(ConnectionStrip, { connection: attempt(1) });
    await pass(strip, 1_000);
    await change(strip, { connection: { name: 'disconnected', reason: 'refused', code: 1025 } });
    await pass(strip, 5_000);
    expect(isShown(strip)).toBe(false);
  });
});

describe('an end', () => {
  test.each(['closed', 'lost'] as const)(
    '%s is told at once, with a button that asks for the connection',
    async (reason) => {
      const strip = await mount(ConnectionStrip, { connection: connected });
      await change(strip, { connection: ended(reason) });
      expect(isShown(strip)).toBe(true);
      expect(textOf(inside(strip, '.strip'))).toMatch(new RegExp(`^${en.closed}\\s+${en.connect}$`));
      expect(strip.shadowRoot?.querySelector('.spinner')).toBeNull();
      const requests = heard(strip, 'connect-request');
      inside(strip, 'button').click();
      expect(requests.map(({ composed }) => composed)).toEqual([false]);
    },
  );

  test.each<ConnectionState | undefined>([
    undefined,
    ended('idle'),
    ended('misconfigured'),
    { name: 'disconnected', reason: 'refused', code: 1025 },
    { name: 'disconnected', reason: 'kicked', kickout: { code: 1, detail: undefined } },
  ])('%j is told elsewhere, or not at all', async (connection) => {
    const strip = await mount(ConnectionStrip, { connection });
    await pass(strip, 5_000);
    expect([isShown(strip), textOf(inside(strip, '[role=status]'))]).toEqual([false, '']);
  });

  test('followed by a new beginning is over: trouble counts from there', async () => {
    const strip = await mount(ConnectionStrip, { connection: ended('closed') });
    await change(strip, { connection: attempt(0) });
    expect([isShown(strip), textOf(inside(strip, '[role=status]'))]).toEqual([false, '']);
    await pass(strip, 1_999);
    expect(isShown(strip)).toBe(false);
    await pass(strip, 1);
    expect(textOf(inside(strip, '[role=status]'))).toBe(en.trouble);
  });
});
