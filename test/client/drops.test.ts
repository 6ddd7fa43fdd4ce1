import { describe, expect, it } from 'vitest';
import { type Packet, PacketType } from '../../src/protocol/index.js';
import { Scene } from './scene.js';
import { ackOf, loggedIn, message, pong, serverError } from './server-frames.js';

const drops = (scene: Scene) => Object.fromEntries(scene.client.drops);

describe('what is dropped is counted by its reason', () => {
  it.each<[string, Partial<Packet> | string | ArrayBuffer]>([
    ['malformed frame', '{'],
    ['malformed type', '{"type":[]}'],
    ['malformed dataContent', { type: PacketType.error, dataContent: null }],
    ['malformed dataContent.errorCode', { type: PacketType.error, dataContent: '{}' }],
    ['binary', new ArrayBuffer(3)],
    ['unexpected frame type', { type: 77 }],
    ['unexpected frame type', { type: PacketType.echoResponse }],
    ['ack of an unknown message', ackOf('nobody’s')],
    ['ack of an unknown message', ackOf(null)],
    ['answer without a login', loggedIn()],
    ['message for another user', message('m', { to: 'carol' })],
    ['FrameTooLargeError', message('m', { from: 'x'.repeat(70_000) })],
  ])('%s', async (reason, frame) => {
    const scene = new Scene();
    const socket = await scene.online();
    socket.deliver(frame);
    expect(drops(scene)).toEqual({ [reason]: 1 });
    socket.deliver(frame);
    // The second copy of a message is none, but it is owed an answer as well.
    expect(drops(scene)).toEqual({ [reason]: 2 });
    expect(scene.take().filter((line) => line !== 'message hello')).toEqual([]);
    expect(scene.state).toBe('connected');
  });

  it.each<[string, Partial<Packet>]>([
    ['frame before the login was answered', message('m')],
    ['frame before the login was answered', pong()],
    ['answer to the login of somebody else', loggedIn('carol')],
  ])('before the login is answered: %s', async (reason, frame) => {
    const scene = new Scene();
    (await scene.dial()).open();
    scene.take();
    scene.socket.deliver(frame);
    expect(drops(scene)).toEqual({ [reason]: 1 });
    expect(scene.take()).toEqual([]);
    expect(scene.state).toBe('connecting 0');
  });

  it('V3: an error is heard before the login is answered, too', async () => {
    const scene = new Scene();
    (await scene.dial()).open();
    scene.take();
    scene.socket.deliver(serverError(301));
    expect(scene.take()).toEqual(['ServerError', 'connecting 1', 'close 1006']);
    expect(drops(scene)).toEqual({});
  });
});
