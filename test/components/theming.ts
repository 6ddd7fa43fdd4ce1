import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Look } from '../../src/components/look.js';
import { all } from '../../src/components/looks.js';

const folder = fileURLToPath(new URL('../../src/components/', import.meta.url));

interface Source {
  readonly element: string;
  readonly text: string;
}

interface Part {
  readonly name: string;
  readonly element: string;
  readonly meaning: string;
}

const sources: readonly Source[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .sort((one, other) => basename(one).localeCompare(basename(other), 'en'))
  .map((path) => ({ element: basename(path).split('.')[0] ?? '', text: readFileSync(`${folder}${path}`, 'utf8') }));

/** Parts as the doc comments of the elements describe them. */
export const parts: readonly Part[] = sources
  .flatMap(({ element, text }) =>
    [...text.matchAll(/\* @csspart ([\w-]+) - (.+?)(?: \*\/)?$/gm)].map(([, name = '', meaning = '']) => ({
      name,
      element: element === 'chat-window-options' ? 'chat-window' : element,
      meaning,
    })),
  )
  .sort((one, other) => one.name.localeCompare(other.name, 'en'));

/** Names of parts that templates have. */
export const drawn: ReadonlySet<string> = new Set(
  sources.flatMap(({ text }) =>
    [...text.matchAll(/\bpart="([\w -]+)"|'part', '([\w-]+)'|\bpart(?::| =) '([\w-]+)'/g)].flatMap(([, ...names]) =>
      names.flatMap((name) => name?.split(' ') ?? []),
    ),
  ),
);

/** Names of parts that a window hands on, and its own. */
export const reachable: ReadonlySet<string> = new Set(
  sources
    .filter(({ element }) => element === 'chat-window')
    .flatMap(({ text }) => [...text.matchAll(/\b(?:export)?parts?="([\w\s,-]+)"/g)])
    .flatMap(([, names = '']) => names.split(/[\s,]+/)),
);

/** Properties that no look sets, as the doc comments of the elements describe them. */
export const others: readonly { readonly name: string; readonly value: string; readonly meaning: string }[] =
  sources.flatMap(({ text }) =>
    [...text.matchAll(/@cssprop \[(--chat-[\w-]+)=(.+?)\] - (.+)$/gm)].map(
      ([, name = '', value = '', meaning = '']) => ({ name, value, meaning }),
    ),
  );

/** What each property is for, as the comment before it says. */
export function meanings(): ReadonlyMap<string, string> {
  const text = sources.find(({ element }) => element === 'look')?.text ?? '';
  return new Map(
    [...text.matchAll(/\/\*\* (.+) \*\/\n {2}'?([\w-]+)'?: \[/g)].map(([, meaning = '', name = '']) => [name, meaning]),
  );
}

const code = (value: string) => (value.startsWith('var(--_') ? `as \`${value.slice(7, -1)}\`` : `\`${value}\``);

function cell(look: Look, name: string): string {
  const [light = '', dark = light] = look[name] ?? [];
  return light === dark ? code(light) : `${code(light)} ${code(dark)}`;
}

/** Aligned, as the formatter would have it. */
function table(head: readonly string[], rows: readonly string[][]): string {
  const widths = head.map((title, n) => Math.max(title.length, ...rows.map((cells) => cells[n]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(' | ')} |`;
  return [head, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n');
}

/** What the doc comment of the launcher says, by line. */
function launcherRows(line: RegExp): [string, string, string][] {
  const text = readFileSync(`${folder}../embed/chat-launcher.ts`, 'utf8');
  return [...text.matchAll(line)].map(([, name = '', second = '', third = '']) => [name, second, third]);
}

/** The text of `docs/THEMING.md`. */
export function theming(): string {
  const meaningOf = meanings();
  const names = Object.keys(all);
  const properties = Object.keys(all['classic'] ?? {}).map((name) => [
    `\`--chat-${name}\``,
    meaningOf.get(name) ?? '',
    ...names.map((look) => cell(all[look] ?? {}, name)),
  ]);
  return `# Theming

Written by \`npm run theming\` from the sources; a test fails when it is not what they say.

\`<chat-window>\` has three attributes for what it looks like, each a property too, and each may change at any time:

- \`theme\`: \`light\`, \`dark\`, or \`auto\`, the default, as the system has it.
- \`look\`: ${names.map((name) => `\`${name}\``).join(', ')}. The first is the default, and there from the beginning; the others come in a
  file of their own, and until that is there the window has the first.
- \`brand\`: one CSS colour of yours. Buttons have it; links, own bubbles and all text on and in the colour are computed from it, for light
  and dark: the hue stays, the lightness gives way until text has a contrast of 4.5 : 1 and lines have 3 : 1. A colour that is hardly to
  be seen on the window gets a line around it. Where a look fills own bubbles with its accent they have the colour too, else a tint of it.

What you set yourself as \`--chat-*\`, on the element or above it, comes before any of these; then the contrast is yours to see to. In
\`@media (forced-colors: active)\` the system's colours come before all, and with \`prefers-reduced-motion\` nothing moves.

\`\`\`css
chat-window {
  --chat-accent: #0b57d0;
  --chat-on-accent: #fff;
}
chat-window::part(bubble)::before {
  display: none; /* no tails */
}
\`\`\`

## Properties

Two values are those of light and dark.

${table(
  ['property', 'meaning', ...names],
  [
    ...properties,
    ...others.map(({ name, value, meaning }) => [`\`${name}\``, meaning, ...names.map(() => code(value))]),
  ],
)}

## Parts

\`chat-window::part(NAME)\`. The element is the one that draws the part.

${table(
  ['part', 'meaning', 'element'],
  parts.map(({ name, meaning, element }) => [`\`${name}\``, meaning, `\`<${element}>\``]),
)}

## The launcher

What the script tag puts into the page: the same properties as above, and these. \`chat-launcher::part(NAME)\` reaches its own parts, and
those of the window.

${table(
  ['property', 'meaning', 'default'],
  launcherRows(/@cssprop \[(--chat-[\w-]+)=?(.*?)\] - (.+)$/gm).map(([name, value, meaning]) => [
    `\`${name}\``,
    meaning,
    value && `\`${value}\``,
  ]),
)}

${table(
  ['part', 'meaning'],
  launcherRows(/@csspart ([\w-]+) - (.+)$/gm).map(([name, meaning]) => [`\`${name}\``, meaning]),
)}
`;
}
