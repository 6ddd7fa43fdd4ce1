// npm run test:faults, test:cuts, test:recovery -- [arguments]: the module of that name in this folder.
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createServer, createServerModuleRunner } from 'vite';

const [name, ...args] = process.argv.slice(2);
const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);
// Open until the end: what the store loads on demand is asked for in the middle of a run.
const server = await createServer({
  root,
  configFile: false,
  envDir: false,
  logLevel: 'warn',
  server: { middlewareMode: true, ws: false, hmr: false, watch: null },
  optimizeDeps: { noDiscovery: true, include: [] },
});
try {
  const runner = createServerModuleRunner(server.environments.ssr, { hmr: false });
  const { run } = await runner.import(`/test/faults/${name}.ts`);
  process.exitCode = await run(args);
} finally {
  await server.close();
}
