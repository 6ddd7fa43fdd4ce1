import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../support/fake-clock.js';
import { FaultProxy } from './fault-proxy.js';
import type { ProxiedConnection } from './proxied-connection.js';
import { TcpEnd, TcpLine } from './tcp-end.js';

let clock: FakeClock;
let line: TcpLine;
let client: TcpEnd;
let server: TcpEnd;
let connection: ProxiedConnection;
/** Drawn for the jitter: 0.5 is none. */
let draw = 0.5;

beforeEach(async () => {
  draw = 0.5;
  clock = new FakeClock();
  line = await TcpLine.open(clock, () => draw);
  ({ client, server } = await line.connect());
  const [first] = line.proxy.connections;
  if (!first) throw new Error('Expected a connection in the proxy');
  connection = first;
});

afterEach(() => line.close());

/** Bytes that the proxy has got and keeps for now. */
const kept = (count: number, direction: 'up' | 'down' = 'up') =>
  expect.poll(() => connection.waiting(direction), { interval: 2 }).toBe(count);

const lost = () => line.proxy.journal.reduce((sum, { what, bytes = 0 }) => sum + (what === 'close' ? bytes : 0), 0);

describe('a line without faults', () => {
  it('passes bytes both ways, and the ends', async () => {
    client.send('question');
    expect(await server.received(8)).toBe('question');
    server.send('answer');
    expect(await client.received(6)).toBe('answer');
    client.socket.end();
    await server.finished();
    server.send('still there');
    expect(await client.received(17)).toBe('answerstill there');
    server.socket.end();
    expect(await client.finished()).toBe('answerstill there');
    expect(await Promise.all([client.gone, server.gone])).toEqual(['closed', 'closed']);
    await expect.poll(() => line.proxy.connections.length).toBe(0);
    expect(lost()).toBe(0);
  });

  it.each(['client', 'server'] as const)('passes a reset by the %s', async (side) => {
    const [one, other] = side === 'client' ? [client, server] : [server, client];
    one.socket.resetAndDestroy();
    expect(await other.gone).toBe('ECONNRESET');
  });

  it('resets the client where the server is not there', async () => {
    const nowhere = await TcpLine.open(clock);
    const { port } = nowhere.proxy;
    await nowhere.close();
    const proxy = await FaultProxy.open({ port, clock });
    expect(await new TcpEnd(connect(proxy.port, '127.0.0.1')).gone).toBe('ECONNRESET');
    await proxy.close();
  });
});

describe('latency', () => {
  it('comes on top of each direction by itself', async () => {
    line.proxy.set('up', { latencyMs: 500 });
    client.send('slow');
    await kept(4);
    server.send('quick');
    expect(await client.received(5)).toBe('quick');
    clock.advance(499);
    expect(connection.passed('up')).toBe(0);
    clock.advance(1);
    expect(await server.received(4)).toBe('slow');
  });

  it('with jitter varies and keeps the order', async () => {
    line.proxy.set('both', { latencyMs: 500, jitterMs: 300 });
    draw = 1;
    client.send('late,');
    await kept(5);
    draw = 0;
    client.send('early');
    await kept(10);
    clock.advance(799);
    // Due after 200 ms, but it may not overtake.
    expect(connection.passed('up')).toBe(0);
    clock.advance(1);
    expect(await server.received(10)).toBe('late,early');
    client.send('next');
    await kept(4);
    clock.advance(199);
    expect(connection.passed('up')).toBe(10);
    clock.advance(1);
    expect(await server.received(14)).toBe('late,earlynext');
  });

  it('holds for the end of a connection, too', async () => {
    line.proxy.set('up', { latencyMs: 500 });
    client.socket.end();
    await expect.poll(() => clock.pending, { interval: 2 }).toBe(1);
    clock.advance(499);
    expect(clock.pending).toBe(1);
    clock.advance(1);
    await server.finished();
  });
});

