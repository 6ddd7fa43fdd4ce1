import { defineConfig } from 'vitest/config';

const test = {
  // One thread for all files: starting a process for each would take longer than the tests do.
  isolate: false,
  pool: 'threads',
  env: { MODEL_RUNS: '15' },
  // Instrumented, the first run takes its time; but each mutant that hangs costs as much.
  testTimeout: 8_000,
};

/**
 * The tests that every mutant has to pass: the fast ones of the two layers. Property tests are left out, but for the model:
 * thousands of runs for each of thousands of mutants would take hours.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...test,
          name: 'node',
          include: ['test/protocol/**/*.test.ts', 'test/client/**/*.test.ts'],
          exclude: [
            ...['test/**/*.property.test.ts', 'test/**/*.dom.test.ts', 'test/client/with-gateway.test.ts'],
            ...['test/client/determinism.test.ts', 'test/client/outbox-flood.test.ts'],
          ],
        },
      },
      {
        test: { ...test, name: 'dom', include: ['test/client/**/*.dom.test.ts'], environment: 'happy-dom' },
      },
    ],
  },
});
