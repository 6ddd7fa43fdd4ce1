// npm run test:soak -- [--minutes 10] [--seed N]
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { module } = await runnerImport('./test/soak/run.ts', { configFile: false, envDir: false });
process.exitCode = (await module.run(process.argv.slice(2))).length === 0 ? 0 : 1;
