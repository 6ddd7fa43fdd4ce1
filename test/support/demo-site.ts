import { createServer } from 'vite';
import { demo } from '../../vite.config.js';
import type { Gateway } from '../gateway/gateway.js';
import { freePort } from '../gateway/vite-plugin.js';

/** The demo page as `npm start` serves it, with its gateway in the caller's hands. */
export interface DemoSite {
  /** Ends with a slash. */
  readonly url: string;
  readonly gateway: Gateway;
  close(): Promise<void>;
}

export interface DemoSiteOptions {
  readonly gateway: Gateway;
  /** The first free port from here up is taken. */
  readonly port: number;
  /** Tells caches apart: two servers that fill one at the same time would trip over each other. */
  readonly name: string;
}

/** Serves the demo page. */
export async function demoSite({ gateway, port: wanted, name }: DemoSiteOptions): Promise<DemoSite> {
  const port = await freePort(wanted);
  const config = demo(port, gateway);
  const server = await createServer({
    ...config,
    configFile: false,
    logLevel: 'warn',
    cacheDir: `node_modules/.vite/${name}`,
    // A file saved meanwhile must not become half of a page.
    server: { ...config.server, watch: null },
  });
  await server.listen();
  return { url: `http://localhost:${port}/`, gateway, close: () => server.close() };
}
