import { type Clock, instant } from '../gateway/clock.js';

/** `up` is from the client to the server. */
export type Direction = 'up' | 'down';

/** How a socket ends: in order (FIN), or thrown away (RST). */
export type Ending = 'end' | 'reset';

/** What a line does to the bytes of one direction. */
export interface LineConditions {
  /** Milliseconds by which bytes come late. */
  readonly latencyMs: number;
  /** Up to so many milliseconds more or less than the latency. Order is kept, as TCP keeps it. */
  readonly jitterMs: number;
  readonly bytesPerSecond: number;
  /** The most bytes that the far end gets at once. */
  readonly sliceBytes: number;
  /** A black hole: nothing passes, not even the news that the other end is gone, and nobody is told. */
  readonly held: boolean;
}

/** A line that does nothing. */
export const CLEAR: LineConditions = {
  latencyMs: 0,
  jitterMs: 0,
  bytesPerSecond: Number.POSITIVE_INFINITY,
  sliceBytes: Number.POSITIVE_INFINITY,
  held: false,
};

/** Where the bytes of a lane go. */
export interface LaneExit {
  write(bytes: Buffer): void;
  end(how: Ending): void;
}

interface Parcel {
  readonly due: number;
  readonly what: Buffer | Ending;
}

/** More than any line has that nothing is wrong with. */
const LATE_MS = 100;
/** At a limited rate bytes leave in portions of this long. */
const PORTION_S = 0.02;

/** One direction of a connection: a queue that keeps its order, whatever the conditions. */
export class Lane {
  /** Bytes that have left. */
  passed = 0;
  /** Bytes that never will. */
  dropped = 0;
  /** Bytes that a black hole kept, that were made late, or that left in pieces: what the conditions did. */
  impeded = 0;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #exit: LaneExit;
  #conditions: LineConditions;
  #queue: Parcel[] = [];
  #lastDue = 0;
  /** When the rate allows the next portion. */
  #freeAt = 0;
  #timer: unknown;
  #turn: NodeJS.Immediate | undefined;
  /** After an ending no more bytes, only a reset; after `close()` nothing at all. */
  #state: 'open' | 'ended' | 'closed' = 'open';

  constructor(clock: Clock, random: () => number, conditions: LineConditions, exit: LaneExit) {
    this.#clock = clock;
    this.#random = random;
    this.#conditions = conditions;
    this.#exit = exit;
  }

  get conditions(): LineConditions {
    return this.#conditions;
  }

  /** Bytes under way. */
  get waiting(): number {
    return this.#queue.reduce((sum, { what }) => sum + (typeof what === 'string' ? 0 : what.length), 0);
  }

  /** Changes conditions for what is under way as well; what had its delay drawn already keeps it. */
  set(conditions: Partial<LineConditions>): void {
    const wasHeld = this.#conditions.held;
    this.#conditions = { ...this.#conditions, ...conditions };
    if (this.#conditions.held && !wasHeld) this.impeded += this.waiting;
    this.#freeAt = 0;
    this.#pump();
  }

  push(what: Buffer | Ending): void {
    if (this.#state === 'closed' || (this.#state === 'ended' && what !== 'reset')) {
      if (typeof what !== 'string') this.dropped += what.length;
      return;
    }
    const { latencyMs, jitterMs, held } = this.#conditions;
    const delay = Math.max(0, latencyMs + jitterMs * (2 * this.#random() - 1));
    if (typeof what !== 'string' && (held || delay > LATE_MS)) this.impeded += what.length;
    this.#lastDue = Math.max(this.#lastDue, instant(this.#clock) + delay);
    this.#queue.push({ due: this.#lastDue, what });
    this.#pump();
  }

  /** Ends the lane; what is under way is lost. */
  close(): void {
    this.#state = 'closed';
    this.dropped += this.waiting;
    this.#queue = [];
    this.#sleep();
  }

  #pump(): void {
    this.#sleep();
    for (let parcel = this.#queue[0]; parcel && !this.#conditions.held; parcel = this.#queue[0]) {
      const now = instant(this.#clock);
      const wait = Math.max(parcel.due, this.#freeAt) - now;
      if (wait > 0) {
        this.#timer = this.#clock.setTimeout(() => this.#pump(), Math.ceil(wait));
        return;
      }
      this.#queue.shift();
      if (typeof parcel.what === 'string') this.#end(parcel.what);
      else if (this.#portion(parcel.what, parcel.due, now)) return;
    }
  }

  /** Passes what may pass now of some bytes. Returns true if the rest must wait for another turn of the loop. */
  #portion(bytes: Buffer, due: number, now: number): boolean {
    const { bytesPerSecond, sliceBytes } = this.#conditions;
    const size = Math.min(bytes.length, sliceBytes, Math.max(1, Math.floor(bytesPerSecond * PORTION_S)));
    if (size < bytes.length) {
      this.impeded += size;
      this.#queue.unshift({ due, what: bytes.subarray(size) });
    }
    if (Number.isFinite(bytesPerSecond)) this.#freeAt = Math.max(now, this.#freeAt) + (size / bytesPerSecond) * 1_000;
    this.passed += size;
    this.#exit.write(bytes.subarray(0, size));
    // Written in one turn of the loop, slices would reach the far end in one piece.
    if (!Number.isFinite(sliceBytes)) return false;
    this.#turn = setImmediate(() => this.#pump());
    return true;
  }

  #end(how: Ending): void {
    this.#state = 'ended';
    this.dropped += this.waiting;
    this.#queue = this.#queue.filter(({ what }) => what === 'reset');
    this.#exit.end(how);
  }

  #sleep(): void {
    this.#clock.clearTimeout(this.#timer);
    clearImmediate(this.#turn);
    this.#timer = undefined;
    this.#turn = undefined;
  }
}
