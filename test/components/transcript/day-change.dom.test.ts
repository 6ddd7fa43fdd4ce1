import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onDayChange } from '../../../src/components/transcript/day-change.js';

const HOUR_MS = 3_600_000;
let life: AbortController;
let changes: number;

beforeEach(() => {
  vi.useFakeTimers();
  life = new AbortController();
  changes = 0;
});

afterEach(() => {
  life.abort();
  vi.useRealTimers();
});

function startAt(...date: [number, number, number, number, number, number]): void {
  vi.setSystemTime(new Date(...date));
  onDayChange(() => {
    changes += 1;
  }, life.signal);
}

it.each<[string, [number, number, number, number, number, number]]>([
  ['an evening', [2026, 5, 1, 21, 30, 0]],
  ['the end of a year', [2026, 11, 31, 23, 59, 59]],
  ['a leap day', [2028, 1, 29, 23, 0, 0]],
])('tells of midnight, and of each that follows: %s', (_, date) => {
  startAt(...date);
  const midnight = new Date(date[0], date[1], date[2] + 1).valueOf();
  vi.advanceTimersByTime(midnight - Date.now() - 1);
  expect(changes).toBe(0);
  vi.advanceTimersByTime(2);
  expect(changes).toBe(1);
  vi.advanceTimersByTime(48 * HOUR_MS);
  expect(changes).toBe(3);
});

it('tells within an hour of a clock that was set to another day, and at once when somebody looks', () => {
  startAt(2026, 5, 1, 12, 0, 0);
  vi.setSystemTime(new Date(2026, 5, 3, 12, 0, 0));
  vi.advanceTimersByTime(HOUR_MS);
  expect(changes).toBe(1);
  vi.setSystemTime(new Date(2026, 5, 9, 12, 0, 0));
  document.dispatchEvent(new Event('visibilitychange'));
  expect(changes).toBe(2);
});

it('leaves nothing behind', () => {
  startAt(2026, 5, 1, 12, 0, 0);
  life.abort();
  expect(vi.getTimerCount()).toBe(0);
  vi.setSystemTime(new Date(2026, 5, 3, 12, 0, 0));
  document.dispatchEvent(new Event('visibilitychange'));
  expect(changes).toBe(0);
});
