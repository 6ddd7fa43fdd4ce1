import fc from 'fast-check';
import { describe, it } from 'vitest';
import { FuzzWorld } from '../fuzz/fuzz-world.js';
import { hostileFrame, systematicFrames } from '../fuzz/hostile-frames.js';

/** `FUZZ_FRAMES=100000 npx vitest run test/client/frame-fuzz` for more; `npm run test:fuzz` also looks at memory and time. */
const numRuns = Number(process.env['FUZZ_FRAMES'] ?? 2_000);

describe('G13 I16: whatever the server sends', { timeout: 60_000 + numRuns }, () => {
  it.each([
    ['after the login', false],
    ['before its answer', true],
  ])('F3 F4 F7-F11: every field with every trap does no harm, %s', async (_, early) => {
    const world = new FuzzWorld();
    for (const frame of systematicFrames) await world.meet(frame, early);
  });

  it('F1-F4: frames made by grammar and by mutation do no harm, before the login nor after', async () => {
    const world = new FuzzWorld();
    const early = fc.integer({ max: 9, min: 0 }).map((n) => n === 0);
    await fc.assert(
      fc.asyncProperty(hostileFrame, early, (frame, isEarly) => world.meet(frame, isEarly)),
      { numRuns },
    );
  });

  it('F6: binary frames are ignored', async () => {
    const world = new FuzzWorld();
    await world.meet(new ArrayBuffer(8));
    await world.meet(new Blob(['{"type":54}']));
    await world.meet(new ArrayBuffer(0), true);
  });
});
