import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../support/fake-clock.js';
import { adminHandler } from './admin.js';
import { CorePeer } from './core-peer.js';
import { Gateway } from './gateway.js';

let clock: FakeClock;
let gateway: Gateway;
let alice: CorePeer;
let origin: string;
let close: () => void;

beforeEach(async () => {
  clock = new FakeClock();
  gateway = new Gateway({ clock });
  alice = new CorePeer(gateway).login('alice');
  const handle = adminHandler(gateway);
  const server = createServer((request, response) => handle(request, response, () => response.end('not mine')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  close = () => server.close();
});

afterEach(() => close());

async function post(query: string, headers: Record<string, string> = {}): Promise<[number, unknown]> {
  const response = await fetch(`${origin}/gateway/fault?${query}`, { method: 'POST', headers });
  return [response.status, await response.json()];
}

describe('the switches of the faults', { timeout: 30_000 }, () => {
  it('cut, slow, duplicate, half-open, clear and restart reach the gateway', async () => {
    expect(await post('user=alice&fault=duplicate')).toEqual([200, { ok: true }]);
    gateway.send('alice', 'twice');
    expect(alice.texts()).toEqual(['twice', 'twice']);
    await post('user=*&fault=slow&ms=50');
    gateway.send('alice', 'late');
    expect(alice.texts()).toHaveLength(2);
    clock.advance(50);
    expect(alice.texts()).toHaveLength(4);
    await post('user=*&fault=clear');
    await post('user=alice&fault=half-open');
    gateway.send('alice', 'lost');
    await post('user=alice&fault=clear');
    gateway.send('alice', 'found');
    expect(alice.texts().slice(4)).toEqual(['found']);
    await post('user=alice&fault=cut');
    expect(alice.closed?.code).toBe(1006);
    await post('fault=restart&ms=500');
    expect(gateway.running).toBe(false);
    clock.advance(500);
    expect(gateway.running).toBe(true);
  });

  it('lose-acks, refuse and history reach the gateway', async () => {
    await post('user=alice&fault=lose-acks');
    await post('user=alice&fault=refuse');
    await post('user=alice&fault=history');
    const { faults } = gateway;
    expect([faults.losesAcks('alice'), faults.isRefused('alice'), faults.failsHistory('alice')]).not.toContain(false);
    expect([faults.losesAcks('bob'), faults.isRefused('bob'), faults.failsHistory('bob')]).not.toContain(true);
  });

  it('kick takes code and reason', async () => {
    await post('user=alice&fault=kick&code=2&reason=enough');
    expect(alice.received.at(-1)?.dataContent).toBe('{"code":2,"reason":"enough"}');
  });

  it.each([
    ['user=alice&fault=explode', 'got "explode"'],
    ['fault=cut', 'expected a user id'],
    ['user=alice&fault=slow&ms=soon', 'got soon'],
  ])('%s is told in a sentence', async (query, error) => {
    expect(await post(query)).toEqual([400, { ok: false, error: expect.stringContaining(error) }]);
  });

  it('refuses other origins, other methods and other paths, and passes on what is not its own', async () => {
    expect((await post('user=alice&fault=cut', { origin: 'http://localhost:1' }))[0]).toBe(403);
    expect((await post('user=alice&fault=duplicate', { origin }))[0]).toBe(200);
    expect((await fetch(`${origin}/gateway/fault?user=alice&fault=cut`)).status).toBe(405);
    expect((await fetch(`${origin}/gateway/other`, { method: 'POST' })).status).toBe(404);
    expect(await (await fetch(`${origin}/elsewhere`)).text()).toBe('not mine');
    expect(alice.closed).toBeUndefined();
  });

  it('refuses a request that came under a foreign host name', () => {
    const response = { writeHead: (status: number) => statuses.push(status), end: () => {} };
    const statuses: number[] = [];
    const request = { url: '/gateway/fault?user=alice&fault=cut', method: 'POST', headers: { host: 'evil.example' } };
    adminHandler(gateway)(request as never, response as never, () => {});
    expect(statuses).toEqual([403]);
    expect(alice.closed).toBeUndefined();
  });
});

describe('the history', { timeout: 30_000 }, () => {
  async function get(query: string, headers: Record<string, string> = {}): Promise<[number, unknown]> {
    const response = await fetch(`${origin}/gateway/history?${query}`, { headers });
    return [response.status, await response.json()];
  }

  it('is told as JSON, from where it is asked for', async () => {
    const at = clock.now();
    const ids = ['fp-1', 'fp-2', 'fp-3'];
    for (const id of ids) alice.say('0', `text of ${id}`, id);
    const [status, messages] = await get('user=alice&peer=0');
    expect(status).toBe(200);
    expect(messages).toEqual(
      ids.map((id) => ({ id, type: 0, content: `text of ${id}`, from: 'alice', to: '0', sentAt: at })),
    );
    expect((await get('user=alice&peer=0&after=fp-1&limit=1'))[1]).toMatchObject([{ id: 'fp-2' }]);
    expect((await get('user=alice&peer=0&before=fp-3&limit=1'))[1]).toMatchObject([{ id: 'fp-2' }]);
    expect((await get(`user=alice&peer=0&since=${at + 1}`))[1]).toEqual([]);
    expect((await get(`user=alice&peer=0&since=${at + 0.5}`))[1]).toHaveLength(3);
    expect((await get('user=bob&peer=0'))[1]).toEqual([]);
  });

  it('fails on demand, for one user, until that is over, and while the server is down', async () => {
    await post('user=alice&fault=history');
    expect(await get('user=alice&peer=0')).toEqual([503, { ok: false, error: expect.stringContaining('alice') }]);
    expect((await get('user=bob&peer=0'))[0]).toBe(200);
    await post('user=alice&fault=clear');
    expect((await get('user=alice&peer=0'))[0]).toBe(200);
    gateway.stop();
    expect((await get('user=alice&peer=0'))[0]).toBe(503);
  });

  it.each([
    ['peer=bob', 'user: expected an id'],
    ['user=alice&peer=', 'peer: expected an id'],
    ['user=alice&peer=bob&after=', 'after: expected an id'],
    ['user=alice&peer=bob&since=today', 'since: expected 0 to 9007199254740991 milliseconds, got today'],
    ['user=alice&peer=bob&since=', 'since: expected 0 to 9007199254740991 milliseconds, got '],
    ['user=alice&peer=bob&limit=0', 'limit: expected a whole number from 1 to 1000, got "0"'],
    ['user=alice&peer=bob&limit=1e9', 'limit: expected a whole number from 1 to 1000, got "1e9"'],
  ])('%s is told in a sentence', async (query, error) => {
    expect(await get(query)).toEqual([400, { ok: false, error }]);
  });

  it('is for the same origin, and to be read only', async () => {
    expect((await get('user=alice&peer=0', { origin: 'http://localhost:1' }))[0]).toBe(403);
    expect((await fetch(`${origin}/gateway/history?user=alice&peer=0`, { method: 'POST' })).status).toBe(405);
  });
});
