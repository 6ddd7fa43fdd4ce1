import type { Gateway } from './gateway.js';

/** What is answered to a request: a status of HTTP, and what becomes JSON. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

type Fault = (gateway: Gateway, user: string, parameters: URLSearchParams) => void;

const faults: ReadonlyMap<string, Fault> = new Map<string, Fault>([
  ['cut', (gateway, user) => gateway.faults.cut(user)],
  ['half-open', (gateway, user) => gateway.faults.halfOpen(user)],
  ['slow', (gateway, user, parameters) => gateway.faults.slow(user, milliseconds(parameters, 'ms', 2_000))],
  ['duplicate', (gateway, user) => gateway.faults.duplicate(user)],
  ['lose-acks', (gateway, user) => gateway.faults.loseAcks(user)],
  ['refuse', (gateway, user) => gateway.faults.refuse(user)],
  ['history', (gateway, user) => gateway.faults.failHistory(user)],
  [
    'kick',
    (gateway, user, parameters) =>
      gateway.faults.kick(user, Number(parameters.get('code') ?? 2), parameters.get('reason')),
  ],
  ['restart', (gateway, _, parameters) => gateway.faults.restart(milliseconds(parameters, 'ms', 3_000))],
  ['clear', (gateway, user) => gateway.faults.clear(user)],
]);

/**
 * Answers a request for a gateway's own interface, in whatever way it came. What is wrong with it is said in a sentence, in
 * `error`.
 *
 * - `POST /gateway/fault?user=ID&fault=NAME` switches a fault on, for everyone if `user=*`. `slow` and `restart` take `ms`
 *   (default 2000 and 3000), `kick` takes `code` and `reason`. Answers `{"ok":true}`.
 * - `GET /gateway/history?user=ID&peer=ID&after=ID&since=MS&before=ID&limit=N` answers an array of HistoryMessage, see HistoryQuery;
 *   all but `user` and `peer` may be left out.
 */
export function control(gateway: Gateway, method: string, { pathname, searchParams }: URL): Reply {
  const route = routes.get(pathname);
  if (!route) return refusal(404, `expected ${[...routes.keys()].join(' or ')}, got ${pathname}`);
  if (method !== route.method) return refusal(405, `expected ${route.method}, got ${method}`);
  try {
    return route.answer(gateway, searchParams);
  } catch (error) {
    return refusal(400, error instanceof Error ? error.message : String(error));
  }
}

interface Route {
  readonly method: 'GET' | 'POST';
  /** What it throws is answered with status 400. */
  readonly answer: (gateway: Gateway, parameters: URLSearchParams) => Reply;
}

const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/gateway/fault', { method: 'POST', answer: switchFault }],
  ['/gateway/history', { method: 'GET', answer: tellHistory }],
]);

function switchFault(gateway: Gateway, parameters: URLSearchParams): Reply {
  const name = parameters.get('fault') ?? '';
  const user = parameters.get('user') ?? '';
  const fault = faults.get(name);
  if (!fault) throw new RangeError(`fault: expected one of ${[...faults.keys()].join(', ')}; got "${name}"`);
  if (user === '' && name !== 'restart') throw new RangeError('user: expected a user id, or * for everyone');
  fault(gateway, user, parameters);
  return { status: 200, body: { ok: true } };
}

function tellHistory(gateway: Gateway, parameters: URLSearchParams): Reply {
  const user = id(parameters, 'user');
  const peer = id(parameters, 'peer');
  const since = parameters.has('since') ? { since: milliseconds(parameters, 'since', 0, Number.MAX_SAFE_INTEGER) } : {};
  const after = parameters.has('after') ? { after: id(parameters, 'after') } : {};
  const before = parameters.has('before') ? { before: id(parameters, 'before') } : {};
  const limit = parameters.has('limit') ? { limit: whole(parameters, 'limit', 1, 1_000) } : {};
  if (!gateway.running) return refusal(503, 'the server is down');
  if (gateway.faults.failsHistory(user)) return refusal(503, `the history of ${user} is out of order on purpose`);
  return { status: 200, body: gateway.history({ user, peer, ...after, ...since, ...before, ...limit }) };
}

function id(parameters: URLSearchParams, name: string): string {
  const text = parameters.get(name) ?? '';
  if (text === '') throw new RangeError(`${name}: expected an id`);
  return text;
}

function whole(parameters: URLSearchParams, name: string, least: number, most: number): number {
  const text = parameters.get(name) ?? '';
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    throw new RangeError(`${name}: expected a whole number from ${least} to ${most}, got "${text}"`);
  }
  return value;
}

function milliseconds(parameters: URLSearchParams, name: string, fallback: number, most = 600_000): number {
  const text = parameters.get(name);
  const ms = text === null ? fallback : Number(text || Number.NaN);
  if (!(ms >= 0 && ms <= most)) throw new RangeError(`${name}: expected 0 to ${most} milliseconds, got ${text}`);
  return ms;
}

export function refusal(status: number, error: string): Reply {
  return { status, body: { ok: false, error } };
}
