import { describe, expect, test } from 'vitest';
import { DeliveryEvent } from '../../src/client/index.js';
import { PacketType } from '../../src/protocol/index.js';
import { ChatSession } from '../../src/store/chat-session.js';
import { MessageStore } from '../../src/store/message-store.js';
import type { PeerConversation } from '../../src/store/peer-conversation.js';
import { Scene } from '../client/scene.js';
import { ackOf, kickedOut, message, pong } from '../client/server-frames.js';
import { FakeDevice } from '../support/fake-device.js';
import type { FakeSocket } from '../support/fake-socket.js';
import { MONDAY, messageOf } from './messages.js';

/** A logged-in client of alice, her session, and what the session announced. */
async function openSession() {
  const scene = new Scene({ giveUpAfterMs: 15_000 });
  const socket = await scene.online();
  const session = new ChatSession(scene.client);
  const log: string[] = [];
  session.addEventListener('message', ({ conversation, message, direction }) => {
    log.push(`${direction} ${conversation.peerId}: ${message.content}`);
  });
  session.addEventListener('delivery', ({ conversation, message, status }) => {
    log.push(`to ${conversation.peerId}: ${message.content} ${status}`);
  });
  return { scene, socket, session, log };
}

/** By then a message that nobody acknowledges has failed. */
const GIVEN_UP_MS = 20_000;

function answerHeartbeats(socket: FakeSocket): FakeSocket {
  socket.onFrame = ({ type }) => {
    if (type === PacketType.keepAlive) socket.deliver(pong());
  };
  return socket;
}

/** Content and status of each message, without the notes. */
function transcript({ store }: PeerConversation): string[] {
  return store.messages.filter(({ status }) => status !== 'note').map(({ content, status }) => `${content} ${status}`);
}

describe('messages that arrive', () => {
  test('go to the conversation with who sent them, whether a window shows it or not, and are acknowledged', async () => {
    const { session, socket, log } = await openSession();
    const bob = session.conversation('bob');
    socket.deliver(message('1', { dataContent: 'one' }));
    socket.deliver(message('2', { dataContent: 'two', from: 'carol' }));
    socket.deliver(message('3', { dataContent: 'three', from: '0' }));
    expect(log).toEqual(['in bob: one', 'in carol: two', 'in 0: three']);
    expect([...session.conversations].map(({ peerId }) => peerId)).toEqual(['bob', 'carol', '0']);
    expect(transcript(bob)).toEqual(['one received']);
    expect(transcript(session.conversation('carol'))).toEqual(['two received']);
    expect(transcript(session.conversation('0'))).toEqual(['three received']);
    expect(socket.sent(PacketType.ack).map(({ packet }) => packet.dataContent)).toEqual(['1', '2', '3']);
  });

  test('I22: count as unread in that conversation alone, until somebody has looked', async () => {
    const { session, socket } = await openSession();
    socket.deliver(message('1'));
    socket.deliver(message('2'));
    socket.deliver(message('3', { from: 'carol' }));
    const [bob, carol] = [session.conversation('bob'), session.conversation('carol')];
    expect([bob.unread, carol.unread, session.unread]).toEqual([2, 1, 3]);
    bob.markRead();
    expect([bob.unread, carol.unread, session.unread]).toEqual([0, 1, 1]);
  });

  test('I4: are announced, counted and shown once, even when the store knows them from elsewhere', async () => {
    const { session, socket, log } = await openSession();
    const bob = session.conversation('bob');
    bob.store.append(messageOf('1'));
    socket.deliver(message('1'));
    socket.deliver(message('2'));
    socket.deliver(message('2'));
    expect(log).toEqual(['in bob: hello']);
    expect(bob.unread).toBe(1);
    expect(transcript(bob)).toEqual(['text of 1 received', 'hello received']);
  });

  test('are nobody’s business after close(), and stay', async () => {
    const { session, socket, log, scene } = await openSession();
    socket.deliver(message('1'));
    session.close();
    socket.deliver(message('2'));
    scene.client.send('late', { to: 'bob' });
    expect(log).toEqual(['in bob: hello']);
    expect(transcript(session.conversation('bob'))).toEqual(['hello received']);
  });
});

