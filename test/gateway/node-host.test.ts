import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Gateway } from './gateway.js';
import { hostClock } from './host-clock.js';
import { type ListeningGateway, listen } from './node-host.js';
import { SocketPeer } from './socket-peer.js';

let gateway: Gateway;
let server: ListeningGateway;

beforeEach(async () => {
  gateway = new Gateway({ clock: hostClock });
  server = await listen(gateway);
});

afterEach(() => server.close());

/** Status with which an upgrade was refused. */
async function refusal(url: string, origin?: string): Promise<number | undefined> {
  const { socket } = new SocketPeer(url, origin === undefined ? {} : { origin });
  const [, response] = await once(socket, 'unexpected-response');
  socket.terminate();
  return response.statusCode;
}

describe('the gateway on ws', { timeout: 30_000 }, () => {
  it.each([undefined, 'http://localhost:5173', 'http://127.0.0.1', 'https://[::1]:1'])(
    'takes a page from %s',
    async (origin) => {
      const peer = new SocketPeer(server.url, origin === undefined ? {} : { origin });
      expect(await peer.login('alice')).toContain('\\"code\\":0');
      peer.terminate();
    },
  );

  it.each(['https://example.com', 'http://localhost.example.com', 'http://192.168.0.7', 'null'])(
    'refuses a page from %s',
    async (origin) => {
      expect(await refusal(server.url, origin)).toBe(403);
      expect(gateway.connections).toBe(0);
    },
  );

  it('answers on its own path only, and binds to loopback only', async () => {
    expect(await refusal(server.url.replace('/websocket', '/elsewhere'))).toBe(404);
    await expect(listen(gateway, { host: '0.0.0.0' })).rejects.toThrow('expected a loopback address, got 0.0.0.0');
  });

  it('takes 65,536 bytes, and closes with 1009 and the reason on 65,537', async () => {
    const peer = await new SocketPeer(server.url).opened();
    const echo = (bytes: number): string => {
      const empty = '{"type":5,"dataContent":""}';
      return empty.replace('""', `"${'x'.repeat(bytes - empty.length)}"`);
    };
    peer.socket.send(echo(65_536));
    expect((await peer.next()).length).toBeGreaterThan(65_536);
    peer.socket.send(echo(65_537));
    expect(await peer.closed).toEqual({ code: 1009, reason: 'Max frame length of 65536 has been exceeded.' });
  });

  it('closes with 1000 "Bye" on a binary message', async () => {
    const peer = await new SocketPeer(server.url).opened();
    peer.socket.send(Buffer.from('{"type":5,"dataContent":"would be echoed as text"}'));
    expect(await peer.closed).toEqual({ code: 1000, reason: 'Bye' });
  });

  it('survives a client that breaks the WebSocket protocol', async () => {
    const peer = await new SocketPeer(server.url).opened();
    const raw: unknown = Reflect.get(peer.socket, '_socket');
    (raw as NodeJS.WritableStream).write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
    expect((await peer.closed).code).toBe(1002);
    expect(await new SocketPeer(server.url).login('alice')).toContain('\\"code\\":0');
  });

  it('stops answering, and answers again on the same port', async () => {
    const peer = new SocketPeer(server.url);
    await peer.login('alice');
    gateway.stop();
    expect((await peer.closed).code).toBe(1006);
    const refused = new SocketPeer(server.url);
    await expect(refused.opened()).rejects.toThrow('socket hang up');
    gateway.start();
    expect(await new SocketPeer(server.url).login('alice')).toContain('\\"code\\":0');
  });

  it('takes the heartbeat mode from the query, and tells one that does not exist', async () => {
    const peer = new SocketPeer(`${server.url}?heartbeat=4`);
    expect(await peer.closed).toEqual({ code: 1008, reason: expect.stringContaining('expected one of 3, 5, 10') });
    expect(await new SocketPeer(`${server.url}?heartbeat=10`).login('alice')).toContain('\\"code\\":0');
  });

  it('lets two thousand users log in and answers each', async () => {
    const users = Array.from({ length: 2_000 }, (_, i) => `user-${i}`);
    const answers: string[] = [];
    // In groups, lest the system's queue of connections overflows.
    for (let i = 0; i < users.length; i += 200) {
      const group = users.slice(i, i + 200).map((user) => new SocketPeer(server.url).login(user));
      answers.push(...(await Promise.all(group)));
    }
    expect(answers.map((answer) => JSON.parse(answer).to)).toEqual(users);
    expect(gateway.sessions()).toHaveLength(2_000);
  });
});
