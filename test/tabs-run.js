// npm run test:tabs -- [--trials N] [--hung N] [--seed N]; npm run test:navigations -- [--count N] [--tabs N] [--seed N];
// npm run test:tabs-faults -- [--rounds N] [--tabs N] [--seed N]
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
// Without it Chromium would go on: it is not in this process's group.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
const [name = '', ...args] = process.argv.slice(2);
const { module } = await runnerImport(`./test/tabs-run/${name}.ts`, { configFile: false, envDir: false });
const missed = await module.run(args);
for (const each of missed) console.log(each);
console.log(missed.length === 0 ? 'Every goal met' : `FAILED: ${missed.length} goals missed`);
process.exitCode = missed.length === 0 ? 0 : 1;
