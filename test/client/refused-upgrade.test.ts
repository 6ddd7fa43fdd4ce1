import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket as Ws } from 'ws';
import { ChatClient, type SocketConstructor } from '../../src/client/index.js';

const globalWebSocket = globalThis.WebSocket as SocketConstructor | undefined;
const implementations: [string, SocketConstructor][] = [
  ['ws', Ws as never],
  ...(globalWebSocket ? [['the global one', globalWebSocket] as [string, SocketConstructor]] : []),
];

let server: Server | undefined;
let client: ChatClient | undefined;

afterEach(() => {
  client?.disconnect();
  server?.closeAllConnections();
  server?.close();
});

describe.each(implementations)('N15: an upgrade that is not one, with %s', (_, WebSocket) => {
  it.each([
    [403, {}],
    [502, {}],
    [200, { 'content-type': 'text/html' }],
    [302, { location: '/elsewhere' }],
    [307, { location: 'ws://127.0.0.1:1/websocket' }],
  ])('is a connect that failed: %i', async (status, headers) => {
    const paths: (string | undefined)[] = [];
    // A body that a client who took it for a frame would obey.
    const body = JSON.stringify({ type: 54, dataContent: '{"code":2}', from: '0', to: 'alice' });
    const portal = createServer((request, response) => {
      paths.push(request.url);
      response.writeHead(status, headers).end(body);
    });
    // Where nobody listens for upgrades, Node answers them as plain requests.
    server = portal.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;

    const closes: number[] = [];
    const others: string[] = [];
    client = new ChatClient({
      serverUrl: `ws://127.0.0.1:${port}/websocket`,
      userId: 'alice',
      WebSocket,
      reconnectDelay: () => 1,
    });
    for (const type of ['login', 'message', 'error', 'kickout'] as const) {
      client.addEventListener(type, () => others.push(type));
    }
    const third = new Promise<void>((resolve) => {
      client?.addEventListener('close', ({ code }) => {
        if (closes.push(code) === 3) resolve();
      });
    });
    client.connect();
    await third;
    expect(closes).toEqual([1006, 1006, 1006]);
    expect(paths.slice(0, 3)).toEqual(['/websocket', '/websocket', '/websocket']);
    expect(others).toEqual([]);
    expect(client.drops.size).toBe(0);
    expect(client.state).toMatchObject({ name: 'connecting', attempt: 3 });
  });
});
