import type { Clock } from './clock.js';
import { TokenError } from './errors.js';

const TOKEN_TIMEOUT_MS = 10_000;

/** Asks for a token. Rejects only with {@link TokenError}: after 10 s, or when the answer is no string. */
export function requestToken(
  getToken: () => string | Promise<string>,
  clock: Clock,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimeout(
      () => reject(new TokenError(`getToken gave no token within ${TOKEN_TIMEOUT_MS / 1000} s`)),
      TOKEN_TIMEOUT_MS,
    );
    signal.addEventListener('abort', () => clock.clearTimeout(timer));
    // In a then, so that a getToken that throws is caught like one that rejects.
    Promise.resolve()
      .then(getToken)
      .then(
        (token) => {
          if (typeof token === 'string') resolve(token);
          else reject(new TokenError(`getToken: expected a string, got a value of type ${typeof token}`));
        },
        (cause) => reject(new TokenError('getToken failed', { cause })),
      )
      .finally(() => clock.clearTimeout(timer));
  });
}
