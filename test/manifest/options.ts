import { type Declaration, elementsOf, manifest } from './manifest.js';

/** What a page may set on an element: an attribute, a property, or both. */
interface Option {
  readonly attribute?: string;
  readonly property?: string;
  readonly meaning: string;
  readonly default: string;
}

const elements = elementsOf(manifest());

/** Chapters of README that tell more of an option. */
const CHAPTERS: Readonly<Record<string, string>> = {
  look: 'theming',
  brand: 'theming',
  history: 'several-tabs-and-what-stays',
  notifications: 'unread-messages',
  loadHistory: 'what-was-missed',
  messageTypes: 'messages',
};

/** README with the tables of options as the doc comments have them: the first table of each of these chapters. */
export function withOptions(readme: string): string {
  const [window, launcher, app] = ['chat-window', 'chat-launcher', 'chat-app'].map(optionsOf);
  if (!window || !launcher || !app) throw new Error('expected three elements');
  const names = new Set(window.map(nameOf));
  const own = (all: readonly Option[]) => all.filter((option) => !names.has(nameOf(option)));
  return [
    // A script tag has no properties.
    { heading: 'The script tag', options: own(launcher), columns: ['attribute'] as const },
    { heading: '`<chat-window>`', options: window, columns: ['attribute', 'property'] as const },
    { heading: '`<chat-app>`', options: own(app), columns: ['attribute', 'property'] as const },
  ].reduce((text, { heading, options, columns }) => {
    const before = text.indexOf(`\n## ${heading}\n`);
    const [chapter = ''] = text
      .slice(before + 1)
      .split(/^(?=## )/m)
      .filter(Boolean);
    const found = /(?:^\|.*\n)+/m.exec(chapter);
    if (before < 0 || !found) throw new Error(`expected a table below the heading ${heading}`);
    const start = before + 1 + found.index;
    return text.slice(0, start) + table(options, columns) + text.slice(start + found[0].length);
  }, readme);
}

const nameOf = ({ attribute, property }: Option) => attribute ?? property ?? '';

/** Attributes first; then properties that are none. What can only be read is no option. */
export function optionsOf(tagName: string): Option[] {
  const element = elements.find((each) => each.tagName === tagName);
  if (!element) throw new Error(`expected an element <${tagName}>`);
  return [...(element.attributes ?? []).map(ofAttribute), ...propertiesOf(element)];
}

function propertiesOf({ attributes = [], members = [] }: Declaration): Option[] {
  return members
    .filter((member) => member.kind === 'field' && !('readonly' in member))
    .filter(({ name }) => !attributes.some(({ fieldName }) => fieldName === name))
    .map(({ name, description = '' }) => ({ property: name, ...saying(name, description) }));
}

function ofAttribute({ name, fieldName, type, ...said }: NonNullable<Declaration['attributes']>[number]): Option {
  const assumed = type?.text === 'boolean' ? 'off' : said.default && `\`${said.default}\``;
  return {
    attribute: name,
    ...(fieldName && { property: fieldName }),
    ...saying(name, said.description ?? '', assumed),
  };
}

/** A doc comment says its default by `Default: …`, or the code does. */
function saying(name: string, description: string, assumed?: string): Pick<Option, 'meaning' | 'default'> {
  const [sentence, told] = / ?Default: (.+?)\.(?= |$)/.exec(description) ?? [];
  const text = sentence === undefined ? description : description.replace(sentence, '');
  const plain = text
    .replaceAll(', the default', '')
    .replace(/; see `?\w+`?/, '')
    .replace(/\.$/, '');
  const more = CHAPTERS[name] ? `; [see below](#${CHAPTERS[name]})` : '';
  return { meaning: plain.charAt(0).toUpperCase() + plain.slice(1) + more, default: told ?? (assumed || 'none') };
}

function table(options: readonly Option[], columns: readonly ('attribute' | 'property')[]): string {
  const code = (name: string | undefined) => (name ? `\`${name}\`` : '');
  const rows = [
    [...columns, 'meaning', 'default'],
    ...options.map((option) => [...columns.map((column) => code(option[column])), option.meaning, option.default]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (cells: readonly string[], filler: string) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, filler)).join(' | ')} |\n`;
  const [head = [], ...body] = rows;
  return (
    line(head, ' ') +
    line(
      widths.map(() => ''),
      '-',
    ) +
    body.map((row) => line(row, ' ')).join('')
  );
}
