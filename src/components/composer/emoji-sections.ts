import { onDemandEn } from '../../locales/on-demand-en.js';
import type { OnDemandStrings } from '../../locales/on-demand-strings.js';
import type { Emoji } from './emoji-data.js';
import type { EmojiMemory } from './emoji-memory.js';
import { search } from './emoji-search.js';

/** A part of the grid with a name of its own; what was searched for has none. */
export interface Section {
  readonly name: string;
  /** Stands for the name where there is no room for it. */
  readonly sign: string;
  readonly emoji: readonly Emoji[];
}

/** What a grid is to show. */
export interface Shown {
  readonly groups: readonly (readonly Emoji[])[];
  readonly query: string;
  readonly memory: Pick<EmojiMemory, 'recent'> | undefined;
  readonly strings: Partial<OnDemandStrings> | undefined;
}

/** Of the groups, and of what was chosen last. */
const SIGNS = ['😀', '👋', '🐻', '🍔', '🚗', '⚽', '💡', '🔣', '🏁'];
const RECENT_SIGN = '🕘';

/** What was chosen last and the groups, or what is searched for. None is empty, but for what is not found. */
export function sectionsOf({ groups, query, memory, strings: own }: Shown): readonly Section[] {
  const strings = { ...onDemandEn, ...own };
  if (query) return [{ name: '', sign: '', emoji: search(groups.flat(), query) }];
  const known = new Map(groups.flat().map((emoji) => [emoji.emoji, emoji]));
  const recent = (memory?.recent ?? []).flatMap((emoji) => known.get(emoji) ?? []);
  return [
    { name: strings.recentEmoji, sign: RECENT_SIGN, emoji: recent },
    ...groups.map((emoji, n) => ({ name: strings.emojiGroups[n] ?? '', sign: SIGNS[n] ?? '', emoji })),
  ].filter(({ emoji }) => emoji.length > 0);
}
