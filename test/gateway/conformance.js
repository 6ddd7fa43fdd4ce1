// npm run conformance -- [ws://host:port/websocket] [--server-timestamp]
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const { module } = await runnerImport('./test/gateway/conformance/run.ts', { configFile: false, envDir: false });
process.exitCode = (await module.run(process.argv.slice(2))) === 0 ? 0 : 1;
