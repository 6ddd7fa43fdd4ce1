import type { Message } from '../client/message.js';

/** After this much silence, in milliseconds, the next message gets a time line. */
export const TIME_LINE_GAP = 2 * 60_000;

/** What the rule looks at. */
export type Timed = Pick<Message, 'sentAt'>;

/**
 * Whether a line with the time stands above a message: above the first, above one that comes more than two minutes after the one
 * before, and where a new calendar day begins. A time that runs backwards (a clock was set, older messages were loaded) begins a
 * line only with the day.
 *
 * Notes of this client count like any message, on both sides: "connection restored" an hour later says when, and a message right
 * after it needs no second line.
 * @param previous the entry before it in the list, undefined for the first
 */
export function startsTimeLine(message: Timed, previous: Timed | undefined): boolean {
  if (previous === undefined) return true;
  return message.sentAt - previous.sentAt > TIME_LINE_GAP || !isSameDay(message.sentAt, previous.sentAt);
}

function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
