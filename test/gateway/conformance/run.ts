import { readFileSync } from 'node:fs';
import { Gateway } from '../gateway.js';
import { hostClock } from '../host-clock.js';
import { listen } from '../node-host.js';
import type { Tolerance } from './compare.js';
import { recordedServer } from './recorded-server.js';
import { replay } from './replay.js';
import { parseScenarios, type Scenario } from './scenario.js';
import { socketDriver } from './socket-driver.js';

const tolerance: Tolerance = { ms: 500, retransmission: 'window' };
/** Between two scenarios on one server: it must have noticed that the sockets of the first are gone. */
const PAUSE_MS = 500;

/**
 * Replays the recordings in real time and prints what differs.
 *
 * Without an address each scenario gets a gateway of its own, all at the same time. With one they follow each other on that
 * server, which must be in heartbeat mode 5 s with the application code that `recorded-server.ts` shows. Timestamps are a
 * switch of the whole server: the scenario that needs them is the only one replayed with `--server-timestamp`.
 * @returns The number of scenarios that differ.
 */
export async function run(args: readonly string[]): Promise<number> {
  const scenarios = parseScenarios(readFileSync('test/fixtures/traces.json', 'utf8'));
  const url = args.find((arg) => !arg.startsWith('--'));
  const results = url === undefined ? await onGateways(scenarios) : await onServer(url, scenarios, args);
  const differing = results.filter(({ differences }) => differences.length > 0);
  for (const { name, differences } of results) {
    console.log(`${differences.length === 0 ? 'same  ' : 'DIFFERS'} ${name}`);
    for (const difference of differences) console.log(`        ${difference}`);
  }
  console.log(`${results.length - differing.length} of ${results.length} scenarios as recorded`);
  return differing.length;
}

interface Result {
  readonly name: string;
  readonly differences: readonly string[];
}

function onGateways(scenarios: readonly Scenario[]): Promise<Result[]> {
  return Promise.all(
    scenarios.map(async (scenario) => {
      const { url, close } = await listen(new Gateway(recordedServer(scenario, hostClock)));
      const differences = await replay(scenario, socketDriver(url), tolerance);
      await close();
      return { name: scenario.name, differences };
    }),
  );
}

async function onServer(url: string, scenarios: readonly Scenario[], args: readonly string[]): Promise<Result[]> {
  const hasTimestamps = args.includes('--server-timestamp');
  const results: Result[] = [];
  for (const scenario of scenarios) {
    if ((scenario.server?.serverTimestamp ?? false) !== hasTimestamps) {
      console.log(`left out: ${scenario.name} (the server must run ${hasTimestamps ? 'without' : 'with'} timestamps)`);
      continue;
    }
    const driver = socketDriver(url);
    const differences = await replay(scenario, driver, tolerance).catch((error: unknown) => [String(error)]);
    results.push({ name: scenario.name, differences });
    await driver.wait(PAUSE_MS);
  }
  return results;
}
