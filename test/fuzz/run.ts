import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { ProtocolError, parsePacket } from '../../src/protocol/index.js';
import { FuzzWorld } from './fuzz-world.js';
import { hostileFrame, systematicFrames } from './hostile-frames.js';

const MAX_GROWTH_MB = 5;
const MAX_P99_MS = 0.2;
/** After so many everything is loaded and compiled: what grows from then on is a leak. */
const WARM_UP = 5_000;
const TIMED_FRAMES = 50_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * G13: a client and 100,000 hostile frames. The first argument, or `FUZZ_FRAMES`, is another number of frames, `--seed` gives
 * the same ones again.
 * @returns The goals that were missed, in words.
 */
export async function run(args: readonly string[]): Promise<string[]> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { seed: { type: 'string', default: String(Date.now() % 1_000_000) } },
    allowPositionals: true,
  });
  const frames = Number(positionals[0] ?? process.env['FUZZ_FRAMES'] ?? 100_000);
  const seed = Number(values.seed);
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, seed ${seed}`);
  const world = new FuzzWorld();
  for (const early of [false, true]) {
    for (const frame of systematicFrames) await world.meet(frame, early);
  }
  const met = (numRuns: number, part: number) =>
    fc.assert(
      fc.asyncProperty(hostileFrame, fc.nat({ max: 9 }), (frame, early) => world.meet(frame, early === 0)),
      { numRuns, seed: seed + part },
    );
  await met(WARM_UP, 0);
  const before = heap();
  const started = performance.now();
  await met(frames, 1);
  const took = (performance.now() - started) / 1_000;
  const growth = heap() - before;
  const p99 = parseTime();
  const missed = [
    ...(growth < MAX_GROWTH_MB ? [] : [`the heap grew by ${growth.toFixed(2)} MB`]),
    ...(p99 < MAX_P99_MS ? [] : [`parsing takes ${p99.toFixed(4)} ms`]),
  ];
  console.log('\n| measured | value | goal |\n| --- | ---: | ---: |');
  console.log(`| frames met (in ${took.toFixed(0)} s) | ${world.frames} | ≥ ${frames} |`);
  console.log('| frames that did harm | 0 | 0 |');
  console.log(`| heap after them and garbage collection | ${growth.toFixed(2)} MB more | < ${MAX_GROWTH_MB} MB |`);
  console.log(`| parse and check a frame of 1 kB, p99 | ${p99.toFixed(4)} ms | < ${MAX_P99_MS} ms |`);
  console.log(`\nFuzz: ${world.frames} frames, ${missed.length === 0 ? 'every goal met' : missed.join('; ')}`);
  return missed;
}

function heap(): number {
  for (let i = 0; i < 3; i++) collectGarbage();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

/** Milliseconds that 99 of 100 frames of 1 kB stay under, valid and broken ones in turns. */
function parseTime(): number {
  const valid = (i: number): string =>
    JSON.stringify({
      type: 2,
      dataContent: `${i} `.padEnd(560, 'é<&"\\'),
      from: 'bob',
      to: 'alice',
      fp: `fp-${i}`,
      QoS: true,
    });
  const times = Float64Array.from({ length: TIMED_FRAMES }, (_, i) => {
    const text = i % 2 === 0 ? valid(i) : valid(i).slice(0, -(i % 700));
    const start = performance.now();
    try {
      parsePacket(text);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
    }
    return performance.now() - start;
  }).sort();
  return times[Math.floor(0.99 * times.length)] ?? Number.POSITIVE_INFINITY;
}
