import { parseArgs } from 'node:util';
import { seededRandom } from '../support/seeded-random.js';
import { LifecycleCourse, type Round } from './lifecycle-course.js';
import { type PageFault, pageFaults } from './page-faults.js';
import { quantile } from './quantile.js';
import { openRig } from './rig.js';
import type { Wrong } from './transcript-judge.js';

const USER = 'alice';
const PEER = 'bob';
/** A thousand messages take ten minutes. */
const ROUNDS_PER_LINE = 20;

/**
 * G2: messages in both directions through what browsers do to pages; the seed decides the schedule. The gateway's journal and
 * the transcript are the judges.
 * @returns The goals that were missed, in words.
 */
export async function run(args: readonly string[]): Promise<string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      messages: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      'without-history': { type: 'boolean', default: false },
    },
  });
  // The back-forward cache takes pages with an open WebSocket, as it does by default in later versions.
  const rig = await openRig('lifecycle', ['DisconnectWebSocketOnBFCache']);
  try {
    if (values['without-history']) rig.gateway.faults.failHistory(USER);
    const course = new LifecycleCourse(rig, USER, PEER, seededRandom(Number(values.seed)));
    const begin = performance.now();
    await course.run(Number(values.messages), () => {
      if (course.rounds.length % ROUNDS_PER_LINE !== 0) return;
      const minutes = ((performance.now() - begin) / 60_000).toFixed(1);
      console.log(`${course.judge.typed.length} messages, ${course.rounds.length} faults, ${minutes} min`);
    });
    console.log();
    return report(course, values.seed, !values['without-history']);
  } finally {
    await rig.close();
  }
}

function report(course: LifecycleCourse, seed: string, hasHistory: boolean): string[] {
  const { rounds, judge } = course;
  const count = (texts: Iterable<string>, wrong: Wrong) => [...texts].filter((text) => judge.wrong.get(text) === wrong);
  table(rounds, judge.wrong);
  const own = judge.typed;
  const inbound = [...judge.sent.keys()];
  const [lost, duplicated, outOfOrder] = (['lost', 'duplicated', 'out of order'] as const).map(
    (wrong) => count(own, wrong).length,
  );
  const inboundLost = count(inbound, 'lost');
  const told = inboundLost.filter((text) => judge.isInGap(text)).length;
  const inboundTwice = count(inbound, 'duplicated').length;
  const logins = course.logins();
  console.log(
    `\nLifecycle: ${own.length} own messages, ${inbound.length} inbound, ${rounds.length} faults of ${Object.keys(pageFaults).length} kinds; own ${lost} lost, ${duplicated} duplicated, ${outOfOrder} out of order; inbound ${inboundLost.length} lost (${told} of them in gaps that were told), ${inboundTwice} duplicated; ${logins.used} to ${logins.letIn} logins, ${judge.gaps} gaps told; seed ${seed}`,
  );
  const problems = course.problems(hasHistory);
  for (const problem of problems) console.log(problem);
  return problems;
}

function table(rounds: readonly Round[], wrong: ReadonlyMap<string, Wrong>): void {
  console.log(
    '| the page is | times | with messages in flight | own | inbound | logged in again after, p50 | p95 | max | lost | duplicated | out of order |',
  );
  console.log(`|${' --- |'.repeat(1)}${' ---: |'.repeat(10)}`);
  for (const name of [...(Object.keys(pageFaults) as PageFault[]), 'all'] as const) {
    const of = rounds.filter(({ fault }) => name === 'all' || name === fault);
    const texts = of.flatMap(({ typed, sent }) => [...typed, ...sent]);
    const back = of.flatMap(({ backMs }) => backMs ?? []);
    const sum = (part: (round: Round) => number) => of.reduce((total, round) => total + part(round), 0);
    const cells = [
      name,
      of.length,
      of.filter(({ inFlight }) => inFlight > 0).length,
      sum(({ typed }) => typed.length),
      sum(({ sent }) => sent.length),
      ...[0.5, 0.95, 1].map((share) => (back.length > 0 ? `${(quantile(back, share) / 1_000).toFixed(2)} s` : '–')),
      ...(['lost', 'duplicated', 'out of order'] as const).map(
        (kind) => texts.filter((text) => wrong.get(text) === kind).length,
      ),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}
