import { asUtc, type CalendarTime, calendarTime, dayOf } from './calendar.js';

export interface TimeFormat {
  /** The reader's present time, in milliseconds since 1970. */
  readonly now: number;
  /** BCP 47. Simplified Chinese is written as WeChat does, every other language by `Intl` in the same steps. */
  readonly locale: string;
  /** IANA name; default: the system's. */
  readonly timeZone?: string | undefined;
  /** False leaves the clock out, for lists of conversations; today still shows it. Default true. */
  readonly clock?: boolean | undefined;
}

/** A message from a clock this much ahead of ours, in milliseconds, counts as written now. */
const CLOCK_TOLERANCE = 2 * 60_000;

/** From the year 100, before which `Date.UTC` reads a year as one of the last century, to the last day a Date can hold in any zone. */
const FIRST_TIME = Date.UTC(100, 0, 2);
const LAST_TIME = 8.64e15 - 24 * 60 * 60_000;

type Step = 'today' | 'yesterday' | 'before yesterday' | 'this week' | 'this year' | 'full';

/**
 * A message's time as a reader would say it: the clock today, then yesterday, the weekday for six days, the day of this year, the
 * full date. Days are calendar days of the time zone. More than two minutes ahead of `now` the full date is given, because no
 * other step would be true. What is no time (NaN, or beyond what a date can hold) gives the empty string.
 * @param at milliseconds since 1970
 */
export function formatTime(at: number, { now, locale, timeZone, clock = true }: TimeFormat): string {
  if (!isTime(at) || !isTime(now)) return '';
  const ahead = at - now;
  const time = calendarTime(ahead > 0 && ahead <= CLOCK_TOLERANCE ? now : at, timeZone);
  const step = ahead > CLOCK_TOLERANCE ? 'full' : stepTo(calendarTime(now, timeZone), time);
  return language(locale).weChat ? weChat(time, step, clock) : international(time, step, clock, locale);
}

/**
 * The whole date and time, for a title or a label. Empty where {@link formatTime} is.
 * @param at milliseconds since 1970
 * @param timeZone IANA name; default: the system's
 */
export function formatFullTime(at: number, locale: string, timeZone?: string): string {
  if (!isTime(at)) return '';
  return format(locale, 'whole', calendarTime(at, timeZone));
}

function isTime(at: number): boolean {
  return at >= FIRST_TIME && at <= LAST_TIME;
}

function stepTo(now: CalendarTime, time: CalendarTime): Step {
  const days = dayOf(now) - dayOf(time);
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  if (days === 2) return 'before yesterday';
  if (days <= 6) return 'this week';
  return now.year === time.year ? 'this year' : 'full';
}

const CHINESE_DAYS = ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'];

function weChat(time: CalendarTime, step: Step, clock: boolean): string {
  const wall = `${partOfDay(time.hour)}${twoDigits(time.hour)}:${twoDigits(time.minute)}`;
  if (step === 'today') return wall;
  const day = chineseDay(time, step);
  return clock ? `${day} ${wall}` : day;
}

function chineseDay(time: CalendarTime, step: Step): string {
  if (step === 'yesterday') return '昨天';
  if (step === 'before yesterday') return '前天';
  if (step === 'this week') return CHINESE_DAYS[new Date(asUtc(time)).getUTCDay()] ?? '';
  const date = `${time.month}月${time.day}日`;
  return step === 'this year' ? date : `${twoDigits(time.year % 100)}年${date}`;
}

function partOfDay(hour: number): string {
  if (hour < 6) return '凌晨';
  if (hour < 12) return '上午';
  if (hour < 13) return '中午';
  return hour < 18 ? '下午' : '晚上';
}

function twoDigits(number: number): string {
  return `${number}`.padStart(2, '0');
}

function international(time: CalendarTime, step: Step, clock: boolean, locale: string): string {
  if (step === 'today') return format(locale, 'clock', time);
  if (step === 'yesterday') {
    const { yesterday } = language(locale);
    return clock ? `${yesterday} ${format(locale, 'clock', time)}` : yesterday;
  }
  const day = step === 'this year' || step === 'full' ? step : 'weekday';
  return format(locale, clock ? `${day} with clock` : day, time);
}

const CLOCK = { hour: 'numeric', minute: '2-digit' } as const;
const DATE = { month: 'short', day: 'numeric' } as const;
const FORMATS = {
  clock: CLOCK,
  weekday: { weekday: 'long' },
  'weekday with clock': { weekday: 'long', ...CLOCK },
  'this year': DATE,
  'this year with clock': { ...DATE, ...CLOCK },
  full: { year: 'numeric', ...DATE },
  'full with clock': { year: 'numeric', ...DATE, ...CLOCK },
  whole: { dateStyle: 'full', timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter takes some 50 times as long as using it. */
function format(locale: string, name: keyof typeof FORMATS, time: CalendarTime): string {
  const key = `${locale} ${name}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(locale, { ...FORMATS[name], timeZone: 'UTC' });
    formatters.set(key, formatter);
  }
  return formatter.format(asUtc(time));
}

interface Language {
  /** Whether times are written as WeChat does. */
  readonly weChat: boolean;
  /** The word, with a capital where the script has them. */
  readonly yesterday: string;
}

const languages = new Map<string, Language>();

function language(locale: string): Language {
  let known = languages.get(locale);
  if (known === undefined) {
    const { language, script } = new Intl.Locale(locale).maximize();
    const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-1, 'day');
    const yesterday = word.slice(0, 1).toLocaleUpperCase(locale) + word.slice(1);
    known = { weChat: language === 'zh' && script === 'Hans', yesterday };
    languages.set(locale, known);
  }
  return known;
}
