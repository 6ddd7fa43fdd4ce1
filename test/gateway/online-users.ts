import type { Session } from './session.js';

/** What a login does to the session that the same user id holds already. */
export type Admission = 'first' | 'takes over' | 'kicks the held session' | 'was kicked while away';

/** Which session each user id has: one at most. */
export class OnlineUsers {
  readonly #sessions = new Map<string, Session>();

  get(userId: string | null): Session | undefined {
    return userId === null ? undefined : this.#sessions.get(userId);
  }

  /** The four branches of duplicate login, decided by the `firstLoginTime` that the newcomer sent. */
  judge(newcomer: Session, userId: string, firstLoginTime: number): Admission {
    const held = this.#sessions.get(userId);
    if (!held || held === newcomer) return 'first';
    if (firstLoginTime <= 0 || firstLoginTime > held.firstLoginTime) return 'kicks the held session';
    return firstLoginTime === held.firstLoginTime ? 'takes over' : 'was kicked while away';
  }

  add(session: Session, userId: string, firstLoginTime: number): void {
    this.remove(session);
    session.userId = userId;
    session.firstLoginTime = firstLoginTime;
    this.#sessions.set(userId, session);
  }

  /** Forgets a session, unless its user has another by now. */
  remove(session: Session): void {
    if (session.userId !== null && this.#sessions.get(session.userId) === session)
      this.#sessions.delete(session.userId);
  }

  [Symbol.iterator](): Iterator<[string, Session]> {
    return this.#sessions.entries();
  }
}
