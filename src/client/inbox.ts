import type { Packet } from '../protocol/index.js';
import type { Clock } from './clock.js';
import type { Message } from './message.js';
import { newId } from './new-id.js';
import { RecentFingerprints } from './recent-fingerprints.js';

const MAX_FINGERPRINT = 128;
const YEAR_2000 = 946_684_800_000;
const DAY_MS = 86_400_000;

/** Decides what becomes of the data frames that arrive: a message, a copy of one, or nothing. */
export class Inbox {
  readonly #seen: RecentFingerprints;
  readonly #own: RecentFingerprints;
  readonly #drops = new Map<string, number>();

  constructor(
    readonly userId: string,
    readonly clock: Clock,
  ) {
    this.#seen = new RecentFingerprints(clock);
    this.#own = new RecentFingerprints(clock);
  }

  get drops(): ReadonlyMap<string, number> {
    return this.#drops;
  }

  drop(reason: string): void {
    this.#drops.set(reason, (this.#drops.get(reason) ?? 0) + 1);
  }

  /** Takes a message as received. */
  recognise(id: string): void {
    this.#seen.note(id);
  }

  /** Notes that a packet of ours is written: should it come back, it is not somebody else's message. */
  noteOwn({ fp }: Packet): void {
    if (fp !== null) this.#own.note(fp);
  }

  /** The message of a data frame, or undefined for a copy, an own message that came back, or one for somebody else. */
  take(packet: Packet): Message | undefined {
    const { fp, to, from, typeu, dataContent, sm } = packet;
    if (to !== this.userId && to !== '-1') {
      this.drop('message for another user');
      return undefined;
    }
    if (this.#isOwn(packet) || (isFingerprint(fp) && this.#seen.note(fp))) return undefined;
    const id = isFingerprint(fp) ? fp : newId();
    return {
      id,
      type: typeu,
      content: dataContent ?? '',
      from,
      to: this.userId,
      sentAt: this.#plausible(sm),
      status: 'received',
    };
  }

  /** Every QoS frame is acknowledged, copies included; not our own message that came back, nor one without a usable id. */
  owesAck(packet: Packet): boolean {
    return packet.QoS && isFingerprint(packet.fp) && !this.#isOwn(packet);
  }

  /** By its fingerprint alone: `from` is only a claim. */
  #isOwn({ fp }: Packet): boolean {
    return fp !== null && this.#own.has(fp);
  }

  /** The server's time, unless it has none or it is nonsense: then the time of arrival. */
  #plausible(sm: number): number {
    const now = this.clock.now();
    return sm > YEAR_2000 && sm < now + DAY_MS ? sm : now;
  }
}

function isFingerprint(fp: string | null): fp is string {
  return fp !== null && fp !== '' && fp.length <= MAX_FINGERPRINT;
}
