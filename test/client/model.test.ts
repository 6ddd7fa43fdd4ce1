import fc from 'fast-check';
import { describe, it } from 'vitest';
import { histories, play } from './model-commands.js';

/** Fewer where it is run for every mutant, more by night: `npm run test:model`. */
const numRuns = Number(process.env['MODEL_RUNS'] ?? 2_000);

describe('the client, whatever user, server and network do', () => {
  it(
    'keeps I1-I5, I7-I12, I14-I16 and I20',
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
