import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { backoff } from '../../src/client/index.js';
import { seededRandom } from '../support/seeded-random.js';
import { arrivals, arrivedBy, largestShare } from './arrivals.js';
import { BACK_MS, BACK_SHARE, herdGoals, WINDOW_MS } from './goals.js';
import { realHerd } from './real-herd.js';

const SIMULATED = 100_000;
const REAL = 2_000;
const REAL_DOWN_MS = 2_000;

/**
 * V18 G9: what a server meets when all its clients come back at once. Prints two tables: simulated crowds, which follow the
 * waits of the shipped policy, and a crowd of real clients on real sockets.
 * @returns The goals that were missed, in words.
 */
export async function run(args: readonly string[]): Promise<string[]> {
  const { values } = parseArgs({ args: [...args], options: { seed: { type: 'string', default: '1' } } });
  const seed = Number(values.seed);
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, seed ${seed}\n`);
  const missed = [...simulated(seed), ...(await real(seed))];
  console.log(missed.length === 0 ? '\nHerd: every goal met' : `\nHerd: ${missed.length} missed: ${missed.join('; ')}`);
  return missed;
}

function simulated(seed: number): string[] {
  const missed: string[] = [];
  console.log(`${SIMULATED} simulated clients; times count from when the port opens`);
  console.log(`| server down | close code | largest share in any ${WINDOW_MS} ms | goal | half back | 99 % back |`);
  console.log('| ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const { downSeconds, closeCode, largestShare: goal } of herdGoals) {
    const downMs = downSeconds * 1_000;
    const times = arrivals({ clients: SIMULATED, downMs, closeCode, delay: backoff, random: seededRandom(seed) });
    const share = largestShare(times, WINDOW_MS);
    const back = arrivedBy(times, BACK_SHARE);
    console.log(
      `| ${downSeconds} s | ${closeCode} | ${percent(share)} | ${percent(goal)} | ${seconds(arrivedBy(times, 0.5))} | ${seconds(back)} |`,
    );
    if (share > goal) missed.push(`${percent(share)} at once after ${downSeconds} s (${closeCode})`);
    if (back > BACK_MS) missed.push(`99 % back after ${seconds(back)}, ${downSeconds} s down`);
  }
  return missed;
}

async function real(seed: number): Promise<string[]> {
  const result = await realHerd({ clients: REAL, downMs: REAL_DOWN_MS, limitMs: 2 * BACK_MS, seed });
  const { logins, underWay, lost, duplicated, unacknowledged } = result;
  const back = logins.length === REAL ? seconds(arrivedBy(logins, 1)) : 'never';
  console.log(`\n${REAL} real clients on one port, down for ${seconds(REAL_DOWN_MS)}`);
  console.log('| back | half back | all back | under way | lost | duplicated | not acknowledged |');
  console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  console.log(
    `| ${logins.length} | ${seconds(arrivedBy(logins, 0.5))} | ${back} | ${underWay} | ${lost} | ${duplicated} | ${unacknowledged} |`,
  );
  return [
    ...(logins.length === REAL ? [] : [`${REAL - logins.length} real clients not back`]),
    ...(arrivedBy(logins, BACK_SHARE) <= BACK_MS ? [] : ['99 % of the real clients back too late']),
    ...(underWay === REAL ? [] : [`only ${underWay} messages were under way`]),
    ...Object.entries({ lost, duplicated, 'not acknowledged': unacknowledged })
      .filter(([, count]) => count > 0)
      .map(([what, count]) => `${count} messages ${what}`),
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
