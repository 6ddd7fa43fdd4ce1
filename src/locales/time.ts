/** How a language writes times whose readers are used to another way than that of `Intl`. What the wall clock shows is in UTC. */
export interface TimeStyle {
  readonly clock: (time: Date) => string;
  readonly date: (time: Date, sameYear: boolean) => string;
}

export interface TimeFormat {
  /** The reader's present time, in milliseconds since 1970. */
  readonly now: number;
  /** BCP 47. */
  readonly locale: string;
  /** Default: what `Intl` writes, in the same steps. */
  readonly style?: TimeStyle | undefined;
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
export function formatTime(at: number, { now, locale, style, clock = true }: TimeFormat): string {
  if (!isTime(at) || !isTime(now)) return '';
  const ahead = at - now > CLOCK_TOLERANCE;
  const time = wallClock(ahead ? at : Math.min(at, now));
  const today = wallClock(now);
  const days = ahead ? Number.POSITIVE_INFINITY : Math.floor(+today / DAY) - Math.floor(+time / DAY);
  const wall = style ? style.clock(time) : format(locale, CLOCK, time);
  if (days <= 0) return wall;
  if (days === 1 || (style && days === 2)) {
    const make = () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    const word = cached(calendars, locale, make).format(-days, 'day');
    const capitalised = word.slice(0, 1).toLocaleUpperCase(locale) + word.slice(1);
    return clock ? `${capitalised} ${wall}` : capitalised;
  }
  const sameYear = !ahead && today.getUTCFullYear() === time.getUTCFullYear();
  const day = days <= 6 ? WEEKDAY : sameYear ? DATE : FULL_DATE;
  if (style) {
    const date = days > 6 ? style.date(time, sameYear) : format(locale, day, time);
    return clock ? `${date} ${wall}` : date;
  }
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

const CLOCK = { hour: 'numeric', minute: '2-digit' } as const;
const WEEKDAY = { weekday: 'long' } as const;
const DATE = { month: 'short', day: 'numeric' } as const;
const FULL_DATE = { year: 'numeric', ...DATE } as const;

const clocks = new Map<string, Intl.DateTimeFormat>();
const calendars = new Map<string, Intl.RelativeTimeFormat>();

/** Making a formatter costs far more than using it. */
function cached<T>(formatters: Map<string, T>, key: string, make: () => T): T {
  const formatter = formatters.get(key) ?? make();
  formatters.set(key, formatter);
  return formatter;
}

function format(locale: string, options: Intl.DateTimeFormatOptions, time: Date): string {
  const make = () => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  return cached(clocks, locale + Object.keys(options), make).format(time);
}
