// npm run test:model -- [runs]: the model tests with many more sequences than `npm test` has time for.
import { spawnSync } from 'node:child_process';
import process from 'node:process';

const [runs = '20000'] = process.argv.slice(2);
const { status } = spawnSync(
  'npx',
  ['--no-install', 'vitest', 'run', 'test/client/model.test.ts', 'test/tabs/model.test.ts'],
  {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, MODEL_RUNS: runs },
  },
);
process.exitCode = status ?? 1;
