import type { IncomingMessage, ServerResponse } from 'node:http';
import { control, type Reply, refusal } from './control.js';
import type { Gateway } from './gateway.js';
import { isLoopback } from './loopback.js';

/** A gateway's own interface, see {@link control}, over HTTP. Only this machine may ask, and of pages only those from the same origin. */
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
    const isAllowed = isLoopback(host) && isSameOrigin;
    answer(
      response,
      isAllowed
        ? control(gateway, request.method ?? '', url)
        : refusal(403, 'expected a request from the same loopback origin'),
    );
  };
}

function answer(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(JSON.stringify(body));
}
