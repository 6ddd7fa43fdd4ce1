import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { folderOf } from '../support/demo-site.js';

/** Before the first test, beside the pages: what ships, in `dist/`. */
export default async function buildDist(): Promise<void> {
  // In a process of its own: this one may be marked as a test, for which Lit has another build.
  const env = { ...process.env, NODE_ENV: 'production' };
  const outDir = `${folderOf('browser-tests')}/dist`;
  await promisify(execFile)('npx', ['vite', 'build', '--mode', 'bundle', '--outDir', outDir], { env });
}
