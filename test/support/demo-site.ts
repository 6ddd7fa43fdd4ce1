import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, preview } from 'vite';
import { pages } from '../../vite.config.js';
import type { Gateway } from '../gateway/gateway.js';
import { freePort, gatewayPlugin } from '../gateway/vite-plugin.js';

/** The demo page and the pages of the browser tests, with a gateway in the caller's hands. */
export interface DemoSite {
  /** Ends with a slash. */
  readonly url: string;
  readonly gateway: Gateway;
  /** What lies in it is served. */
  readonly folder: string;
  close(): Promise<void>;
}

export interface DemoSiteOptions {
  readonly gateway: Gateway;
  /** The first free port from here up is taken. */
  readonly port: number;
  /** Under which the site was built. */
  readonly name: string;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Where a site is built. */
export const folderOf = (name: string) => `${root}node_modules/.vite/site-${name}`;

/** Builds what {@link demoSite} serves. Runs that may go on side by side have names of their own. */
export async function buildDemoSite(name: string): Promise<void> {
  const tests = readdirSync(`${root}test/browser/pages`).filter((file) => file.endsWith('.html'));
  const demo = ['index.html', 'shop.html', 'shop-tea.html', 'agent.html'];
  await build(pages(folderOf(name), [...demo, ...tests.map((file) => `test/browser/pages/${file}`)]));
}

/** Builds what ships, into `dist/` of that site; where it is built already (`BUILT`, a folder), that is looked at. */
export async function buildDist(name: string): Promise<void> {
  const outDir = `${folderOf(name)}/dist`;
  const built = process.env['BUILT'];
  if (built) return cp(root + built, outDir, { recursive: true });
  // In a process of its own: this one may be marked as a test, for which Lit has another build.
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)('npx', ['vite', 'build', '--mode', 'bundle', '--outDir', outDir], { cwd: root, env });
}

export async function demoSite({ gateway, port: wanted, name }: DemoSiteOptions): Promise<DemoSite> {
  const port = await freePort(wanted);
  const folder = folderOf(name);
  const { close } = await preview({
    ...{ root, configFile: false, logLevel: 'warn', plugins: [gatewayPlugin(gateway)] },
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port, strictPort: true },
  });
  return { url: `http://localhost:${port}/`, gateway, folder, close };
}
