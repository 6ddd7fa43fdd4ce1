import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadPatiently } from '../../src/embed/load-patiently.js';
import { loadParts } from '../../src/embed/parts.js';

vi.mock('../../src/embed/parts.js', () => ({ loadParts: vi.fn() }));

type Parts = Awaited<ReturnType<typeof loadParts>>;

/** An attempt, settled by the test. */
interface Attempt {
  readonly resolve: (parts: Parts) => void;
  readonly reject: (error: Error) => void;
}
const attempts: Attempt[] = [];
const parts = (name: string) => ({ name }) as unknown as Parts;
/** What came, or what was said. */
const outcome = () => {
  const told = vi.fn();
  loadPatiently().then(told, (error: Error) => told(error.message));
  return told;
};

beforeEach(() => {
  vi.useFakeTimers();
  attempts.length = 0;
  vi.mocked(loadParts).mockImplementation(
    () =>
      new Promise((resolve, reject) => {
        attempts.push({ resolve, reject });
      }),
  );
});

afterEach(() => {
  vi.useRealTimers();
});

describe('loading the chat', () => {
  it('takes an attempt that was not waited for, when that comes first', async () => {
    const told = outcome();
    await vi.advanceTimersByTimeAsync(40_000);
    expect(attempts).toHaveLength(3);
    attempts[0]?.resolve(parts('first'));
    await vi.advanceTimersByTimeAsync(0);
    expect(told.mock.calls).toEqual([[parts('first')]]);
  });

  it('asks again when nothing has come for 15 s, three times, and says so', async () => {
    const told = outcome();
    await vi.advanceTimersByTimeAsync(15_999);
    expect(attempts).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(attempts).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(18_000);
    expect(attempts).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(14_999);
    expect(told).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(told.mock.calls).toEqual([['The chat did not load: no answer']]);
  });

  it('asks again when it failed, and says what the last one met', async () => {
    const told = outcome();
    for (const [n, pause] of [1_000, 3_000, 0].entries()) {
      await vi.advanceTimersByTimeAsync(0);
      attempts[n]?.reject(new Error(`number ${n}`));
      await vi.advanceTimersByTimeAsync(pause);
    }
    expect(told.mock.calls).toEqual([['The chat did not load: Error: number 2']]);
    expect(vi.mocked(loadParts).mock.calls.slice(-3)).toEqual([[0], [1], [2]]);
  });

  it('asks again soon after a failure, though an earlier attempt hangs', async () => {
    const told = outcome();
    await vi.advanceTimersByTimeAsync(16_000);
    attempts[1]?.reject(new Error('another network'));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(attempts).toHaveLength(3);
    attempts[0]?.resolve(parts('first'));
    await vi.advanceTimersByTimeAsync(0);
    expect(told.mock.calls).toEqual([[parts('first')]]);
  });
});
