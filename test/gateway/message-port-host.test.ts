import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../support/fake-clock.js';
import { Gateway } from './gateway.js';
import { type PortWebSocket, portWebSocketFor } from './port-web-socket.js';

let clock: FakeClock;
let gateway: Gateway;

beforeEach(() => {
  clock = new FakeClock();
  gateway = new Gateway({ clock });
});

function connect(query = ''): PortWebSocket {
  const Socket = portWebSocketFor(gateway);
  return new Socket(`ws://localhost/websocket${query}`);
}

const next = <E extends Event>(socket: PortWebSocket, type: string): Promise<E> =>
  new Promise((resolve) => socket.addEventListener(type, (event) => resolve(event as E), { once: true }));

const login = JSON.stringify({ type: 0, dataContent: '{"loginUserId":"alice"}', from: 'alice', to: '0' });

describe('the gateway on a MessagePort', { timeout: 30_000 }, () => {
  it('opens, takes a login and answers', async () => {
    const socket = connect();
    expect(socket.readyState).toBe(socket.CONNECTING);
    expect(() => socket.send(login)).toThrow('Still connecting');
    await next(socket, 'open');
    expect(socket.readyState).toBe(socket.OPEN);
    const heard: string[] = [];
    socket.onmessage = ({ data }) => heard.push(data);
    socket.send(login);
    const { data } = await next<MessageEvent<string>>(socket, 'message');
    expect(data).toContain('\\"code\\":0');
    expect(heard).toEqual([data]);
    socket.close();
    await next(socket, 'close');
  });

  it('closes from the side of the gateway, with code and reason after the last frame', async () => {
    const socket = connect();
    await next(socket, 'open');
    socket.send(login);
    await next(socket, 'message');
    const kickOut = next<MessageEvent<string>>(socket, 'message');
    const closed = next<CloseEvent>(socket, 'close');
    gateway.kick('alice', 2, 'enough');
    expect((await kickOut).data).toContain('enough');
    expect(await closed).toMatchObject({ code: 1000, reason: 'Bye', wasClean: true });
    expect(socket.readyState).toBe(socket.CLOSED);
  });

  it('closes from the side of the page, and the gateway notices', async () => {
    const socket = connect();
    await next(socket, 'open');
    socket.close(1000, 'done');
    expect(socket.readyState).toBe(socket.CLOSING);
    expect(await next<CloseEvent>(socket, 'close')).toMatchObject({ code: 1000, reason: 'done' });
    expect(gateway.connections).toBe(0);
  });

  it('ends with an error and 1006 when the gateway stops, and when it is stopped already', async () => {
    const socket = connect();
    await next(socket, 'open');
    const error = next(socket, 'error');
    const closed = next<CloseEvent>(socket, 'close');
    gateway.stop();
    await error;
    expect(await closed).toMatchObject({ code: 1006, wasClean: false });
    const opened: unknown[] = [];
    const refused = connect();
    refused.onopen = () => opened.push(1);
    expect(await next<CloseEvent>(refused, 'close')).toMatchObject({ code: 1006 });
    expect(opened).toEqual([]);
  });

  it('closes with 1000 "Bye" on a binary message', async () => {
    const socket = connect();
    await next(socket, 'open');
    socket.send(new Uint8Array([1]));
    expect(await next<CloseEvent>(socket, 'close')).toMatchObject({ code: 1000, reason: 'Bye' });
  });

  it('takes the heartbeat mode from the query', async () => {
    const socket = connect('?heartbeat=30');
    await next(socket, 'open');
    clock.advance(34_999);
    expect(gateway.connections).toBe(1);
    const closed = next<CloseEvent>(socket, 'close');
    clock.advance(1);
    expect((await closed).code).toBe(1000);
  });
});
