import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatFullTime, formatTime } from '../../src/locales/time.js';
import { strings as zhCN } from '../../src/locales/zh-CN.js';

const zone = process.env['TZ'];
beforeEach(() => {
  process.env['TZ'] = 'Asia/Shanghai';
});
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

/** A Thursday. */
const NOW = '2026-11-26T15:00';

const shanghai = (local: string) => Date.parse(`${local}+08:00`);

const styleOf = (locale: string) => (locale === 'zh-CN' ? zhCN.times : undefined);

function format(
  local: string,
  { now = NOW, locale = 'zh-CN', clock }: { now?: string; locale?: string; clock?: boolean } = {},
) {
  const text = formatTime(shanghai(local), { now: shanghai(now), locale, style: styleOf(locale), clock });
  // Some versions of ICU write narrow or no-break spaces.
  return text.replace(/[\u202f\u00a0]/g, ' ');
}

describe('zh-CN, as WeChat writes it', () => {
  test.each([
    ['today', '2026-11-26T10:30', '上午10:30', '上午10:30'],
    ['today, at its first minute', '2026-11-26T00:00', '凌晨00:00', '凌晨00:00'],
    ['yesterday', '2026-11-25T10:30', '昨天 上午10:30', '昨天'],
    ['yesterday, at its last minute', '2026-11-25T23:59', '昨天 晚上23:59', '昨天'],
    ['the day before', '2026-11-24T10:30', '前天 上午10:30', '前天'],
    ['3 days ago', '2026-11-23T10:30', '星期一 上午10:30', '星期一'],
    ['4 days ago', '2026-11-22T10:30', '星期日 上午10:30', '星期日'],
    ['5 days ago', '2026-11-21T10:30', '星期六 上午10:30', '星期六'],
    ['6 days ago', '2026-11-20T00:00', '星期五 凌晨00:00', '星期五'],
    ["7 days ago, never today's own weekday", '2026-11-19T23:59', '11月19日 晚上23:59', '11月19日'],
    ['earlier this year', '2026-07-05T10:30', '7月5日 上午10:30', '7月5日'],
    ['first day of this year', '2026-01-01T00:00', '1月1日 凌晨00:00', '1月1日'],
    ['last day of an earlier year', '2025-12-31T23:59', '25年12月31日 晚上23:59', '25年12月31日'],
    ['an earlier year', '2023-07-05T10:30', '23年7月5日 上午10:30', '23年7月5日'],
    ['a year of one digit', '2009-07-05T10:30', '09年7月5日 上午10:30', '09年7月5日'],
    ['another century', '1970-01-02T10:30', '70年1月2日 上午10:30', '70年1月2日'],
  ])('%s', (_, local, withClock, without) => {
    expect(format(local)).toBe(withClock);
    expect(format(local, { clock: true })).toBe(withClock);
    expect(format(local, { clock: false })).toBe(without);
  });

  test.each([
    ['2025-12-31T10:30', '昨天 上午10:30'],
    ['2025-12-30T10:30', '前天 上午10:30'],
    ['2025-12-29T10:30', '星期一 上午10:30'],
    ['2025-12-26T10:30', '星期五 上午10:30'],
    ['2025-12-25T10:30', '25年12月25日 上午10:30'],
  ])('across the new year: %s', (local, text) => {
    expect(format(local, { now: '2026-01-01T09:00' })).toBe(text);
  });

  test.each([
    ['凌晨', 0, 5],
    ['上午', 6, 11],
    ['中午', 12, 12],
    ['下午', 13, 17],
    ['晚上', 18, 23],
  ])('%s', (part, first, last) => {
    for (let hour = first; hour <= last; hour++) {
      const clock = `${String(hour).padStart(2, '0')}:05`;
      expect(format(`2026-11-26T${clock}`, { now: '2026-11-26T23:59' })).toBe(part + clock);
    }
  });
});

describe('C1 a clock that is ahead of ours', () => {
  test.each([
    ['1 s', 1_000, '下午15:00'],
    ['2 minutes', 120_000, '下午15:00'],
    ['2 minutes and 1 ms', 120_001, '26年11月26日 下午15:02'],
    ['1 day', 86_400_000, '26年11月27日 下午15:00'],
    ['10 years', 315_619_200_000, '36年11月26日 下午15:00'],
  ])('%s', (_, ahead, text) => {
    const now = shanghai(NOW);
    expect(formatTime(now + ahead, { now, locale: 'zh-CN', style: zhCN.times })).toBe(text);
  });

  test('within the two minutes it stays today, also over midnight', () => {
    expect(format('2026-11-27T00:00:30', { now: '2026-11-26T23:59:30' })).toBe('晚上23:59');
    expect(format('2026-11-27T00:05', { now: '2026-11-26T23:59', clock: false })).toBe('26年11月27日');
  });
});

describe('other languages take the same steps', () => {
  test.each([
    ['en', '2026-11-26T10:30', '10:30 AM', '10:30 AM'],
    ['en', '2026-11-25T10:30', 'Yesterday 10:30 AM', 'Yesterday'],
    ['en', '2026-11-24T14:05', /^Tuesday.* 2:05 PM$/, 'Tuesday'],
    ['en', '2026-11-20T10:30', /^Friday.* 10:30 AM$/, 'Friday'],
    ['en', '2026-11-19T10:30', /^Nov 19.* 10:30 AM$/, 'Nov 19'],
    ['en', '2023-07-05T10:30', /^Jul 5, 2023.* 10:30 AM$/, 'Jul 5, 2023'],
    ['en-GB', '2023-07-05T14:30', /^5 Jul 2023.* 14:30$/, '5 Jul 2023'],
    ['de', '2026-11-25T14:30', 'Gestern 14:30', 'Gestern'],
    ['ja', '2026-11-25T14:30', '昨日 14:30', '昨日'],
    ['zh-TW', '2026-11-25T14:30', /^昨天 下午0?2:30$/, '昨天'],
    ['zh-Hant', '2023-07-05T10:30', /^2023年7月5日 上午10:30$/, '2023年7月5日'],
  ])('%s %s', (locale, local, withClock, without) => {
    if (typeof withClock === 'string') expect(format(local, { locale })).toBe(withClock);
    else expect(format(local, { locale })).toMatch(withClock);
    expect(format(local, { locale, clock: false })).toBe(without);
  });

  test('a date ahead of ours is written in full', () => {
    expect(format('2026-11-27T10:30', { locale: 'en', clock: false })).toBe('Nov 27, 2026');
  });
});

test('formatFullTime leaves nothing out', () => {
  const plain = (locale: string) =>
    formatFullTime(shanghai('2026-07-05T10:30'), locale).replace(/[\u202f\u00a0]/g, ' ');
  expect(plain('en')).toMatch(/^Sunday, July 5, 2026.* 10:30 AM$/);
  expect(plain('zh-CN')).toMatch(/^2026年7月5日星期日.*10:30$/);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, -Number.MAX_VALUE, 9e15, 8.64e15])('%d is no time', (at) => {
  const zones = ['Asia/Shanghai', 'Pacific/Kiritimati', 'Etc/GMT+12'];
  for (const timeZone of zones) {
    process.env['TZ'] = timeZone;
    for (const locale of ['zh-CN', 'en']) {
      expect(formatTime(at, { now: shanghai(NOW), locale, style: styleOf(locale) })).toBe('');
      expect(formatTime(shanghai(NOW), { now: at, locale, style: styleOf(locale) })).toBe('');
      expect(formatFullTime(at, locale)).toBe('');
    }
  }
});
