import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browserTabs, leases } from '../../src/tabs/browser-tabs.js';
import { Leadership } from '../../src/tabs/leadership.js';
import { StorageLease } from '../../src/tabs/storage-lease.js';
import { storedMemory } from '../../src/tabs/stored-memory.js';
import { FakeClock } from '../support/fake-clock.js';
import { notHere } from '../support/not-here.js';

const owner = { lead: vi.fn(), follow() {}, elsewhere: vi.fn(), ask() {}, hidden: () => false };

/** A storage of the browser, or one that is refused. */
function storage(isRefused = false): Storage {
  const values = new Map<string, string>();
  const used = <T>(value: T): T => {
    if (isRefused) throw new DOMException('Refused', 'SecurityError');
    return value;
  };
  return {
    getItem: (key: string) => used(values.get(key) ?? null),
    setItem: (key: string, value: string) => used(values.set(key, value)),
    removeItem: (key: string) => used(values.delete(key)),
  } as never as Storage;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

describe('how the tabs of a browser find each other', () => {
  it('by a lock and a channel of their own', () => {
    const channels: string[] = [];
    vi.stubGlobal('navigator', { locks: { request: () => new Promise(() => {}) } });
    vi.stubGlobal(
      'BroadcastChannel',
      class {
        constructor(name: string) {
          channels.push(name);
        }
        close() {}
      },
    );
    const { candidate, channel } = browserTabs('scope');
    expect(candidate(new FakeClock(), owner)).toBeInstanceOf(Leadership);
    channel?.();
    // The first is a trial.
    expect(channels).toEqual(['harmonychat scope', 'harmonychat scope']);
  });

  it.each([
    ['locks', { locks: undefined }],
    ['a channel', { locks: { request: () => new Promise(() => {}) } }],
  ])('M5: without %s by a text that all can read', (what, navigator) => {
    vi.stubGlobal('navigator', navigator);
    if (what === 'a channel') vi.stubGlobal('BroadcastChannel', undefined);
    vi.stubGlobal('localStorage', storage());
    const page = new EventTarget();
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    const { candidate, channel } = browserTabs('scope');
    expect(channel).toBeUndefined();
    const clock = new FakeClock();
    const lease = candidate(clock, owner);
    expect(lease).toBeInstanceOf(StorageLease);
    lease.start();
    clock.advance(100);
    expect(owner.lead).toHaveBeenCalledTimes(1);
    const change = (key: string) => page.dispatchEvent(Object.assign(new Event('storage'), { key }));
    localStorage.setItem('harmonychat scope', 'another');
    change('other');
    expect(owner.elsewhere).not.toHaveBeenCalled();
    change('harmonychat scope');
    expect(owner.elsewhere).toHaveBeenCalledTimes(1);
    lease.take();
    page.dispatchEvent(new Event('pagehide'));
    expect(localStorage.getItem('harmonychat scope')).toBeNull();
  });

  it('T2: a full storage leaves each tab alone', () => {
    vi.stubGlobal('navigator', {});
    const full = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
    vi.stubGlobal('localStorage', { ...storage(), setItem: full });
    const clock = new FakeClock();
    const lease = browserTabs('scope').candidate(clock, owner);
    lease.start();
    clock.advance(100);
    expect(owner.lead).toHaveBeenCalledTimes(1);
  });

  it('T1: where the storage is refused each tab is alone', () => {
    vi.stubGlobal('navigator', {});
    vi.stubGlobal('localStorage', storage(true));
    const lease = browserTabs('scope').candidate(new FakeClock(), owner);
    lease.start();
    lease.stop();
    lease.start();
    expect(owner.lead).toHaveBeenCalledTimes(2);
  });
});

describe('a lease that is still to come', () => {
  beforeEach(() => {
    vi.stubGlobal('navigator', {});
    vi.stubGlobal('localStorage', storage());
  });

  it('does what was asked meanwhile, in its order', async () => {
    const { come } = notHere(leases);
    const clock = new FakeClock();
    const lease = browserTabs('scope').candidate(clock, owner);
    lease.start();
    lease.stop();
    lease.start();
    clock.advance(1_000);
    expect(owner.lead).not.toHaveBeenCalled();
    await come();
    clock.advance(99);
    expect(owner.lead).not.toHaveBeenCalled();
    clock.advance(1);
    expect(owner.lead).toHaveBeenCalledTimes(1);
    lease.stop();
    await clock.advanceAsync(0);
    expect(localStorage.getItem('harmonychat scope')).toBeNull();
  });

  it('and does not come: the tab chats, as one that is alone', async () => {
    const { fail } = notHere(leases);
    const lease = browserTabs('scope').candidate(new FakeClock(), owner);
    lease.start();
    lease.start();
    await fail();
    expect(owner.lead).toHaveBeenCalledTimes(1);
  });
});

describe('what a tab remembers', () => {
  it('is there on the next page, until it is forgotten', () => {
    vi.stubGlobal('sessionStorage', storage());
    const memory = storedMemory('key');
    expect(memory.read()).toBeNull();
    memory.write({ a: 1 });
    expect(storedMemory('key').read()).toEqual({ a: 1 });
    memory.write(undefined);
    expect(memory.read()).toBeNull();
  });

  it('T1: is nothing where the storage is refused, or not there', () => {
    vi.stubGlobal('sessionStorage', storage(true));
    const memory = storedMemory('key');
    memory.write({ a: 1 });
    expect(memory.read()).toBeUndefined();
    vi.stubGlobal('sessionStorage', undefined);
    memory.write({ a: 1 });
    expect(memory.read()).toBeUndefined();
  });
});
