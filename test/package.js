// npm run package, after a build: what is published is whole, right, and works where it is installed.
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { module } = await runnerImport('./test/package/run.ts', { configFile: false, envDir: false });
process.exitCode = (await module.run()) ? 0 : 1;