describe('bandwidth', () => {
  it('passes so many bytes a second', async () => {
    line.proxy.set('up', { bytesPerSecond: 1_000 });
    client.send('x'.repeat(3_000));
    await expect.poll(() => connection.waiting('up') + connection.passed('up')).toBe(3_000);
    clock.advance(1_000);
    expect(connection.passed('up')).toBeGreaterThanOrEqual(1_000);
    expect(connection.passed('up')).toBeLessThanOrEqual(1_040);
    clock.advance(1_900);
    expect(connection.passed('up')).toBeLessThan(3_000);
    clock.advance(100);
    expect(await server.received(3_000)).toHaveLength(3_000);
  });
});

describe('slices', () => {
  it.each([1, 7])('of %i bytes', async (sliceBytes) => {
    line.proxy.set('down', { sliceBytes });
    const text = 'abcdefghijklmnopqrstuvwxyz'.repeat(4);
    server.send(text);
    expect(await client.received(text.length)).toBe(text);
    // Two may meet in the far end's buffer on a busy machine; most must not.
    expect(client.chunks.length).toBeGreaterThan(text.length / sliceBytes / 2);
    expect(connection.passed('down')).toBe(text.length);
  });
});

describe('a black hole', () => {
  it.each(['up', 'down'] as const)('%s swallows that direction alone, and gives back later', async (direction) => {
    const [from, to] = direction === 'up' ? [client, server] : [server, client];
    line.proxy.hold(direction);
    from.send('where am I');
    await kept(10, direction);
    clock.advance(3_600_000);
    to.send('hello?');
    expect(await from.received(6)).toBe('hello?');
    expect(connection.passed(direction)).toBe(0);
    line.proxy.release();
    expect(await to.received(10)).toBe('where am I');
  });

  it('both ways hides even the end of the other side', async () => {
    line.proxy.hold();
    client.send('last words');
    await kept(10);
    client.socket.destroy();
    await client.gone;
    const other = await line.dial();
    other.send('x');
    await expect.poll(() => line.proxy.connections.at(-1)?.waiting('up')).toBe(1);
    expect(server.text).toBe('');
    expect(server.ended).toBe(false);
    line.proxy.release();
    expect(await server.finished()).toBe('last words');
  });

  it('drops what it kept, with the connections', async () => {
    line.proxy.hold();
    client.send('lost');
    await kept(4);
    line.proxy.release('drop');
    expect(await Promise.all([client.gone, server.gone])).toEqual(['ECONNRESET', 'ECONNRESET']);
    expect(server.text).toBe('');
    await expect.poll(lost).toBe(4);
    const again = await line.connect();
    again.client.send('whole');
    expect(await again.server.received(5)).toBe('whole');
  });

  it('for existing connections spares new ones', async () => {
    line.proxy.hold('both', 'existing');
    client.send('lost');
    await kept(4);
    const fresh = await line.connect();
    fresh.client.send('new');
    expect(await fresh.server.received(3)).toBe('new');
    expect(connection.passed('up')).toBe(0);
  });

  it('for future connections spares those there are', async () => {
    line.proxy.hold('both', 'future');
    const fresh = await line.dial();
    fresh.send('GET');
    await expect.poll(() => line.proxy.connections[1]?.waiting('up')).toBe(3);
    client.send('old');
    expect(await server.received(3)).toBe('old');
    expect(line.proxy.connections[1]?.passed('up')).toBe(0);
  });
});

