/** An option that cannot work. `message` says what was expected and what came. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  constructor(
    /** The option's name, as the caller wrote it. */
    readonly option: string,
    /** What would work, in words. */
    readonly expected: string,
    readonly found: unknown,
  ) {
    super(`${option}: expected ${expected}, got ${describe(found)}`);
  }
}

/** The server refused the login. Final: the same credentials are not tried again by themselves. */
export class LoginRefusedError extends Error {
  override readonly name = 'LoginRefusedError';
  /** @param code the application's own code, 1025 or above on a standard server */
  constructor(readonly code: number) {
    super(`The server refused the login with code ${code}`);
  }
}

/** `getToken` threw, or gave nothing within 10 s. The attempt counts as failed and is repeated. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
}

/** The server answered with an error frame. Its text is left out on purpose: it repeats the refused frame. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  /** @param code see `ErrorCode`; 301 means that the server does not know the session (any more) */
  constructor(readonly code: number) {
    super(`The server reported error ${code}`);
  }
}

/** A message was given up, cancelled or removed before the server acknowledged it. */
export class NotDeliveredError extends Error {
  override readonly name = 'NotDeliveredError';
  constructor(
    readonly id: string,
    /** `failed` may still be retried with `retry(id)`. */
    readonly reason: 'failed' | 'cancelled' | 'removed',
  ) {
    super(`Message ${id} was not delivered: ${reason}`);
  }
}

/** So much waits for its delivery that no more is taken. Nothing was sent; the text is still the caller's. */
export class OutboxFullError extends Error {
  override readonly name = 'OutboxFullError';
  constructor(messages: number, bytes: number) {
    super(`Expected at most ${messages} messages of ${bytes} bytes together to wait for their delivery`);
  }
}

/** What waits cannot be kept on the device (any more); the chat goes on from memory. `cause` says why. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

function describe(found: unknown): string {
  if (typeof found === 'string') return found === '' ? 'an empty string' : `"${found.slice(0, 80)}"`;
  if (typeof found === 'number' || typeof found === 'boolean' || found == null) return String(found);
  return `a value of type ${typeof found}`;
}
