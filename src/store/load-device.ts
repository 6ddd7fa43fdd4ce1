import type { OutboxStorage } from '../client/outbox-storage.js';
import type { SessionMemory } from '../tabs/shared-client-options.js';
import type { Device } from './device.js';

/**
 * What is kept on the device, in a file that comes on demand and begins to load now. What is asked of it meanwhile is done when
 * it has come, in its order; where it cannot be loaded, nothing is kept, unless it can when the outbox is claimed again. See
 * `openDevice`.
 */
export function loadDevice(scope: string, lifetime: 'session' | 'device', memory: SessionMemory): Device {
  const load = async () => {
    // To look at it may throw, too.
    if (!globalThis.indexedDB) throw new Error('no IndexedDB');
    const { openDevice } = await import('./device.js');
    const device = openDevice(scope, lifetime, memory);
    device.outbox.emptied = () => outbox.emptied?.();
    return device;
  };
  const outbox: OutboxStorage = {
    emptied: undefined,
    async claim(signal) {
      loading = loading.catch(load);
      return (await loading).outbox.claim(signal);
    },
    put: async (record) => (await loading).outbox.put(record),
    delete: async (id) => (await loading).outbox.delete(id),
    clear: async () => (await loading).outbox.clear(),
  };
  let loading = load();
  const then = (what: (device: Device) => unknown) => loading.then(what, () => {});
  const archive = loading.then(
    (device) => device.archive,
    () => undefined,
  );
  return {
    outbox,
    keeper: {
      // What is shown is read first.
      before: async () => ((await archive) ? (await loading).keeper.before() : { known: [], waiting: [] }),
      message: async (message) => (await loading).keeper.message(message),
      delivery: (...own) => then(({ keeper }) => keeper.delivery(...own)),
      outcome: (id) =>
        loading.then(
          ({ keeper }) => keeper.outcome?.(id),
          () => undefined,
        ),
      fact: (fact) => then(({ keeper }) => keeper.fact(fact)),
      replay: (events) => then(({ keeper }) => keeper.replay?.(events)),
    },
    revise: async (...left) => (await loading).revise(...left),
    archive,
  };
}
