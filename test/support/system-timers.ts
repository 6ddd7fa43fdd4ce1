import { vi } from 'vitest';
import { systemClock } from '../../src/client/clock.js';

/** Timers move by `vi.advanceTimersByTime` from now on, those of the system's clock too, until mocks are restored. */
export function fakeSystemTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(systemClock, 'setTimeout').mockImplementation((callback, ms) => setTimeout(callback, ms));
  vi.spyOn(systemClock, 'clearTimeout').mockImplementation((handle) => clearTimeout(handle as NodeJS.Timeout));
}
