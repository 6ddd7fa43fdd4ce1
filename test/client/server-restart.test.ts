import { describe, expect, it } from 'vitest';
import { PacketType } from '../../src/protocol/index.js';
import { ChatSession } from '../../src/store/chat-session.js';
import { Gateway } from '../gateway/gateway.js';
import { FakeClock } from '../support/fake-clock.js';
import { GatewayUser } from './gateway-user.js';

/** A server that has read a message, whose answer was lost, and that then forgets everything, as a restart does. */
async function forgetful(to: string) {
  const clock = new FakeClock();
  const heard: (string | null)[] = [];
  const gateway = new Gateway({ clock, random: () => 0.25, onServerMessage: ({ fp }) => heard.push(fp) });
  const [alice, bob] = [new GatewayUser(gateway, clock, 'alice'), new GatewayUser(gateway, clock, 'bob')];
  const [mine, theirs] = [alice, bob].map(({ client }) => new ChatSession(client));
  for (const { client } of [alice, bob]) client.connect();
  await clock.advanceAsync(1_000);
  gateway.faults.loseAcks('alice');
  const { id } = alice.client.send('hello', { to });
  await clock.advanceAsync(1_000);
  expect(alice.outcome.get('hello')).toBe('sending');
  gateway.faults.clear('alice');
  gateway.faults.restart(5_000);
  await clock.advanceAsync(60_000);
  const copies = gateway.journal.filter({ user: 'alice', dir: 'in', type: PacketType.data });
  const bubbles = (session: ChatSession | undefined, peer: string) =>
    session?.conversation(peer).store.messages.filter(({ status }) => status !== 'note') ?? [];
  return { id, gateway, heard, copies, alice, bob, mine: bubbles(mine, to), theirs: bubbles(theirs, 'alice') };
}

describe('V12: a server that has forgotten what it read', () => {
  it('gets the same message again under the same id, and the sender sees one bubble', async () => {
    const { id, heard, copies, mine } = await forgetful('0');
    // Its application hears it twice, and can tell by the id.
    expect(heard).toEqual([id, id]);
    expect(new Set(copies.map(({ text }) => text)).size).toBe(1);
    expect(mine.map(({ content, status }) => [content, status])).toEqual([['hello', 'delivered']]);
  });

  it('passes the copy on, and the receiver sees one bubble', async () => {
    const { id, gateway, copies, alice, bob, mine, theirs } = await forgetful('bob');
    expect(copies.length).toBeGreaterThan(1);
    expect(new Set(copies.map(({ frame }) => frame?.fp))).toEqual(new Set([id]));
    expect(gateway.journal.filter({ user: 'bob', dir: 'out', type: PacketType.data }).length).toBeGreaterThan(1);
    expect(bob.received).toEqual(['hello']);
    expect(alice.outcome.get('hello')).toBe('delivered');
    expect([mine.length, theirs.length]).toEqual([1, 1]);
  });
});
