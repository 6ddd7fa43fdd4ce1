// npm run test:faults, test:cuts, test:recovery -- [arguments]: the module of that name in this folder.
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const [name, ...args] = process.argv.slice(2);
process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const { module } = await runnerImport(`./test/faults/${name}.ts`, { configFile: false, envDir: false });
process.exitCode = await module.run(args);