describe('the bytes that were impeded', () => {
  it('are none on a line without faults', async () => {
    client.send('question');
    await server.received(8);
    expect(line.proxy.impeded).toBe(0);
  });

  it('are those that a black hole keeps, whether they came before it or in it', async () => {
    line.proxy.set('up', { latencyMs: 50 });
    client.send('before');
    await kept(6);
    expect(line.proxy.impeded).toBe(0);
    line.proxy.hold('up');
    expect(line.proxy.impeded).toBe(6);
    client.send('in it');
    await kept(11);
    expect(line.proxy.impeded).toBe(11);
    line.proxy.release();
    clock.advance(50);
    expect(await server.received(11)).toBe('beforein it');
    // They count on when their connection is gone.
    line.proxy.reset();
    await expect.poll(() => line.proxy.connections.length).toBe(0);
    expect(line.proxy.impeded).toBe(11);
  });

  it('are those that are late', async () => {
    line.proxy.set('up', { latencyMs: 1_000 });
    client.send('late');
    await kept(4);
    expect(line.proxy.impeded).toBe(4);
  });

  it.each([{ bytesPerSecond: 1_000 }, { sliceBytes: 3 }])('are those that leave in pieces (%o)', async (conditions) => {
    line.proxy.set('down', conditions);
    server.send('x'.repeat(100));
    await expect.poll(() => connection.waiting('down') + connection.passed('down')).toBe(100);
    clock.advance(1_000);
    await client.received(100);
    // The last piece was no longer cut.
    expect(line.proxy.impeded).toBeGreaterThan(50);
    expect(line.proxy.impeded).toBeLessThan(100);
  });
});

describe('ends', () => {
  it('a reset reaches both sides, of every connection or of one', async () => {
    const second = await line.connect();
    line.proxy.connections[1]?.reset();
    expect(await Promise.all([second.client.gone, second.server.gone])).toEqual(['ECONNRESET', 'ECONNRESET']);
    client.send('unharmed');
    expect(await server.received(8)).toBe('unharmed');
    line.proxy.reset();
    expect(await Promise.all([client.gone, server.gone])).toEqual(['ECONNRESET', 'ECONNRESET']);
    await expect.poll(() => line.proxy.connections.length).toBe(0);
  });

  it.each(['up', 'down'] as const)('half close %s ends one direction', async (direction) => {
    const [from, to] = direction === 'up' ? [client, server] : [server, client];
    from.send('before');
    await to.received(6);
    line.proxy.halfClose(direction);
    expect(await to.finished()).toBe('before');
    to.send('one way');
    expect(await from.received(7)).toBe('one way');
    from.send('into nothing');
    from.socket.end();
    to.socket.end();
    await Promise.all([from.gone, to.gone]);
    expect(to.text).toBe('before');
    await expect.poll(lost).toBe('into nothing'.length);
  });

  it.each(['end', 'reset'] as const)('a cut after n bytes up lets exactly n through (%s)', async (how) => {
    line.proxy.cutAfter(10, 'up', how);
    server.send('not counted at all');
    await client.received(18);
    client.send('1234');
    await server.received(4);
    client.send('56789012');
    // Node tells a reset that comes with bytes as an ordinary end.
    await Promise.all([Promise.race([client.gone, client.finished()]), Promise.race([server.gone, server.finished()])]);
    expect(server.text).toBe('1234567890');
    await expect.poll(lost).toBe(2);
  });

  it('a cut counts down, or both', async () => {
    connection.cutAfter(3, 'down', 'end');
    client.send('not counted');
    await server.received(11);
    server.send('abcdef');
    expect(await client.finished()).toBe('abc');

    const next = await line.connect();
    line.proxy.cutAfter(5, 'both', 'end');
    next.client.send('abc');
    await next.server.received(3);
    next.server.send('defg');
    expect(await next.client.finished()).toBe('de');
  });

  it('a cut of the next connection counts from its first byte, and spares others', async () => {
    line.proxy.cutNext(2, 'up', 'end');
    client.send('abcdef');
    expect(await server.received(6)).toBe('abcdef');
    const next = await line.connect();
    next.client.send('abcdef');
    expect(await next.server.finished()).toBe('ab');
    const third = await line.connect();
    third.client.send('abcdef');
    expect(await third.server.received(6)).toBe('abcdef');
  });

  it('an idle cut spares who talks', async () => {
    line.proxy.idleCut(1_000);
    clock.advance(900);
    client.send('x');
    await server.received(1);
    clock.advance(900);
    server.send('y');
    await client.received(1);
    clock.advance(999);
    client.send('z');
    expect(await server.received(2)).toBe('xz');
    clock.advance(1_000);
    expect(await Promise.all([client.gone, server.gone])).toEqual(['ECONNRESET', 'ECONNRESET']);
  });

  it('an idle cut is for new connections as well, and can be taken back', async () => {
    line.proxy.idleCut(1_000);
    const fresh = await line.connect();
    clock.advance(1_000);
    expect(await fresh.server.gone).toBe('ECONNRESET');
    line.proxy.idleCut(undefined);
    const next = await line.connect();
    clock.advance(3_600_000);
    next.client.send('alive');
    expect(await next.server.received(5)).toBe('alive');
  });
});

