import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OnDemand } from '../../src/client/on-demand.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('is fetched once, however many load it at the same time', async () => {
  const fetch = vi.fn(async () => 'part');
  const part = new OnDemand(fetch);
  expect(await Promise.all([part.load(), part.load(), part.load()])).toEqual(['part', 'part', 'part']);
  expect(await part.load()).toBe('part');
  expect(fetch).toHaveBeenCalledTimes(1);
});

test('one that did not come is fetched by whoever loads it next', async () => {
  const fetch = vi.fn(async () => 'part').mockRejectedValueOnce(new Error('offline'));
  const part = new OnDemand(fetch);
  await expect(part.load()).rejects.toThrow('offline');
  expect(await part.load()).toBe('part');
});

test('is asked for again, after pauses that grow, by one for all who want it, and each hears of it once', async () => {
  const offline = new Error('offline');
  const fetch = vi
    .fn(async () => 'part')
    .mockRejectedValueOnce(offline)
    .mockRejectedValueOnce(offline);
  const part = new OnDemand(fetch);
  const heard: string[] = [];
  const first = () => heard.push('first');
  void part.want(first);
  void part.want(first);
  await vi.advanceTimersByTimeAsync(4_999);
  void part.want(() => heard.push('second'));
  expect(fetch).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(fetch).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(9_999);
  expect([fetch.mock.calls.length, heard]).toEqual([2, []]);
  await vi.advanceTimersByTimeAsync(1);
  expect([fetch.mock.calls.length, heard]).toEqual([3, ['first', 'second']]);
  await vi.advanceTimersByTimeAsync(600_000);
  expect([fetch.mock.calls.length, vi.getTimerCount()]).toEqual([3, 0]);
});
