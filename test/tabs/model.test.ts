import fc from 'fast-check';
import { describe, it } from 'vitest';
import { histories, play } from './tabs-commands.js';

/** More by night: `npm run test:model`. */
const numRuns = Math.ceil(Number(process.env['MODEL_RUNS'] ?? 2_000) / 2);

describe('the tabs of a browser, whatever pages, user, server and network do', () => {
  it(
    'keep I1-I4, I9-I12, I14, I21 and M1-M9',
    async () => {
      await fc.assert(
        fc.asyncProperty(histories, async (history) => {
          await play(history);
        }),
        { numRuns },
      );
    },
    60_000 + 100 * numRuns,
  );
});
