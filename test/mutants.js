// npm run test:mutants -- [part of a name]
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { module } = await runnerImport('./test/mutants/run.ts', { configFile: false, envDir: false });
process.exitCode = (await module.run(process.argv.slice(2))) ? 0 : 1;