describe('own messages', () => {
  test('are added once, in typing order, and follow their status', async () => {
    const { session, socket, log } = await openSession();
    const bob = session.conversation('bob');
    const one = bob.send('one');
    bob.send('two');
    expect(transcript(bob)).toEqual(['one sending', 'two sending']);
    const first = bob.store.get(one.id);
    socket.deliver(ackOf(one.id));
    await one.delivered;
    expect(transcript(bob)).toEqual(['one delivered', 'two sending']);
    expect(bob.store.get(one.id)).toEqual({ ...first, status: 'delivered' });
    expect(log).toEqual([
      ...['out bob: one', 'to bob: one sending', 'out bob: two', 'to bob: two sending'],
      'to bob: one delivered',
    ]);
    expect(bob.unread).toBe(0);
  });

  test('of the client itself appear in the conversation with their receiver, "0" included', async () => {
    const { session, scene, socket, log } = await openSession();
    const { id } = scene.client.send('to the server', { to: '0' });
    scene.client.send('once', { to: 'carol', qos: false });
    socket.deliver(ackOf(id));
    expect(transcript(session.conversation('0'))).toEqual(['to the server delivered']);
    expect(transcript(session.conversation('carol'))).toEqual(['once sent']);
    expect(log).toContain('out 0: to the server');
    expect(transcript(session.conversation('bob'))).toEqual([]);
  });

  test('I5: wait for the connection, fail, and are sent again in their place', async () => {
    const { session, socket, scene } = await openSession();
    const bob = session.conversation('bob');
    const { id } = bob.send('one');
    await scene.clock.advanceAsync(4_000);
    socket.serverClose(1006);
    bob.send('two');
    expect(transcript(bob)).toEqual(['one queued', 'two queued']);
    const next = answerHeartbeats(await scene.onlineAgain());
    next.deliver(ackOf(next.sent(PacketType.data)[1]?.packet.fp));
    await scene.clock.advanceAsync(GIVEN_UP_MS);
    expect(transcript(bob)).toEqual(['one failed', 'two delivered']);
    expect(bob.retry(id)).toBe(true);
    expect(transcript(bob)).toEqual(['one sending', 'two delivered']);
  });

  test('that are cancelled or removed disappear, and nobody else’s do', async () => {
    const { session, scene, socket, log } = await openSession();
    answerHeartbeats(socket);
    const bob = session.conversation('bob');
    const failed = bob.send('failed');
    await scene.clock.advanceAsync(GIVEN_UP_MS);
    socket.deliver(kickedOut(2));
    const typed = bob.send('typed');
    expect(transcript(bob)).toEqual(['failed failed', 'typed queued']);
    log.length = 0;
    expect([bob.cancel(failed.id), bob.remove(typed.id), bob.retry(typed.id)]).toEqual([false, false, false]);
    expect([bob.cancel(typed.id), bob.remove(failed.id)]).toEqual([true, true]);
    expect(transcript(bob)).toEqual([]);
    expect(log).toEqual(['to bob: typed cancelled', 'to bob: failed removed']);
    await expect(typed.delivered).rejects.toMatchObject({ name: 'NotDeliveredError', reason: 'cancelled' });
    await expect(failed.delivered).rejects.toMatchObject({ name: 'NotDeliveredError', reason: 'failed' });
  });

  test('that were cleared away before they are cancelled do not count as new', async () => {
    const { session, scene, log } = await openSession();
    scene.client.disconnect();
    const bob = session.conversation('bob');
    const { id } = bob.send('typed');
    bob.store.clear();
    log.length = 0;
    bob.cancel(id);
    expect(log).toEqual(['to bob: typed cancelled']);
    expect(bob.store.size).toBe(0);
  });

  test('that were cleared away do not come back with their delivery, but with bad news', async () => {
    const { session, scene, socket } = await openSession();
    answerHeartbeats(socket);
    const bob = session.conversation('bob');
    const arriving = bob.send('arriving');
    bob.send('failing');
    bob.store.clear();
    socket.deliver(ackOf(arriving.id));
    await arriving.delivered;
    expect(transcript(bob)).toEqual([]);
    await scene.clock.advanceAsync(GIVEN_UP_MS);
    expect(transcript(bob)).toEqual(['failing failed']);
  });
});

