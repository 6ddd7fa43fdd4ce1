import type { Package } from 'custom-elements-manifest/schema';
import { type Declaration, elementsOf } from './manifest.js';

interface Said {
  readonly name: string;
  readonly description?: string;
  readonly type?: { readonly text: string };
  readonly default?: string;
}

/** The words that a type allows, if it is made of such. */
function wordsOf(type: string): string[] {
  const words = type.split(/\s*\|\s*/).map((word) => /^'(.*)'$/.exec(word)?.[1] ?? '');
  return words.includes('') ? [] : words;
}

function section(title: string, all: readonly Said[] = []): string[] {
  const lines = all.map(({ name, description = '' }) => `- \`${name || 'default'}\`: ${description}`);
  return lines.length > 0 ? ['', `**${title}**`, '', ...lines] : [];
}

/** What an editor shows beside the name of an element. */
function about({ description = '', events, slots, cssParts, cssProperties }: Declaration): string {
  return [
    ...[description, ...section('Events', events), ...section('Slots', slots)],
    ...[...section('Parts', cssParts), ...section('Custom properties', cssProperties)],
  ].join('\n');
}

/** For VS Code, which is told of it by `html.customData` in its settings. */
export function vscodeData(elements: Package): object {
  return {
    version: 1.1,
    tags: elementsOf(elements).map((element) => ({
      name: element.tagName,
      description: { kind: 'markdown', value: about(element) },
      attributes: (element.attributes ?? []).map(({ name, description, type }) => ({
        name,
        description,
        ...(type?.text === 'boolean'
          ? { valueSet: 'v' }
          : { values: wordsOf(type?.text ?? '').map((word) => ({ name: word })) }),
      })),
    })),
  };
}

/** For the editors of JetBrains, which find it by the field `web-types` of `package.json`. */
export function webTypes(elements: Package, { name, version }: { name: string; version: string }): object {
  const typed = ({ name, description, type, default: value }: Said) => ({
    name,
    description,
    value: type?.text === 'boolean' ? { kind: 'no-value' } : { type: type?.text, default: value },
  });
  const plain = ({ name, description, type, default: value }: Said) => ({
    name,
    description,
    type: type?.text,
    default: value,
  });
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name,
    version,
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: elementsOf(elements).map((element) => ({
          name: element.tagName,
          description: about(element),
          attributes: element.attributes?.map(typed),
          slots: element.slots,
          js: {
            properties: element.members?.flatMap((member) => (member.kind === 'field' ? plain(member) : [])),
            events: element.events?.map(({ name, description, type }) => ({ name, description, type: type.text })),
          },
          css: { parts: element.cssParts, properties: element.cssProperties },
        })),
      },
    },
  };
}
