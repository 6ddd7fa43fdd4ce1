import { CELL_PX, HEADING_PX } from './chat-emoji.styles.js';
import type { Emoji } from './emoji-data.js';
import type { Section } from './emoji-sections.js';

/** A line of the grid: a name, or emoji from an index on. */
export interface Row {
  readonly top: number;
  readonly height: number;
  readonly section: number;
  readonly name: string;
  readonly first: number;
  readonly emoji: readonly Emoji[];
}

/** Lays out sections, so many emoji in a line. */
export function rowsOf(sections: readonly Section[], columns: number): readonly Row[] {
  const rows: Row[] = [];
  let top = 0;
  let first = 0;
  const add = (height: number, section: number, name: string, emoji: readonly Emoji[]) => {
    rows.push({ top, height, section, name, first, emoji });
    top += height;
    first += emoji.length;
  };
  sections.forEach(({ name, emoji }, section) => {
    if (name) add(HEADING_PX, section, name, []);
    for (let at = 0; at < emoji.length; at += columns) add(CELL_PX, section, '', emoji.slice(at, at + columns));
  });
  return rows;
}

/** The row that shows the emoji with this index. */
export function rowAt(rows: readonly Row[], index: number): Row | undefined {
  return rows.find(({ first, emoji }) => index >= first && index < first + emoji.length);
}

/**
 * Where a key leads in the grid, from an index; -1: out of it, to what stands above; undefined: it is none of the grid's keys.
 *
 * @param page rows that are in view
 */
export function move(
  rows: readonly Row[],
  from: number,
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
  isRightToLeft: boolean,
  page: number,
): number | undefined {
  const lines = rows.filter(({ emoji }) => emoji.length > 0);
  const row = rowAt(lines, from);
  const last = (lines.at(-1)?.first ?? 0) + (lines.at(-1)?.emoji.length ?? 0) - 1;
  if (!row) return undefined;
  const at = lines.indexOf(row);
  const by = (count: number) => {
    const to = lines[Math.max(0, Math.min(at + count, lines.length - 1))] ?? row;
    return to.first + Math.min(from - row.first, to.emoji.length - 1);
  };
  const forward = isRightToLeft ? 'ArrowLeft' : 'ArrowRight';
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight':
      return Math.max(0, Math.min(from + (key === forward ? 1 : -1), last));
    case 'ArrowDown':
      return by(1);
    case 'ArrowUp':
      return at === 0 ? -1 : by(-1);
    case 'PageDown':
      return by(page);
    case 'PageUp':
      return by(-page);
    case 'Home':
      return ctrlKey ? 0 : row.first;
    case 'End':
      return ctrlKey ? last : row.first + row.emoji.length - 1;
    default:
      return undefined;
  }
}
