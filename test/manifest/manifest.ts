import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create, type Plugin, ts } from '@custom-elements-manifest/analyzer';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import type { ClassDeclaration, ClassMember, CustomElement, Module, Package } from 'custom-elements-manifest/schema';
import { classic, type Look } from '../../src/components/look.js';
import { WINDOW_ATTRIBUTES, WINDOW_PROPERTIES } from '../../src/embed/names.js';
import { meanings, others, parts, reachable } from '../components/theming.js';

/**
 * The elements that a page may use, by the file of the package that brings them. An element is named as its file, and its class as
 * the element. Add a file here, and what its doc comments say is in the manifest: `@attr`, `@fires`, `@slot`, `@csspart`,
 * `@cssprop`; what is only for our own other files is `@internal`.
 */
export const ELEMENTS: Elements = {
  'dist/index.js': [
    ...['chat-window', 'chat-title-bar', 'status-light', 'connection-strip', 'session-ended', 'message-list'],
    ...['message-bubble', 'message-composer', 'bubbles/text-bubble', 'bubbles/system-bubble', 'bubbles/image-bubble'],
    ...['bubbles/voice-bubble', 'bubbles/file-bubble', 'bubbles/quick-replies', 'bubbles/card-bubble'],
    'bubbles/unknown-bubble',
  ].map((name) => `src/components/${name}.ts`),
  'dist/app.js': ['src/app/chat-app.ts'],
  'dist/launcher.js': ['src/embed/chat-launcher.ts'],
};

/** Where the classes stand that others extend, and the events. */
const FOLDERS = ['src/components', 'src/app', 'src/embed'];

/** File of the package → sources of the elements that it brings. */
type Elements = Readonly<Record<string, readonly string[]>>;

export type Declaration = ClassDeclaration & CustomElement & { tagName: string };

/** They show all the others, and hand on what those tell and let be styled. */
const WHOLE = ['chat-window', 'chat-app'];

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the elements of the package take, tell, and let be styled, as their sources say. */
export function manifest(): Package {
  const found = FOLDERS.flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  );
  const paths = new Set([...found.filter((path) => path.endsWith('.ts')).sort(), ...Object.values(ELEMENTS).flat()]);
  return passedOn(manifestOf(ELEMENTS, new Map([...paths].map((path) => [path, readFileSync(root + path, 'utf8')]))));
}

/** What a launcher takes for the window in its panel is said of the window. */
function passedOn(whole: Package): Package {
  const [launcher, window] = ['chat-launcher', 'chat-window'].map((name) =>
    elementsOf(whole).find(({ tagName }) => tagName === name),
  );
  if (!launcher || !window) throw new Error('expected <chat-launcher> and <chat-window>');
  const attributes = window.attributes?.filter(({ name }) => WINDOW_ATTRIBUTES.includes(name)) ?? [];
  const properties = [...attributes.map(({ fieldName }) => fieldName), ...WINDOW_PROPERTIES];
  const fields = window.members?.filter(({ kind, name }) => kind === 'field' && properties.includes(name)) ?? [];
  const own = launcher.attributes?.filter(({ name }) => !WINDOW_ATTRIBUTES.includes(name)) ?? [];
  Object.assign(launcher, {
    attributes: [...own, ...attributes],
    members: [...(launcher.members ?? []), ...fields],
  });
  return whole;
}

