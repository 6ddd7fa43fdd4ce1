import { createServer } from 'vite';
import { demo } from '../../vite.config.js';
import { Gateway } from '../gateway/gateway.js';
import { hostClock } from '../gateway/host-clock.js';
import { freePort } from '../gateway/vite-plugin.js';

/** What `npm start` serves, with a gateway of its own. @param name of its cache: servers that share one trip over each other */
export async function devSite(name: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  // A port that is free now may be taken by another worker before this one listens.
  const port = await freePort(26_100 + 20 * Number(process.env['TEST_PARALLEL_INDEX'] ?? 0));
  const server = await createServer({
    ...demo(port, new Gateway({ clock: hostClock, robot: true })),
    configFile: false,
    logLevel: 'warn',
    cacheDir: `node_modules/.vite/${name}`,
  });
  await server.listen();
  return { url: `http://localhost:${port}/`, close: () => server.close() };
}
