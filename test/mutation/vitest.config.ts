import { defineConfig } from 'vitest/config';

/**
 * The tests that every mutant has to pass: the fast ones of the two layers. Property tests are left out, but for the model:
 * thousands of runs for each of thousands of mutants would take hours.
 */
export default defineConfig({
  test: {
    include: ['test/protocol/**/*.test.ts', 'test/client/**/*.test.ts'],
    exclude: ['test/**/*.property.test.ts', 'test/client/with-gateway.test.ts'],
    // One process for all files: starting one for each would take longer than the tests do.
    isolate: false,
    env: { MODEL_RUNS: '15' },
  },
});
