import { type Emoji, plain } from './emoji-data.js';

/** How well a word is hit: the name itself, another word, the beginning of either, the inside. Lower is better. */
function rankOf({ emoji, words }: Emoji, part: string): number {
  if (emoji === part) return 0;
  let best = Number.POSITIVE_INFINITY;
  words.forEach((word, n) => {
    const isName = n === 0;
    if (word === part) best = Math.min(best, isName ? 0 : 1);
    else if (word.startsWith(part)) best = Math.min(best, isName ? 2 : 3);
    else if (word.includes(` ${part}`)) best = Math.min(best, isName ? 4 : 5);
    else if (word.includes(part)) best = Math.min(best, 6);
  });
  return best;
}

/** The emoji that all words of a query hit, the best first; equals stay in their order. */
export function search(all: readonly Emoji[], query: string): readonly Emoji[] {
  const whole = plain(query.trim());
  const parts = whole.split(/\s+/);
  const rank = (emoji: Emoji) => {
    const together = parts.reduce((sum, part) => sum + rankOf(emoji, part), 0);
    // What was typed is a name of several words.
    return emoji.words.includes(whole) ? Math.min(1, together) : together;
  };
  return all
    .map((emoji) => ({ emoji, rank: rank(emoji) }))
    .filter((hit) => hit.rank < Number.POSITIVE_INFINITY)
    .sort((one, other) => one.rank - other.rank)
    .map((hit) => hit.emoji);
}
