// npm run test:hidden -- [--minutes N]; npm run test:kill -- [--trials N] [--seed N]; npm run test:lifecycle -- [--messages N] [--seed N]
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
// Without it Chromium would go on: it is not in this process's group.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
const [name = '', ...args] = process.argv.slice(2);
const { module } = await runnerImport(`./test/lifecycle/${name}.ts`, { configFile: false, envDir: false });
const missed = await module.run(args);
process.exitCode = missed.length === 0 ? 0 : 1;
