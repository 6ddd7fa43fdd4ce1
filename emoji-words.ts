import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** What is read of an entry of `emojibase-data`. */
interface Entry {
  readonly emoji: string;
  readonly hexcode: string;
  readonly label: string;
  readonly tags?: readonly string[];
  readonly group?: number;
  readonly version: number;
  readonly order?: number;
  readonly skins?: readonly { readonly version: number }[];
}

const folder = dirname(fileURLToPath(import.meta.resolve('emojibase-data/package.json')));

/** Skin tones and hair on their own. */
const COMPONENTS = 2;
/** Every system has these and older ones. */
const OLD = 11;

function entriesOf(locale: string): readonly Entry[] {
  return JSON.parse(readFileSync(join(folder, locale, 'data.json'), 'utf8'));
}

/** All that can be chosen, in the order of Unicode. */
function chosen(): readonly Entry[] {
  return entriesOf('en')
    .filter(({ group }) => group !== undefined && group !== COMPONENTS)
    .sort((one, other) => (one.order ?? 0) - (other.order ?? 0));
}

const newer = (version: number) => (version > OLD ? `${version}` : '');
const tagsOf = ({ label, tags = [] }: Entry) =>
  tags.filter((tag) => tag !== label).map((tag) => tag.replace(/[,\t\n]/g, ' '));

/**
 * The emoji as text, one a line: its version if that is not old, that of its skin tones (`1` where those are old), name, and words
 * to find it by. An empty line stands between groups.
 */
export function emojiLines(): string {
  const entries = chosen();
  const groups = [...new Set(entries.map(({ group }) => group))];
  const line = (entry: Entry) => {
    const skins = entry.skins ? newer(entry.skins[0]?.version ?? 0) || '1' : '';
    return [entry.emoji, newer(entry.version), skins, entry.label, tagsOf(entry).join()].join('\t');
  };
  const linesOf = (group: number | undefined) => entries.filter((entry) => entry.group === group).map(line);
  return groups.map((group) => linesOf(group).join('\n')).join('\n\n');
}

/** Names and words in another language, in the same order, one emoji a line. */
export function wordLines(locale: string): string {
  const words = new Map(entriesOf(locale).map((entry) => [entry.hexcode, entry]));
  const line = ({ hexcode }: Entry) => {
    const entry = words.get(hexcode);
    return entry ? [entry.label, ...tagsOf(entry)].join() : '';
  };
  return chosen().map(line).join('\n');
}

/** `emoji:en` and so on: of the megabyte that each language takes in `emojibase-data`, what the picker of emoji needs. */
export const emojiWords: Plugin = {
  name: 'emoji-words',
  enforce: 'pre',
  resolveId: (id) => (id.startsWith('emoji:') ? join(folder, id.slice(6), 'words.js') : null),
  load(id) {
    const [, locale] = id.startsWith(folder) ? (/([\w-]+)[\\/]words\.js$/.exec(id) ?? []) : [];
    if (!locale) return null;
    return `export default ${JSON.stringify(locale === 'en' ? emojiLines() : wordLines(locale))};`;
  },
};
