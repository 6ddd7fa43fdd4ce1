/** What the calendar and the clock on the wall show. */
export interface CalendarTime {
  readonly year: number;
  /** 1 is January. */
  readonly month: number;
  readonly day: number;
  /** 0 to 23. */
  readonly hour: number;
  readonly minute: number;
}

const DAY = 24 * 60 * 60_000;

/**
 * The calendar's reading at a moment, Gregorian.
 * @param at milliseconds since 1970
 * @param timeZone IANA name; default: the system's, as it is at the time of the call
 */
export function calendarTime(at: number, timeZone?: string): CalendarTime {
  if (timeZone === undefined) {
    const date = new Date(at);
    return {
      year: date.getFullYear(),
      month: date.getMonth() + 1,
      day: date.getDate(),
      hour: date.getHours(),
      minute: date.getMinutes(),
    };
  }
  const time = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
  for (const { type, value } of clockOf(timeZone).formatToParts(at)) {
    if (Object.hasOwn(time, type)) time[type as keyof CalendarTime] = Number(value);
  }
  return time;
}

/** Consecutive numbers of calendar days. Their difference counts days right where a day has 23 or 25 hours. */
export function dayOf({ year, month, day }: CalendarTime): number {
  return Date.UTC(year, month - 1, day) / DAY;
}

/** The moment at which a clock in UTC shows this. A formatter set to UTC then writes it for whatever time zone it was read in. */
export function asUtc({ year, month, day, hour, minute }: CalendarTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}