/** The manifest of these elements. @param texts path → source */
export function manifestOf(elements: Elements, texts: ReadonlyMap<string, string>): Package {
  const sources = [...texts].map(([path, text]) => ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
  const events = new Map<string, string>();
  const classes = new Map(
    create({ modules: sources, plugins: [...litPlugin(), eventClasses(events)] })
      .modules.flatMap(({ declarations = [] }) => declarations.filter((each) => each.kind === 'class'))
      .map((each) => [each.name, each]),
  );
  const modules = Object.entries(elements).map(([path, files]): Module => {
    const own = files.map((file) => elementIn(file, texts.get(file) ?? '', classes, events));
    const told = new Set(own.flatMap((each) => each.events?.map(({ type }) => type.text) ?? []));
    return {
      kind: 'javascript-module',
      path,
      declarations: [...own, ...[...told].flatMap((name) => classes.get(name) ?? []).map(inProse)],
      exports: own.map(({ name, tagName }) => ({
        kind: 'custom-element-definition',
        name: tagName,
        declaration: { name, module: path },
      })),
    };
  });
  return { schemaVersion: '1.0.0', readme: 'README.md', modules };
}

/** The elements of a manifest. */
export function elementsOf({ modules }: Package): readonly Declaration[] {
  return modules.flatMap(({ declarations = [] }) =>
    declarations.filter((each): each is Declaration => 'tagName' in each),
  );
}

/** The analyzer sees neither what a constructor makes a field, nor by which name an event is heard. */
function eventClasses(names: Map<string, string>): Plugin {
  return {
    name: 'event-classes',
    analyzePhase({ node, moduleDoc }) {
      if (!ts.isClassDeclaration(node) || !/\bextends Event\b/.test(node.getText())) return;
      const found = moduleDoc.declarations?.find(({ name }) => name === node.name?.text);
      const [, name] = /(?:super\(|static readonly type = )'([\w-]+)'/.exec(node.getText()) ?? [];
      if (found?.kind !== 'class' || !name) return;
      names.set(name, found.name);
      found.superclass = { name: 'Event', package: 'global:' };
      found.members = node.members.filter(ts.isConstructorDeclaration).flatMap(({ parameters }) =>
        parameters.map((field): ClassMember => {
          const description = ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(field)[0]?.comment);
          const type = { text: field.type?.getText() ?? '' };
          return {
            kind: 'field',
            name: field.name.getText(),
            type,
            ...(description && { description }),
          };
        }),
      );
    },
  };
}

function elementIn(
  file: string,
  text: string,
  classes: ReadonlyMap<string, ClassDeclaration>,
  eventClass: ReadonlyMap<string, string>,
): Declaration {
  const tagName = basename(file, '.ts');
  const name = tagName.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const found = classes.get(name) as Declaration | undefined;
  if (!found) throw new Error(`${file}: expected a class ${name}`);
  const { events = [] } = WHOLE.includes(tagName) ? (classes.get('ChatWindow') as Declaration) : found;
  const { description = '', attributes = [], slots = [], cssParts = [], cssProperties = [] } = found;
  return {
    kind: 'class',
    customElement: true,
    name,
    tagName,
    description: prose(description),
    superclass: /\bextends HTMLElement\b/.test(text)
      ? { name: 'HTMLElement', package: 'global:' }
      : { name: 'LitElement', package: 'lit' },
    // `token` is watched to say that there is none.
    attributes: attributes
      .filter(({ name: attribute }) => attribute !== 'token')
      .map(inProse)
      .map(({ default: value, type, ...attribute }) => ({
        ...attribute,
        ...(type && { type: { text: type.text.replace(/ \| undefined$/, '') } }),
        // That of the attribute is no code.
        ...(value !== undefined && { default: value.replace(/^'(.*)'$/, '$1') }),
      })),
    members: membersOf(found),
    // What is told by doc comments. What the analyzer finds in the code has no name, or no description.
    events: events.flatMap(({ name: event, description: when }) => {
      const type = eventClass.get(event) ?? 'Event';
      if (!event || when === undefined) return [];
      const told = when.startsWith('{@link') ? classes.get(type)?.description : when;
      return inProse({ name: event, type: { text: type }, description: told ?? '' });
    }),
    slots: slots.map(inProse),
    cssParts: unique([
      ...cssParts,
      ...parts
        .filter(({ element }) => element === tagName)
        .map(({ name, meaning: description }) => ({ name, description })),
      ...handedOn(tagName, text),
    ]),
    cssProperties: unique([
      ...cssProperties,
      ...(/from '.*\/theme\.js'/.test(text) ? themed : []),
      ...(WHOLE.includes(tagName)
        ? others.map(({ name, value, meaning }) => ({ name, description: meaning, default: value }))
        : []),
    ]),
  };
}

/** What is no page's business is not public, or `@internal`; what Lit and the browser call is not for the page either. */
function membersOf({ members = [] }: Declaration): ClassMember[] {
  const lifecycle = /^(connected|disconnected|adopted|attributeChanged)Callback$/;
  return (
    members
      .filter(
        ({ name, privacy, static: isStatic }) =>
          !(privacy === 'private' || privacy === 'protected' || isStatic || lifecycle.test(name)),
      )
      .map(inProse)
      // Of a method with several forms, the last is the one that does it.
      .filter(({ name, description }, n, all) => description || !all.slice(0, n).some((other) => other.name === name))
  );
}

/** Parts of what an element is made of, which it lets the page style. */
function handedOn(tagName: string, text: string): Named[] {
  const names = WHOLE.includes(tagName)
    ? [...reachable].sort()
    : [...text.matchAll(/exportparts="([\w\s,-]+)"/g)].flatMap(([, list = '']) => list.split(/[\s,]+/));
  return names.map((name) => {
    const said = new Set(parts.filter((part) => part.name === name).map(({ meaning }) => meaning));
    return { name, description: [...said].join('; ') };
  });
}

/** What every element with the theme takes from the page. */
const themed: readonly (Named & { default: string })[] = [...meanings()].map(([name, meaning]) => {
  const [light = '', dark] = (classic as Look)[name] ?? [];
  return {
    name: `--chat-${name}`,
    description: dark ? `${meaning} In the dark: \`${dark}\`.` : meaning,
    default: light.replace('--_', '--chat-'),
  };
});

interface Named {
  readonly name: string;
  readonly description?: string;
}

/** The first of each name. */
function unique<T extends Named>(all: readonly T[]): T[] {
  return all.filter(({ name }, n) => all.findIndex((other) => other.name === name) === n);
}

/** Where it was inherited from is no class of the package's. */
function inProse<T extends Named & { inheritedFrom?: unknown }>({
  inheritedFrom: _,
  ...said
}: T): Omit<T, 'inheritedFrom'> {
  return said.description ? { ...said, description: prose(said.description) } : said;
}

/** A comment's lines end where the editor's do not; its links lead nowhere here. */
function prose(comment: string): string {
  return comment
    .replace(/\{@link (.+?)\}/g, '`$1`')
    .replace(/(?<!\n)\n(?!\n)/g, ' ')
    .trim();
}
