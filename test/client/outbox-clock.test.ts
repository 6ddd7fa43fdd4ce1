import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/client/clock.js';
import type { Message } from '../../src/client/index.js';
import { Outbox } from '../../src/client/outbox.js';
import { data } from '../../src/protocol/index.js';
import { FakeClock } from '../support/fake-clock.js';

/** An outbox on an open line where nothing is acknowledged, under a clock of which something is wrong. */
function outboxUnder(distort: (fake: FakeClock) => Partial<Clock>) {
  const fake = new FakeClock();
  const clock: Clock = { ...fake, ...distort(fake) };
  const written: number[] = [];
  const announced: string[] = [];
  const outbox = new Outbox(clock, Number.POSITIVE_INFINITY, {
    write: () => written.push(clock.monotonic()) > 0,
    buffered: () => 0,
    settled: () => {},
    save: (_, done) => done?.(),
    forget: () => {},
    announce: (_, status) => announced.push(status),
  });
  outbox.open();
  const packet = data({ id: 'm1', content: 'hello', from: 'alice', to: 'bob', type: 0, qos: true });
  const message: Message = {
    id: 'm1',
    type: 0,
    content: 'hello',
    from: 'alice',
    to: 'bob',
    sentAt: 0,
    status: 'queued',
  };
  void outbox.add(message, packet, 100, false);
  return { fake, written, announced };
}

describe('I8: retransmission by time, not by ticks', () => {
  it('C4: timers that come a millisecond early repeat nothing early, and forget nothing', () => {
    const { fake, written, announced } = outboxUnder((clock) => ({
      setTimeout: (callback, ms) => clock.setTimeout(callback, Math.max(1, ms - 1)),
    }));
    fake.advance(30_000);
    expect(written).toEqual([0, 5_000, 10_000]);
    expect(announced).toEqual(['sending', 'unconfirmed']);
  });

  it('L8: a sleep of two hours costs one retransmission at most', () => {
    let asleepMs = 0;
    const { fake, written, announced } = outboxUnder((clock) => ({ monotonic: () => clock.monotonic() + asleepMs }));
    fake.advance(1_000);
    asleepMs = 7_200_000;
    // Acknowledgements may wait behind the timer, and come first.
    fake.advance(4_000);
    expect(written).toHaveLength(1);
    fake.advance(250);
    expect(written).toHaveLength(2);
    fake.advance(4_999);
    expect(written).toHaveLength(2);
    expect(announced).toEqual(['sending']);
  });

  it('C1: a wall clock that jumps repeats nothing and gives nothing up', () => {
    const { fake, written, announced } = outboxUnder(() => ({}));
    for (const days of [1, -2, 3_650, -7_300]) {
      fake.jumpWall(days * 86_400_000);
      fake.advance(1_000);
    }
    expect(written).toEqual([0]);
    expect(announced).toEqual(['sending']);
  });
});