describe('a conversation', () => {
  test('begins with a line that names the transport', async () => {
    const { session, socket } = await openSession();
    socket.deliver(message('1'));
    const { messages } = session.conversation('bob').store;
    expect(messages.map(({ status, content }) => `${status} ${content}`)).toEqual(['note transport', 'received hello']);
  });

  test('is the same one each time it is asked for', async () => {
    const { session } = await openSession();
    const bob = session.conversation('bob');
    expect(session.conversation('bob')).toBe(bob);
    expect(session.conversation('bob', bob.store)).toBe(bob);
    expect(session.conversation('carol')).not.toBe(bob);
    expect([bob.userId, bob.peerId]).toEqual(['alice', 'bob']);
  });

  test('takes a store of the page, keeps what is in it, and adds what came before, unread as it was', async () => {
    const { session, socket, log } = await openSession();
    socket.deliver(message('1'));
    const empty = session.conversation('bob', new MessageStore());
    expect(empty.store.messages.map(({ content }) => content)).toEqual(['transport', 'hello']);
    expect(session.unread).toBe(1);

    const store = new MessageStore();
    store.append(messageOf('old'));
    const bob = session.conversation('bob', store);
    expect(bob.store).toBe(store);
    expect(transcript(bob)).toEqual(['text of old received', 'hello received']);
    expect(store.size).toBe(2);
    expect(bob.unread).toBe(1);

    socket.deliver(message('2', { dataContent: 'next' }));
    expect(log.at(-1)).toBe('in bob: next');
    expect(store.messages.at(-1)?.content).toBe('next');
    expect(session.conversation('bob')).toBe(bob);
  });

  test('deletes what is over for this user alone, and nothing else', async () => {
    const { session, socket, log } = await openSession();
    const bob = session.conversation('bob');
    socket.deliver(message('1', { dataContent: 'one' }));
    const { id } = bob.send('mine');
    const sent = bob.send('once', { qos: false });
    const waiting = bob.send('waits');
    socket.deliver(ackOf(id));
    const before = log.splice(0).length;
    expect(before).toBeGreaterThan(0);
    const note = bob.store.messages[0]?.id ?? '';
    expect([note, waiting.id, 'nobody'].map((each) => bob.remove(each))).toEqual([false, false, false]);
    expect(['1', id, sent.id].map((each) => bob.remove(each))).toEqual([true, true, true]);
    expect(['1', id, sent.id].map((each) => bob.remove(each))).toEqual([false, false, false]);
    expect(transcript(bob)).toEqual([' received', ' delivered', ' sent', 'waits sending']);
    expect(bob.store.shown.map(({ content }) => content)).toEqual(['transport', 'waits']);
    expect(session.unread).toBe(0);
    socket.deliver(message('1', { dataContent: 'one' }));
    expect([session.unread, log]).toEqual([0, []]);
  });

  test('with another store: what was deleted stays so, though the store has it as it was', async () => {
    const { session, socket } = await openSession();
    for (const id of ['1', '2']) {
      socket.deliver(message(id));
      expect(session.conversation('bob').remove(id)).toBe(true);
    }
    const store = new MessageStore();
    store.append(messageOf('1'));
    const bob = session.conversation('bob', store);
    expect(store.messages.map(({ id, deleted }) => `${id} ${deleted}`)).toEqual(['1 true', '2 true']);
    expect([bob.unread, store.shown]).toEqual([0, []]);
  });

  test('counts the bytes of the whole frame to its peer', async () => {
    const { session, scene } = await openSession();
    const bytes = session.conversation('bob').frameBytes('héllo');
    expect(bytes).toBe(scene.client.frameBytes('héllo', { to: 'bob' }));
    expect(session.conversation('bobby').frameBytes('héllo')).toBe(bytes + 2);
  });
});

test('I5: what an earlier page left, and is read late, stands before what was typed meanwhile', async () => {
  const device = new FakeDevice();
  const before = new Scene({ storage: device.storage() });
  await before.dial();
  for (const text of ['one', 'two']) before.client.send(text, { to: 'bob' });
  await before.settle();

  const scene = new Scene({ storage: device.storage() });
  const session = new ChatSession(scene.client);
  await scene.dial();
  await scene.clock.advanceAsync(1);
  scene.client.send('three', { to: 'bob' });
  await scene.clock.advanceAsync(150);
  expect(transcript(session.conversation('bob'))).toEqual(['three queued']);
  before.client.disconnect();
  await scene.settle();
  expect(transcript(session.conversation('bob'))).toEqual(['one queued', 'two queued', 'three queued']);
  const socket = scene.accept();
  expect(socket.sent(PacketType.data).map(({ packet }) => packet.dataContent)).toEqual(['one', 'two', 'three']);
});

test('I5: the same where what was typed meanwhile is on its way already', async () => {
  const device = new FakeDevice();
  const before = new Scene({ storage: device.storage() });
  await before.dial();
  before.client.send('one', { to: 'bob' });
  await before.settle();

  const scene = new Scene({ storage: device.storage() });
  const bob = new ChatSession(scene.client).conversation('bob');
  await scene.dial();
  await scene.clock.advanceAsync(1);
  scene.client.send('two', { to: 'bob' });
  scene.accept();
  await scene.clock.advanceAsync(2_000);
  expect(transcript(bob)).toEqual(['two sending']);
  before.client.disconnect();
  await scene.settle();
  expect(transcript(bob)).toEqual(['one sending', 'two sending']);
});

test('C1: what is typed after the wall clock was set back stands behind what waits', async () => {
  const scene = new Scene();
  const bob = new ChatSession(scene.client).conversation('bob');
  bob.send('one');
  scene.clock.jumpWall(-86_400_000);
  bob.send('two');
  expect(transcript(bob)).toEqual(['one queued', 'two queued']);
});

test('I5: own messages of which news cross stand in typing order, unless the clock was set back meanwhile', async () => {
  const { scene, session, socket } = await openSession();
  const bob = session.conversation('bob');
  const hear = (content: string, sentAt: number) => {
    const message = messageOf(content, {
      content,
      from: 'alice',
      to: 'bob',
      sentAt: MONDAY + sentAt,
      status: 'queued',
    });
    scene.client.dispatchEvent(new DeliveryEvent(message, 'queued'));
  };
  hear('one', 0);
  hear('three', 2_000);
  socket.deliver(message('theirs', { dataContent: 'theirs' }));
  hear('two', 1_000);
  hear('four', 2_000);
  hear('after the clock was set back', -60_000);
  expect(transcript(bob)).toEqual([
    ...['one queued', 'two queued', 'three queued', 'theirs received', 'four queued'],
    'after the clock was set back queued',
  ]);
});
