import type { Mutant } from './mutants.js';

/**
 * The files that a mutant changes, with their new text.
 * @throws if a text that it replaces is not there, or there more than once: the source has changed, and the bug would be none
 */
export function applyMutant({ name, replacements }: Mutant, read: (file: string) => string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { file, from, to } of replacements) {
    const [before = '', after, ...more] = (texts.get(file) ?? read(file)).split(from);
    if (after === undefined || more.length > 0) {
      const times = after === undefined ? 'never' : `${more.length + 1} times`;
      throw new Error(`"${name}": expected this once in ${file}, found it ${times}:\n${from}`);
    }
    texts.set(file, before + to + after);
  }
  return texts;
}
