/** A message on its way as it is stored. */
export interface OutboxRecord {
  /** Version of this layout. */
  readonly v: 1;
  readonly id: string;
  /** Typing order: higher is later. */
  readonly seq: number;
  readonly to: string;
  readonly type: number;
  readonly content: string;
  readonly qos: boolean;
  /** Ms since 1970. */
  readonly sentAt: number;
  /** Whether it was ever written to a server: then it may have arrived. */
  readonly written: boolean;
  readonly failed: boolean;
}

/**
 * Keeps the messages of one user that are on their way. Every promise may reject; the client then goes on from memory. What
 * happens to one record happens in the order of the calls.
 */
export interface OutboxStorage {
  /**
   * Takes the outbox, and gives what is in it. One client at a time has it, in all pages of the browser: waits while another
   * has it. Given back when the signal is aborted. What was put is in it, also by a client that did not have it.
   */
  claim(signal: AbortSignal): Promise<readonly unknown[]>;
  /** Resolves when the record is safe. */
  put(record: OutboxRecord): Promise<void>;
  delete(id: string): Promise<void>;
  /** Forgets all of this user. */
  clear(): Promise<void>;
  /** Called when the storage lost what it held (the user cleared the site's data). */
  emptied: (() => void) | undefined;
}

/** What was left by an earlier page goes out first; a storage that is slower than this, ms, must not stop the chat. */
export const CLAIM_MS = 2_000;
/** A message waits no longer than this, ms, to be written down before it is shown. */
export const SAVE_MS = 150;

const VERSION = 1;
const MAX_ID = 128;
/** Ms since 1970 that a `Date` can tell. Beyond it a number has no successor either, and typing order would end. */
const LAST_MS = 8.64e15;

/**
 * A record as it is read, checked: whoever can run scripts on the page can write what they like there. `newer` is one of a
 * later version of this client: left alone. Undefined for what is no record at all.
 */
export function checkRecord(value: unknown): OutboxRecord | 'newer' | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { v, id, seq, to, type, content, qos, sentAt, written, failed } = value as Record<string, unknown>;
  if (typeof v === 'number' && v > VERSION) return 'newer';
  if (v !== VERSION || !isText(id) || id.length > MAX_ID || !isText(to) || typeof content !== 'string')
    return undefined;
  if (!isTime(seq) || !isTime(sentAt)) return undefined;
  if (typeof type !== 'number' || (type | 0) !== type) return undefined;
  return {
    v,
    id,
    seq,
    to,
    type,
    content,
    qos: qos !== false,
    sentAt,
    written: written === true,
    failed: failed === true,
  };
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= LAST_MS;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
