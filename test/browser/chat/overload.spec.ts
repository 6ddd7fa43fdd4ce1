import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '../support/chat-test.js';

const PER_SECOND = 1_000;
const SECONDS = 10;
/** Every fifth is of somebody whose conversation is not shown. */
const FIFTH = 5;

test('O1: 1,000 messages a second for 10 s are all shown, once and in order, and the unread ones are counted', {
  tag: '@long',
}, async ({ enter, gateway, userId }) => {
  // A busy machine takes its time for them, and how much says nothing.
  test.setTimeout(180_000);
  const patient = expect.configure({ timeout: 120_000 });
  const [alice, bob, carol] = [userId('alice'), userId('bob'), userId('carol')];
  const chat = await enter({ user: alice, peer: bob });
  const begin = performance.now();
  for (let n = 0; n < PER_SECOND * SECONDS; ) {
    const due = Math.floor((performance.now() - begin) * (PER_SECOND / 1_000));
    for (; n < Math.min(due, PER_SECOND * SECONDS); n++) {
      gateway.send(alice, `message ${n}`, { from: n % FIFTH === 0 ? carol : bob, typeu: 0 });
    }
    await pause(10);
  }

  const ofCarol = (PER_SECOND * SECONDS) / FIFTH;
  await patient
    .poll(async () => (await chat.events('chat-unread')).at(-1))
    .toMatchObject({ peerId: carol, count: ofCarol, total: ofCarol });
  const expected = Array.from({ length: PER_SECOND * SECONDS }, (_, n) => n).filter((n) => n % FIFTH !== 0);
  const shown = () =>
    chat.root.evaluate((root: HTMLElementTagNameMap['chat-window']) => {
      const messages = root.conversation?.store.messages ?? [];
      return messages.filter(({ status }) => status === 'received').map(({ content }) => content);
    });
  await patient.poll(async () => (await shown()).length).toBe(expected.length);
  expect(await shown()).toEqual(expected.map((n) => `message ${n}`));
  await expect(chat.message(`message ${expected.at(-1)}`)).toBeInViewport();
  // All of them were acknowledged: none is repeated.
  await expect.poll(() => gateway.unacknowledged).toBe(0);
});
