import { ownDocument } from '../../client/own-document.js';

/** The clock may be set, and a device that sleeps stops its timers: it is looked at this often at least. */
const LOOK_MS = 3_600_000;

/** Calls back when another calendar day has begun, or the device is in another time zone, until the signal is aborted. */
export function onDayChange(changed: () => void, signal: AbortSignal): void {
  let day = today();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    timer = setTimeout(look, Math.min(LOOK_MS, untilMidnight()));
    const now = today();
    if (now === day) return;
    day = now;
    changed();
  };
  look();
  // A page that nobody looked at may have been stopped meanwhile.
  ownDocument.addEventListener('visibilitychange', look, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));
}

function today(): string {
  const now = new Date();
  return `${now.toDateString()} ${now.getTimezoneOffset()}`;
}

/** Ms, by the calendar: a day may have 23 or 25 hours. At least one, and rather a bit late than early. */
function untilMidnight(): number {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).valueOf() - now.valueOf() + 1;
}
