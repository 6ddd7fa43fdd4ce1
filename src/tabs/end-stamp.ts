import type { Clock } from '../client/clock.js';
import type { SessionMemory } from './shared-client-options.js';

/** Times, ms since 1970. */
interface Stamp {
  /** When the session ended, on purpose or by the server; none: it goes on. */
  readonly ended?: number | undefined;
  /** When all of the user was to go from the screens. */
  readonly gone?: number | undefined;
  /** The server's name for the newest session. */
  readonly first?: number | undefined;
}

/** How the session stands, for tabs that were stopped and find nobody who could tell them. Times only, nothing of anybody. */
export class EndStamp {
  /** When this tab was stopped. */
  #since: number | undefined;

  constructor(
    readonly memory: SessionMemory | undefined,
    readonly clock: Clock,
  ) {}

  ended(): void {
    this.memory?.write({ ...this.#read(), ended: this.clock.now() });
  }

  gone(): void {
    this.memory?.write({ ...this.#read(), ended: this.clock.now(), gone: this.clock.now() });
  }

  begun(first: number): void {
    this.memory?.write({ ...this.#read(), ended: undefined, first });
  }

  /** This tab hears nothing from now on. */
  goAway(): void {
    this.#since ??= this.clock.now();
  }

  /** It does again: what has happened meanwhile, if it was away. */
  comeBack(): { readonly ended: boolean; readonly gone: boolean; readonly first: number } | undefined {
    const since = this.#since;
    this.#since = undefined;
    if (since === undefined) return undefined;
    const { ended = 0, gone = 0, first = 0 } = this.#read();
    return { ended: ended > since, gone: gone > since, first };
  }

  #read(): Stamp {
    // What is no time may be anything.
    return Object.fromEntries(Object.entries(Object(this.memory?.read())).filter(([, time]) => Number.isFinite(time)));
  }
}
