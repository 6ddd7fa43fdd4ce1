import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { formatTime } from '../../src/locales/time.js';
import { strings as zhCN } from '../../src/locales/zh-CN.js';

const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

const MINUTE = 60_000;
const DAY = 86_400_000;

const WEEKDAYS = ['星期四', '星期五', '星期六', '星期日', '星期一', '星期二', '星期三'];

/** Proleptic Gregorian date of a day number (0 is 1 January 1970, a Thursday), by counting leap years: no Date, no Intl. */
function dateOf(day: number): { year: number; month: number; date: number } {
  let year = 1970;
  let rest = day;
  const isLeap = (y: number) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  while (rest < 0) rest += isLeap(--year) ? 366 : 365;
  for (; rest >= (isLeap(year) ? 366 : 365); year++) rest -= isLeap(year) ? 366 : 365;
  const months = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  let month = 0;
  for (; rest >= (months[month] ?? 0); month++) rest -= months[month] ?? 0;
  return { year, month: month + 1, date: rest + 1 };
}

/** The rule of WeChat over minutes of the wall clock since 1970, written a second time. */
function expected(at: number, now: number): string {
  const minute = ((at % 1440) + 1440) % 1440;
  const hour = Math.floor(minute / 60);
  const part = ['凌晨', '上午', '中午', '下午', '晚上'][[6, 12, 13, 18, 24].findIndex((end) => hour < end)];
  const clock = `${part}${String(hour).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const [day, today] = [Math.floor(at / 1440), Math.floor(now / 1440)];
  const { year, month, date } = dateOf(day);
  const full = `${String(year % 100).padStart(2, '0')}年${month}月${date}日 ${clock}`;
  const age = today - day;
  if (at > now + 2) return full;
  if (age <= 0) return clock;
  if (age <= 2) return `${age === 1 ? '昨天' : '前天'} ${clock}`;
  if (age <= 6) return `${WEEKDAYS[((day % 7) + 7) % 7]} ${clock}`;
  return year === dateOf(today).year ? `${month}月${date}日 ${clock}` : full;
}

/** Minutes from 1960 to 2099; most pairs are days apart, where the steps are. */
const moments = fc
  .record({
    now: fc.integer({ min: -5_260_000, max: 68_370_000 }),
    age: fc.oneof(
      fc.integer({ min: 0, max: 10 * 1440 }),
      fc.integer({ min: 0, max: 800 * 1440 }),
      fc.integer({ min: -3 * 1440, max: -3 }),
    ),
  })
  .map(({ now, age }) => ({ now, at: now - age }));

describe('zones of a fixed offset', () => {
  test.each([
    ['UTC', 0],
    ['Etc/GMT-8', 8],
    ['Etc/GMT-14', 14],
    ['Etc/GMT+12', -12],
  ])('%s', (timeZone, offset) => {
    process.env['TZ'] = timeZone;
    fc.assert(
      fc.property(moments, ({ at, now }) => {
        const options = { now: (now - offset * 60) * MINUTE, locale: 'zh-CN', style: zhCN.times };
        expect(formatTime((at - offset * 60) * MINUTE, options)).toBe(expected(at, now));
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Summer time by the law's own rule, since 2007: the second Sunday of March to the first of November, at 2 o'clock local time. */
function newYorkOffset(utcMinute: number): number {
  const { year } = dateOf(Math.floor(utcMinute / 1440));
  const begins = sunday(year, 3, 2) * 1440 + 7 * 60;
  const ends = sunday(year, 11, 1) * 1440 + 6 * 60;
  return utcMinute >= begins && utcMinute < ends ? -240 : -300;
}

/** Last Sundays of March and October, at 1:00 UTC. */
function berlinOffset(utcMinute: number): number {
  const { year } = dateOf(Math.floor(utcMinute / 1440));
  const begins = (sunday(year, 4, 1) - 7) * 1440 + 60;
  const ends = (sunday(year, 11, 1) - 7) * 1440 + 60;
  return utcMinute >= begins && utcMinute < ends ? 120 : 60;
}

/** Day number of the nth Sunday of a month. */
function sunday(year: number, month: number, nth: number): number {
  let day = (year - 1970) * 365 + (month - 1) * 28;
  while (dateOf(day).year < year || dateOf(day).month < month) day++;
  while (((day % 7) + 7) % 7 !== 3) day++;
  return day + (nth - 1) * 7;
}

describe('C3 zones with summer time', () => {
  const years = fc.record({
    now: fc.integer({ min: Date.UTC(2008, 0, 10) / MINUTE, max: Date.UTC(2036, 11, 20) / MINUTE }),
    age: fc.oneof(fc.integer({ min: 0, max: 10 * 1440 }), fc.integer({ min: 0, max: 300 * 1440 })),
  });
  // Times in the hours around a change, where a day has 23 or 25 hours.
  const changes = fc.record({
    now: fc
      .tuple(fc.constantFrom([3, 2], [11, 1], [4, 1]), fc.integer({ min: 2008, max: 2036 }), fc.nat({ max: 4 * 1440 }))
      .map(([[month = 0, nth = 0], year, minute]) => sunday(year, month, nth) * 1440 + minute),
    age: fc.integer({ min: 0, max: 8 * 1440 }),
  });

  test.each([
    ['America/New_York', newYorkOffset],
    ['Europe/Berlin', berlinOffset],
  ])('%s', (timeZone, offset) => {
    process.env['TZ'] = timeZone;
    fc.assert(
      fc.property(fc.oneof(years, changes), ({ now, age }) => {
        const at = now - age;
        const local = expected(at + offset(at), now + offset(now));
        const options = { now: now * MINUTE, locale: 'zh-CN', style: zhCN.times };
        // The hour that comes twice: the rule over wall clocks cannot tell that the earlier one is not in the future.
        fc.pre(at + offset(at) <= now + offset(now));
        expect(formatTime(at * MINUTE, options)).toBe(local);
      }),
      { numRuns: 2_000 },
    );
  });

  test('24 hours are not a day where the clocks change', () => {
    process.env['TZ'] = 'America/New_York';
    const options = { locale: 'zh-CN', style: zhCN.times };
    const afterTheShortDay = Date.parse('2026-03-09T00:10-04:00');
    expect(formatTime(afterTheShortDay - DAY, { ...options, now: afterTheShortDay })).toBe('前天 晚上23:10');
    const endOfTheLongDay = Date.parse('2026-11-01T23:50-05:00');
    expect(formatTime(endOfTheLongDay - DAY, { ...options, now: endOfTheLongDay })).toBe('凌晨00:50');
  });
});
