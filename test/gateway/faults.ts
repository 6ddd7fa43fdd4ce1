import type { Clock } from './clock.js';
import type { Session } from './session.js';

/** Stands for every user where a fault asks for one. */
export const EVERYONE = '*';

/** What the faults need of the gateway. */
export interface FaultTarget {
  /** Open and half-open sockets of a user, or of everyone. */
  socketsOf(user: string): readonly Session[];
  kick(user: string, code: number, reason: string | null): boolean;
  stop(): void;
  start(): void;
}

/** Things that go wrong on purpose. Each is for one user id, or for {@link EVERYONE}. */
export class Faults {
  readonly #target: FaultTarget;
  readonly #clock: Clock;
  readonly #slow = new Map<string, number>();
  readonly #duplicate = new Set<string>();
  readonly #loseAcks = new Set<string>();
  readonly #refuse = new Set<string>();
  readonly #history = new Set<string>();
  readonly #lasting = [this.#slow, this.#duplicate, this.#loseAcks, this.#refuse, this.#history];
  #restart: unknown;

  constructor(target: FaultTarget, clock: Clock) {
    this.#target = target;
    this.#clock = clock;
  }

  /** Drops the user's connections without a close frame. */
  cut(user: string): void {
    for (const session of this.#target.socketsOf(user)) session.terminate();
  }

  /** The user's present sockets stay open, but nothing passes in either direction; a new socket is whole. */
  halfOpen(user: string): void {
    for (const session of this.#target.socketsOf(user)) session.link.startHalfOpen();
  }

  /** Every frame of the user comes `ms` milliseconds late, in both directions and in order. 0 ends it. */
  slow(user: string, ms: number): void {
    if (ms > 0) this.#slow.set(user, ms);
    else this.#slow.delete(user);
  }

  /** Every message to the user arrives twice. */
  duplicate(user: string): void {
    this.#duplicate.add(user);
  }

  /** The user's messages arrive, and the acknowledgements of the server to the user get lost. */
  loseAcks(user: string): void {
    this.#loseAcks.add(user);
  }

  /** New sockets of the user are dropped as soon as they say whose they are: at their login. Present ones stay. */
  refuse(user: string): void {
    this.#refuse.add(user);
  }

  /** Requests of the user for the history fail. */
  failHistory(user: string): void {
    this.#history.add(user);
  }

  /** Kicks the user out; code 2 is an administrator's. */
  kick(user: string, code = 2, reason: string | null = null): void {
    const users = new Set(this.#target.socketsOf(user).map((session) => session.userId));
    for (const userId of users) if (userId !== null) this.#target.kick(userId, code, reason);
  }

  /** The server is down for `downMs` milliseconds: every connection is dropped, new ones are refused. */
  restart(downMs: number): void {
    this.#target.stop();
    this.#restart = this.#clock.setTimeout(() => this.#target.start(), downMs);
  }

  /** Ends what is going on for a user; {@link EVERYONE} ends everything. */
  clear(user: string): void {
    for (const session of this.#target.socketsOf(user)) session.link.endHalfOpen();
    for (const users of this.#lasting) {
      if (user === EVERYONE) users.clear();
      else users.delete(user);
    }
  }

  /** Forgets a restart that is under way. */
  cancelRestart(): void {
    this.#clock.clearTimeout(this.#restart);
    this.#restart = undefined;
  }

  delayFor(user: string | null): number {
    return this.#slow.get(user ?? EVERYONE) ?? this.#slow.get(EVERYONE) ?? 0;
  }

  isDuplicated(user: string | null): boolean {
    return includes(this.#duplicate, user);
  }

  losesAcks(user: string | null): boolean {
    return includes(this.#loseAcks, user);
  }

  isRefused(user: string): boolean {
    return includes(this.#refuse, user);
  }

  failsHistory(user: string): boolean {
    return includes(this.#history, user);
  }
}

function includes(users: ReadonlySet<string>, user: string | null): boolean {
  return users.has(user ?? EVERYONE) || users.has(EVERYONE);
}
