import { afterEach, describe, expect, test } from 'vitest';
import { startsTimeLine } from '../../src/store/time-line.js';

const at = (year: number, month: number, day: number, hour = 0, minute = 0, second = 0, millisecond = 0) => ({
  sentAt: new Date(year, month, day, hour, minute, second, millisecond).getTime(),
});

const noon = at(2026, 6, 5, 12);
const after = (milliseconds: number) => ({ sentAt: noon.sentAt + milliseconds });

test('above the first message', () => {
  expect(startsTimeLine(noon, undefined)).toBe(true);
});

test.each([
  [0, false],
  [1_000, false],
  [120_000, false],
  [120_001, true],
  [3_600_000, true],
  [-3_600_000, false],
])('%i ms after the one before: %s', (milliseconds, expected) => {
  expect(startsTimeLine(after(milliseconds), noon)).toBe(expected);
});

describe('a change of day', () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  test('in either direction', () => {
    const before = at(2026, 6, 5, 23, 59, 59, 999);
    const midnight = at(2026, 6, 6);
    expect(startsTimeLine(midnight, before)).toBe(true);
    expect(startsTimeLine(before, midnight)).toBe(true);
    expect(startsTimeLine({ sentAt: midnight.sentAt + 1 }, midnight)).toBe(false);
  });

  test('the same day of another month or year is another day', () => {
    expect(startsTimeLine(at(2025, 6, 5, 12), noon)).toBe(true);
    expect(startsTimeLine(at(2026, 5, 5, 12), noon)).toBe(true);
  });

  // 16:00 UTC is midnight in Shanghai and noon in New York.
  test.each([
    ['Asia/Shanghai', true],
    ['America/New_York', false],
    ['UTC', false],
  ])("C3 is that of the reader's time zone: %s", (timeZone, expected) => {
    process.env['TZ'] = timeZone;
    const before = { sentAt: Date.UTC(2026, 6, 5, 15, 59, 30) };
    expect(startsTimeLine({ sentAt: before.sentAt + 60_000 }, before)).toBe(expected);
  });
});