describe('refusing', () => {
  it.each([
    ['closed', 'ECONNREFUSED'],
    ['destroyed', 'ECONNRESET'],
  ] as const)('%s: %s, while connections go on', async (how, code) => {
    line.proxy.refuse(how);
    expect(await line.refused()).toBe(code);
    client.send('still here');
    expect(await server.received(10)).toBe('still here');
    await line.proxy.accept();
    const fresh = await line.connect();
    fresh.client.send('back');
    expect(await fresh.server.received(4)).toBe('back');
  });

  it('flapping: down, up, down', async () => {
    line.proxy.flap(300, 200);
    expect(await client.gone).toBe('ECONNRESET');
    expect(await line.refused()).toBe('ECONNRESET');
    clock.advance(200);
    const up = await line.connect();
    up.client.send('quick');
    expect(await up.server.received(5)).toBe('quick');
    clock.advance(299);
    expect(line.proxy.connections).toHaveLength(1);
    clock.advance(1);
    expect(await up.client.gone).toBe('ECONNRESET');
    expect(await line.refused()).toBe('ECONNRESET');
    line.proxy.endFlapping();
    expect(clock.pending).toBe(0);
    const calm = await line.connect();
    clock.advance(3_600_000);
    calm.client.send('calm');
    expect(await calm.server.received(4)).toBe('calm');
  });
});

describe('the journal', () => {
  it('tells every fault, every connection, and the bytes lost', async () => {
    client.send('hello');
    await server.received(5);
    line.proxy.hold('up');
    client.send('lost!');
    await kept(5);
    clock.advance(1_500);
    line.proxy.release('drop');
    await expect.poll(() => line.proxy.connections.length).toBe(0);
    line.proxy.refuse('destroyed');
    await line.refused();
    await line.proxy.clear();
    expect(line.proxy.journal.map(({ t, line: _, ...entry }) => [t, entry])).toEqual([
      [0, { what: 'accept', connection: 1 }],
      [0, { what: 'fault', dir: 'up', detail: 'black hole, all connections' }],
      [1_500, { what: 'clear', detail: 'black hole: drop' }],
      [1_500, { what: 'kill', connection: 1, detail: 'dropped in a black hole' }],
      [1_500, { what: 'close', connection: 1, bytes: 5 }],
      [1_500, { what: 'fault', detail: 'refuse (destroyed)' }],
      [1_500, { what: 'refuse', connection: 2 }],
      [1_500, { what: 'clear' }],
      [1_500, { what: 'clear', detail: 'refuse' }],
    ]);
  });

  it('clear() ends everything at once', async () => {
    line.proxy.set('both', { latencyMs: 60_000, sliceBytes: 1, bytesPerSecond: 1 });
    line.proxy.hold();
    line.proxy.idleCut(5_000);
    line.proxy.cutNext(0);
    line.proxy.refuse();
    await line.proxy.clear();
    clock.advance(10_000);
    client.send('whole');
    expect(await server.received(5)).toBe('whole');
    const fresh = await line.connect();
    fresh.server.send('whole');
    expect(await fresh.client.received(5)).toBe('whole');
  });
});
