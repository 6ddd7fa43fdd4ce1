import { expect, it } from 'vitest';
import type { OutboxRecord } from '../../src/client/index.js';
import { FakeDevice } from '../support/fake-device.js';
import { Scene } from './scene.js';
import { answerKeepAlives } from './server-frames.js';

/** More than a function takes as arguments. */
const COUNT = 200_000;

it('I17: an outbox that somebody has flooded breaks nothing', async () => {
  const device = new FakeDevice();
  const plain = { v: 1, to: 'bob', type: 0, content: '', qos: true, sentAt: 1, written: false, failed: false } as const;
  for (let seq = 0; seq < COUNT; seq++) {
    device.records.set(`${seq}`, { ...plain, id: `${seq}`, seq } satisfies OutboxRecord);
  }
  const scene = new Scene({ storage: device.storage(), onSocket: answerKeepAlives });
  await scene.online();
  expect(scene.client.pending).toBe(2_000);
  expect(scene.client.status.durability).toBe('disk');
});
