import { execFile } from 'node:child_process';
import { cp, readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { folderOf } from '../support/demo-site.js';

/** Before the first test, beside the pages: what ships, in `dist/`, and where the tag of the shop's pages looks for it. */
export default async function buildDist(): Promise<void> {
  // In a process of its own: this one may be marked as a test, for which Lit has another build.
  const env = { ...process.env, NODE_ENV: 'production' };
  const outDir = `${folderOf('browser-tests')}/dist`;
  await promisify(execFile)('npx', ['vite', 'build', '--mode', 'bundle', '--outDir', outDir], { env });
  const files = (await readdir(outDir)).filter((name) => /^harmonychat\..*js$/.test(name));
  await Promise.all(files.map((name) => cp(`${outDir}/${name}`, `${folderOf('browser-tests')}/${name}`)));
}
