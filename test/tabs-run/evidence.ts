import type { Journal } from '../gateway/journal.js';

const MOST = 5;

/** What the journal has of the first of these texts, one line each. */
export function evidence(journal: Journal, texts: readonly string[]): string[] {
  const wanted = new Set(texts.slice(0, MOST));
  const ids = new Map<string, string>();
  const lines: string[] = [];
  for (const { n, t, socket, user, dir, frame } of journal) {
    const text = frame?.dataContent ?? '';
    if (wanted.has(text) && frame?.fp) ids.set(frame.fp, text);
    const about = wanted.has(text) ? text : ids.get(text);
    if (about)
      lines.push(
        `  ${about}: #${n} ${new Date(t).toISOString().slice(11, 23)} socket ${socket} of ${user} ${dir} type ${frame?.type}`,
      );
  }
  return lines;
}
