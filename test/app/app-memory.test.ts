import { afterEach, expect, test, vi } from 'vitest';
import { AppMemory } from '../../src/app/app-memory.js';

function storage(entries: Readonly<Record<string, string>> = {}): Map<string, string> {
  const map = new Map(Object.entries(entries));
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
  });
  return map;
}

afterEach(() => vi.unstubAllGlobals());

test('keeps consent and account for each app', () => {
  const map = storage();
  const memory = new AppMemory('shop');
  expect([memory.consent, memory.account]).toEqual([false, '']);
  memory.keep({ consent: true });
  memory.keep({ account: 'ann' });
  expect([...map]).toEqual([['harmonychat app shop', '{"consent":true,"account":"ann"}']]);
  const again = new AppMemory('shop');
  expect([again.consent, again.account]).toEqual([true, 'ann']);
  const other = new AppMemory('other');
  expect([other.consent, other.account]).toEqual([false, '']);
});

test.each(['', 'no json', 'null', '7', '"text"', '{"consent":"yes","account":7}'])('of %j nothing', (text) => {
  storage({ 'harmonychat app ': text });
  const memory = new AppMemory('');
  expect([memory.consent, memory.account]).toEqual([false, '']);
});

test('a storage that refuses: as long as the page', () => {
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
  const memory = new AppMemory('');
  memory.keep({ consent: true });
  memory.keep({ account: 'ann' });
  expect([memory.consent, memory.account]).toEqual([true, 'ann']);
});
