import type { FakeClock } from '../../support/fake-clock.js';
import type { Gateway } from '../gateway.js';
import type { Driver, PeerHandlers } from './driver.js';

/** Replays against the core itself, on a clock that only the replay moves. Pings never reach the core. */
export function coreDriver(gateway: Gateway, clock: FakeClock): Driver {
  return {
    hasPings: false,
    now: clock.monotonic,
    wait: (ms) => clock.advanceAsync(ms),
    open: ({ onText, onClose }: PeerHandlers) => {
      const handlers = gateway.accept({
        send: onText,
        close: (code, reason) => {
          onClose(code, reason);
          handlers.onClose(code, reason);
        },
        terminate: () => onClose(1006, ''),
      });
      return Promise.resolve({
        send: handlers.onText,
        sendBinary: () => handlers.onBinary(),
        ping: () => {},
        terminate: () => handlers.onClose(1006, ''),
      });
    },
  };
}
