import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../support/fake-clock.js';
import { Gateway } from '../gateway.js';
import { coreDriver } from './core-driver.js';
import { portDriver } from './port-driver.js';
import { recordedServer } from './recorded-server.js';
import { replay } from './replay.js';
import { parseScenarios, type Scenario } from './scenario.js';

const scenarios = parseScenarios(readFileSync(new URL('../../fixtures/traces.json', import.meta.url), 'utf8'));
/** When the recorded server's scan came by, modulo its 5 s, in milliseconds since 1970. */
const RECORDED_SCAN = 316;

describe.each([
  ['the gateway', coreDriver],
  ['the gateway in a page', portDriver],
])('%s does what the recorded server did', (_, driver) => {
  it('in forty scenarios', () => {
    expect(scenarios).toHaveLength(40);
  });

  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', async (__, scenario) => {
    const began = wallTimeOf(scenario);
    const sinceScan = (began - RECORDED_SCAN) % 5_000;
    const clock = new FakeClock(began - sinceScan);
    const gateway = new Gateway(recordedServer(scenario, clock));
    clock.advance(sinceScan);
    expect(await replay(scenario, driver(gateway, clock), { ms: 20, retransmission: 'recorded' })).toEqual([]);
    gateway.stop();
    expect(clock.pending).toBe(0);
  });
});

/** Wall time at which a scenario began, from a time that the server took from its clock. */
function wallTimeOf({ events }: Scenario): number {
  for (const { dir, frame, t } of events) {
    const time = /"firstLoginTime\\":(\d{13})/.exec(frame ?? '')?.[1];
    if (dir === 'received' && time !== undefined) return Number(time) - t;
  }
  return 1_795_391_500_000;
}
