// npm run manifest -- [folder]: what editors and catalogues are told of the elements. Default folder: dist.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { module } = await runnerImport('./test/manifest/run.ts', { configFile: false, envDir: false });
module.run(process.argv[2] ?? 'dist', JSON.parse(readFileSync('package.json', 'utf8')));
