import { applyMutant } from './apply-mutant.js';
import { type Mutant, mutants } from './mutants.js';
import { type Verdict, Workshop } from './workshop.js';

const AT_ONCE = 2;

/**
 * Puts one bug after the other into a copy of the source, and lets the unit tests find it.
 * @param part only mutants whose names contain it
 * @returns whether every one was found
 */
export async function run([part = '']: readonly string[]): Promise<boolean> {
  const chosen = mutants.filter(({ name }) => name.includes(part));
  const workshops = Array.from({ length: AT_ONCE }, () => new Workshop(process.cwd()));
  try {
    const [first] = workshops;
    const sound = await first?.test();
    if (sound?.name !== 'passed') throw new Error(`Without a bug the tests must pass, but: ${describe(sound)}`);
    console.log(`${sound.tests} tests pass without a bug.\n`);
    console.log('| bug | caught by | seconds |\n| --- | --- | ---: |');
    const queue = [...chosen];
    let caught = 0;
    const work = async (workshop: Workshop) => {
      for (let next = queue.shift(); next; next = queue.shift()) if (await isCaught(workshop, next)) caught += 1;
    };
    await Promise.all(workshops.map(work));
    console.log(`\nMutants: ${caught} of ${chosen.length} caught`);
    return caught === chosen.length && chosen.length > 0;
  } finally {
    for (const workshop of workshops) workshop.remove();
  }
}

async function isCaught(workshop: Workshop, mutant: Mutant): Promise<boolean> {
  const start = performance.now();
  workshop.change(applyMutant(mutant, workshop.read));
  const verdict = await workshop.test();
  workshop.restore();
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  console.log(`| ${mutant.name} | ${describe(verdict)} | ${seconds} |`);
  return verdict.name === 'failed';
}

function describe(verdict: Verdict | undefined): string {
  if (verdict?.name === 'failed') return verdict.test.replaceAll('|', '\\|');
  if (verdict?.name === 'passed') return '**nothing: it survives**';
  return `**nothing: the tests could not be run** (${verdict?.reason.replace(/\s+/g, ' ')})`;
}
