/** What a login frame says. */
export interface Login {
  readonly userId: string;
  readonly token: string | null;
  /** Free for applications; the demo page passes `{"peer":"support"}`. */
  readonly extra: string | null;
  /** 0 (or less) on a login that the user started, else the value kept from the first login of the session. */
  readonly firstLoginTime: number;
}

/** Reads the payload of a login frame. Undefined if it is no object or has no user id; an empty id is one. */
export function parseLogin(dataContent: string | null): Login | undefined {
  try {
    const json: unknown = JSON.parse(dataContent ?? 'null');
    if (typeof json !== 'object' || json === null) return undefined;
    const member = (name: string): unknown => (Object.hasOwn(json, name) ? Reflect.get(json, name) : undefined);
    const text = (name: string): string | null => {
      const value = member(name);
      return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
    };
    const userId = text('loginUserId');
    if (userId === null) return undefined;
    const firstLoginTime = Number(member('firstLoginTime') ?? 0);
    return {
      userId,
      token: text('loginToken'),
      extra: text('extra'),
      firstLoginTime: Number.isFinite(firstLoginTime) ? firstLoginTime : 0,
    };
  } catch {
    return undefined;
  }
}
