import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Gateway } from './gateway.js';
import { isLoopback } from './loopback.js';

type Fault = (gateway: Gateway, user: string, parameters: URLSearchParams) => void;

const faults: ReadonlyMap<string, Fault> = new Map<string, Fault>([
  ['cut', (gateway, user) => gateway.faults.cut(user)],
  ['half-open', (gateway, user) => gateway.faults.halfOpen(user)],
  ['slow', (gateway, user, parameters) => gateway.faults.slow(user, milliseconds(parameters, 2_000))],
  ['duplicate', (gateway, user) => gateway.faults.duplicate(user)],
  [
    'kick',
    (gateway, user, parameters) =>
      gateway.faults.kick(user, Number(parameters.get('code') ?? 2), parameters.get('reason')),
  ],
  ['restart', (gateway, _, parameters) => gateway.faults.restart(milliseconds(parameters, 3_000))],
  ['clear', (gateway, user) => gateway.faults.clear(user)],
]);

/**
 * Switches a gateway's faults over HTTP: `POST /gateway/fault?user=ID&fault=NAME`, `user=*` for everyone. `slow` and
 * `restart` take `ms` (default 2000 and 3000), `kick` takes `code` and `reason`. Answers JSON: `{"ok":true}`, or `error`
 * with a sentence. Only this machine may ask, and of pages only those from the same origin.
 */
export function adminHandler(
  gateway: Gateway,
): (request: IncomingMessage, response: ServerResponse, next: () => void) => void {
  return (request, response, next) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!url.pathname.startsWith('/gateway/')) {
      next();
      return;
    }
    const { host = '', origin } = request.headers;
    const isSameOrigin = origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
    if (!isLoopback(host) || !isSameOrigin) answer(response, 403, 'expected a request from the same loopback origin');
    else if (url.pathname !== '/gateway/fault') answer(response, 404, `expected /gateway/fault, got ${url.pathname}`);
    else if (request.method !== 'POST') answer(response, 405, `expected POST, got ${request.method}`);
    else switchFault(gateway, url.searchParams, response);
  };
}

function switchFault(gateway: Gateway, parameters: URLSearchParams, response: ServerResponse): void {
  const name = parameters.get('fault') ?? '';
  const user = parameters.get('user') ?? '';
  const fault = faults.get(name);
  if (!fault) answer(response, 400, `fault: expected one of ${[...faults.keys()].join(', ')}; got "${name}"`);
  else if (user === '' && name !== 'restart') answer(response, 400, 'user: expected a user id, or * for everyone');
  else {
    try {
      fault(gateway, user, parameters);
      answer(response, 200);
    } catch (error) {
      answer(response, 400, error instanceof Error ? error.message : String(error));
    }
  }
}

function milliseconds(parameters: URLSearchParams, fallback: number): number {
  const text = parameters.get('ms');
  const ms = text === null ? fallback : Number(text);
  if (!(ms >= 0 && ms <= 600_000)) throw new RangeError(`ms: expected 0 to 600000 milliseconds, got ${text}`);
  return ms;
}

function answer(response: ServerResponse, status: number, error?: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(error === undefined ? { ok: true } : { ok: false, error }));
}
