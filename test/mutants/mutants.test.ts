import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { applyMutant } from './apply-mutant.js';
import { mutants } from './mutants.js';

const read = (file: string) => readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8');

describe('the seeded bugs of npm run test:mutants', () => {
  it.each(mutants.map((mutant) => [mutant.name, mutant] as const))('%s: fits the source as it is now', (_, mutant) => {
    for (const [file, text] of applyMutant(mutant, read)) expect(text).not.toBe(read(file));
  });

  it.each([
    ['never', 'a b', 'c'],
    ['2 times', 'a b a', 'a'],
  ])('a bug whose place is found %s is an error', (times, text, from) => {
    const mutant = { name: 'test', replacements: [{ file: 'x.ts', from, to: 'd' }] };
    expect(() => applyMutant(mutant, () => text)).toThrow(`expected this once in x.ts, found it ${times}`);
  });

  it('changes a file in several places', () => {
    const replacements = [
      { file: 'x.ts', from: 'a', to: 'b' },
      { file: 'x.ts', from: 'c', to: 'd' },
    ];
    expect([...applyMutant({ name: 'test', replacements }, () => 'a c')]).toEqual([['x.ts', 'b d']]);
  });
});
