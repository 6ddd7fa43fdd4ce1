export interface TimeFormat {
  /** The reader's present time, in milliseconds since 1970. */
  readonly now: number;
  /** BCP 47. Simplified Chinese is written as WeChat does, every other language by `Intl` in the same steps. */
  readonly locale: string;
  /** False leaves the clock out, for lists of conversations; today still shows it. Default true. */
  readonly clock?: boolean | undefined;
}

const DAY = 24 * 60 * 60_000;

/** A message from a clock this much ahead of ours, in milliseconds, counts as written now. */
const CLOCK_TOLERANCE = 2 * 60_000;

/** From the year 100, before which `Date.UTC` reads a year as one of the last century, to the last day a Date can hold in any zone. */
const FIRST_TIME = Date.UTC(100, 0, 2);
const LAST_TIME = 8.64e15 - DAY;

/**
 * A message's time as a reader would say it: the clock today, then yesterday, the weekday for six days, the day of this year, the
 * full date. Days are calendar days of the system's time zone. More than two minutes ahead of `now` the full date is given,
 * because no other step would be true. What is no time (NaN, or beyond what a date can hold) gives the empty string.
 * @param at milliseconds since 1970
 */
export function formatTime(at: number, { now, locale, clock = true }: TimeFormat): string {
  if (!isTime(at) || !isTime(now)) return '';
  const ahead = at - now > CLOCK_TOLERANCE;
  const time = wallClock(ahead ? at : Math.min(at, now));
  const today = wallClock(now);
  const days = ahead ? Number.POSITIVE_INFINITY : Math.floor(+today / DAY) - Math.floor(+time / DAY);
  const { weChat, relative } = language(locale);
  const wall = weChat ? chineseClock(time) : format(locale, CLOCK, time);
  if (days <= 0) return wall;
  if (days === 1 || (weChat && days === 2)) {
    const word = relative.format(-days, 'day');
    const capitalised = word.slice(0, 1).toLocaleUpperCase(locale) + word.slice(1);
    return clock ? `${capitalised} ${wall}` : capitalised;
  }
  const sameYear = !ahead && today.getUTCFullYear() === time.getUTCFullYear();
  if (days > 6 && weChat) {
    const date = chineseDate(time, sameYear);
    return clock ? `${date} ${wall}` : date;
  }
  const day = days <= 6 ? WEEKDAY : sameYear ? DATE : FULL_DATE;
  if (weChat) return clock ? `${format(locale, day, time)} ${wall}` : format(locale, day, time);
  return format(locale, clock ? { ...day, ...CLOCK } : day, time);
}

/**
 * The whole date and time, for a title or a label. Empty where {@link formatTime} is.
 * @param at milliseconds since 1970
 */
export function formatFullTime(at: number, locale: string): string {
  return isTime(at) ? format(locale, { dateStyle: 'full', timeStyle: 'short' }, wallClock(at)) : '';
}

function isTime(at: number): boolean {
  return at >= FIRST_TIME && at <= LAST_TIME;
}

/** What the wall clock shows here, as if it were UTC: so days have 24 hours, and cached formats outlive a change of the zone. */
function wallClock(at: number): Date {
  const date = new Date(at);
  return new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate(), date.getHours(), date.getMinutes()));
}

function chineseClock(time: Date): string {
  const hour = time.getUTCHours();
  const part = hour < 6 ? '凌晨' : hour < 12 ? '上午' : hour < 13 ? '中午' : hour < 18 ? '下午' : '晚上';
  return `${part}${twoDigits(hour)}:${twoDigits(time.getUTCMinutes())}`;
}

function chineseDate(time: Date, sameYear: boolean): string {
  const date = `${time.getUTCMonth() + 1}月${time.getUTCDate()}日`;
  return sameYear ? date : `${twoDigits(time.getUTCFullYear() % 100)}年${date}`;
}

function twoDigits(number: number): string {
  return `${number}`.padStart(2, '0');
}

const CLOCK = { hour: 'numeric', minute: '2-digit' } as const;
const WEEKDAY = { weekday: 'long' } as const;
const DATE = { month: 'short', day: 'numeric' } as const;
const FULL_DATE = { year: 'numeric', ...DATE } as const;

/** Making a formatter costs far more than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, options: Intl.DateTimeFormatOptions, time: Date): string {
  const key = locale + Object.keys(options);
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    formatters.set(key, formatter);
  }
  return formatter.format(time);
}

interface Language {
  /** Whether times are written as WeChat does. */
  readonly weChat: boolean;
  readonly relative: Intl.RelativeTimeFormat;
}

const languages = new Map<string, Language>();

function language(locale: string): Language {
  let known = languages.get(locale);
  if (!known) {
    const { language, script } = new Intl.Locale(locale).maximize();
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    known = { weChat: language === 'zh' && script === 'Hans', relative };
    languages.set(locale, known);
  }
  return known;
}
