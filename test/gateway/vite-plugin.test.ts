import { once } from 'node:events';
import { createServer as createNetServer, type Server } from 'node:net';
import { createLogger, createServer, type ViteDevServer } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Gateway } from './gateway.js';
import { hostClock } from './host-clock.js';
import { SocketPeer } from './socket-peer.js';
import { freePort, gatewayPlugin } from './vite-plugin.js';

let gateway: Gateway;
let vite: ViteDevServer;
let port: number;
const printed: string[] = [];
/** First port to try: away from those that people use, and from another run of these tests. */
const FROM = 42_000 + (process.pid % 2_000) * 10;

beforeEach(async () => {
  gateway = new Gateway({ clock: hostClock });
  port = await freePort(FROM);
  const logger = { ...createLogger(), info: (line: string) => printed.push(line) };
  vite = await createServer({
    configFile: false,
    root: new URL('.', import.meta.url).pathname,
    customLogger: logger,
    plugins: [gatewayPlugin(gateway)],
    server: { host: '127.0.0.1', port, strictPort: true, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  await vite.listen();
}, 30_000);

afterEach(() => vite.close());

const listening = (host: string, onPort: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createNetServer();
    server.once('error', reject).listen({ host, port: onPort, ipv6Only: true }, () => resolve(server));
  });

describe('the gateway on the development server', { timeout: 30_000 }, () => {
  it.each(['127.0.0.1', '[::1]'])('answers at %s, page, faults and WebSocket', async (host) => {
    const peer = new SocketPeer(`ws://${host}:${port}/websocket`);
    expect(await peer.login('alice')).toContain('\\"code\\":0');
    const response = await fetch(`http://${host}:${port}/gateway/fault?user=alice&fault=cut`, { method: 'POST' });
    expect(await response.json()).toEqual({ ok: true });
    expect((await peer.closed).code).toBe(1006);
    expect((await fetch(`http://${host}:${port}/clock.ts`)).status).toBe(200);
  });

  it('leaves the upgrade of hot reloading to Vite', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/?token=${vite.config.webSocketToken}`, 'vite-hmr');
    const [message] = await once(socket, 'message');
    expect(String(message)).toContain('connected');
    socket.terminate();
  });

  it('says what it is, and where', () => {
    expect(printed.join('\n')).toContain(`Development gateway, not for production: ws://localhost:${port}/websocket`);
  });

  it('is gone, on both families, when the server has closed', async () => {
    const peer = new SocketPeer(`ws://[::1]:${port}/websocket`);
    await peer.login('alice');
    await vite.close();
    expect((await peer.closed).code).toBe(1006);
    expect(gateway.running).toBe(false);
    for (const host of ['127.0.0.1', '::1']) (await listening(host, port)).close();
  });

  it.each(['127.0.0.1', '::1'])('finds a port that is not taken on %s', async (host) => {
    const taken = await freePort(port + 1);
    const server = await listening(host, taken);
    expect(await freePort(taken)).toBeGreaterThan(taken);
    server.close();
  });
});
