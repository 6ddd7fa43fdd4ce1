import { readFileSync } from 'node:fs';
import { LitElement } from 'lit';
import { describe, expect, it } from 'vitest';
import * as app from '../../src/app/index.js';
import '../../src/components/bubbles/rich-types.js';
import * as windowEvents from '../../src/components/window-events.js';
import * as index from '../../src/index.js';
import { vscodeData, webTypes } from './editor-data.js';
import { type Declaration, ELEMENTS, elementsOf, manifest, manifestOf } from './manifest.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const whole = manifest();
const elements = elementsOf(whole);
const names = (all: readonly { name: string }[] = []) => all.map(({ name }) => name);
const find = (tagName: string) => elements.find((each) => each.tagName === tagName) as Declaration;

describe('custom-elements.json', () => {
  it('has each element that the package exports', () => {
    const exported = Object.entries({ ...index, ...app }).filter(([, each]) => {
      return typeof each === 'function' && each.prototype instanceof LitElement;
    });
    expect(exported.length).toBeGreaterThan(8);
    expect(names(elements)).toEqual(expect.arrayContaining(exported.map(([name]) => name)));
  });

  it.each(elements)('$tagName: has what the class has, and all of it is described', (element) => {
    const { attributes, members, events, slots, cssParts, cssProperties, tagName, description } = element;
    const type = customElements.get(tagName) as typeof LitElement;
    // One without Lit says in its doc comments alone what it takes.
    if (type.prototype instanceof LitElement) {
      const properties = [...type.elementProperties].filter(([, { state }]) => !state).map(([name]) => String(name));
      expect(names(members)).toEqual(expect.arrayContaining(properties));
      expect(names(attributes).sort()).toEqual(type.observedAttributes.filter((name) => name !== 'token').sort());
      for (const { fieldName } of attributes ?? []) expect(properties).toContain(fieldName);
    }
    expect(description).not.toBe('');
    for (const all of [attributes, members, events, slots, cssParts, cssProperties]) {
      for (const each of all ?? [])
        expect(each, each.name).toMatchObject({ description: expect.stringMatching(/\w{3}/) });
      const alone = names(all?.filter((each) => !('kind' in each) || each.kind === 'field'));
      expect([...new Set(alone)]).toEqual(alone);
    }
    for (const each of [...(attributes ?? []), ...(members ?? [])]) {
      if (!('kind' in each) || each.kind === 'field') expect(each.type?.text, each.name).toMatch(/\w/);
    }
  });

  it('says of the launcher all that it takes for its window', () => {
    const { attributes, members } = find('chat-launcher');
    const window = find('chat-window');
    const own = ['position', 'consent', 'connect', 'open'];
    expect(names(attributes).sort()).toEqual([...own, ...names(window.attributes)].sort());
    const fields = window.members?.filter((member) => member.kind === 'field' && !('readonly' in member)) ?? [];
    expect(names(members)).toEqual(expect.arrayContaining([...names(fields), 'open', 'identify', 'destroy']));
  });

  it('has elements that TypeScript knows by their names', () => {
    const declared = read('src/define.ts') + read('src/app/index.ts') + read('src/embed/index.ts');
    for (const { tagName, name } of elements) expect(declared).toContain(`'${tagName}': ${name};`);
  });

  it('knows the events that an element dispatches, with their classes', () => {
    const dispatched = Object.values(ELEMENTS)
      .flat()
      .flatMap((path) => {
        const tagName = path.replace(/.*\/(.*)\.ts$/, '$1');
        return [...read(path).matchAll(/dispatchEvent\(\s*new (\w+)/g)].map(([, type = '']) => ({ tagName, type }));
      });
    expect(dispatched.length).toBeGreaterThan(6);
    for (const { tagName, type } of dispatched) {
      expect(
        find(tagName).events?.map((event) => event.type.text),
        tagName,
      ).toContain(type);
    }
  });

  it.each(['chat-window', 'chat-app'])('%s: the events of the window, and what is in them', (tagName) => {
    const types = find(tagName).events?.map(({ type }) => type.text) ?? [];
    expect(types.sort()).toEqual(Object.keys(windowEvents).sort());
    const classes = whole.modules.flatMap(({ declarations = [] }) => declarations);
    expect(classes.find(({ name }) => name === 'ChatUnreadEvent')).toMatchObject({
      members: [
        { name: 'peerId', type: { text: 'string' }, description: 'Whose messages.' },
        { name: 'count', type: { text: 'number' }, description: 'Unread messages of this peer.' },
        { name: 'total', type: { text: 'number' }, description: 'Unread messages of all peers.' },
      ],
    });
  });

  it('tells types and defaults', () => {
    const { attributes = [], members = [] } = find('chat-window');
    const attribute = (name: string) => attributes.find((each) => each.name === name);
    expect(attribute('heartbeat')).toMatchObject({ type: { text: 'number' }, default: '5', fieldName: 'heartbeat' });
    expect(attribute('theme')).toMatchObject({ type: { text: "'light' | 'dark' | 'auto'" }, default: 'auto' });
    expect(attribute('server-url')).toMatchObject({ type: { text: 'string' }, fieldName: 'serverUrl' });
    expect(members.find(({ name }) => name === 'loadHistory')).toMatchObject({
      type: { text: 'LoadHistory | undefined' },
    });
    expect(names(members)).toEqual(expect.arrayContaining(['identify', 'logout', 'send', 'connectionState', 'status']));
    expect(names(members)).not.toEqual(expect.arrayContaining(['connectedCallback']));
    expect(names(find('message-composer').members)).not.toEqual(expect.arrayContaining(['tools']));
  });

  it('takes an element without Lit from its doc comments', () => {
    const text = `
      import { OpenEvent } from './open-event.js';
      /**
       * A button.
       *
       * @attr {'left' | 'right'} [position=right] - where it stands
       * @fires chat-open - it was pressed
       * @slot icon - its picture
       * @csspart button - the button
       * @cssprop [--chat-size=56px] - how large
       */
      export class OpenButton extends HTMLElement {
        static observedAttributes = ['position'];
        #secret = 1;
        /** Opens it. */
        open(): void { this.dispatchEvent(new OpenEvent('x')); }
      }`;
    const event = `/** Open. */ export class OpenEvent extends Event {
      constructor(/** By whom. */ readonly by: string) { super('chat-open'); } }`;
    const texts = new Map([
      ['src/embed/open-button.ts', text],
      ['src/embed/open-event.ts', event],
    ]);
    const [button] = elementsOf(manifestOf({ 'dist/x.js': ['src/embed/open-button.ts'] }, texts));
    expect(button).toMatchObject({
      tagName: 'open-button',
      superclass: { name: 'HTMLElement' },
      attributes: [{ name: 'position', default: 'right', description: 'where it stands' }],
      members: [{ kind: 'method', name: 'open', description: 'Opens it.' }],
      events: [{ name: 'chat-open', type: { text: 'OpenEvent' }, description: 'it was pressed' }],
      slots: [{ name: 'icon' }],
      cssParts: [{ name: 'button' }],
      cssProperties: [{ name: '--chat-size', default: '56px' }],
    });
  });
});

describe.each(['README.md', 'README.zh-CN.md'])('%s', (file) => {
  /** Attribute and property of each line of the first table below a heading of the second order. */
  function table(heading: string): string[] {
    const chapter =
      read(file)
        .split(/^## /m)
        .find((each) => each.startsWith(heading)) ?? '';
    const [first = ''] = /(?:^\|.*\n)+/m.exec(chapter) ?? [];
    const rows = first.trim().split('\n').slice(2);
    return rows
      .map((row) =>
        row
          .split('|')
          .slice(1, 3)
          .map((cell) => cell.trim().replaceAll('`', ''))
          .join(),
      )
      .sort();
  }

  /** Methods and what can only be read are told elsewhere. */
  const told = (tagName: string) =>
    (find(tagName).members ?? [])
      .filter((member) => member.kind === 'field' && !('readonly' in member))
      .map(({ name }) => `${find(tagName).attributes?.find(({ fieldName }) => fieldName === name)?.name ?? ''},${name}`)
      .sort();

  it('has all attributes and properties of <chat-window>, and no others', () => {
    expect(table('`<chat-window>`')).toEqual(told('chat-window'));
  });

  it('has the attributes that the script tag has besides', () => {
    const { attributes = [] } = find('chat-launcher');
    const windows = names(find('chat-window').attributes);
    const own = names(attributes).filter((name) => !windows.includes(name));
    expect(table(file === 'README.md' ? 'The script tag' : '一行脚本').map((row) => row.split(',')[0])).toEqual(
      own.sort(),
    );
  });

  it('has those that <chat-app> has besides', () => {
    const windows = told('chat-window');
    expect(table('`<chat-app>`')).toEqual(told('chat-app').filter((each) => !windows.includes(each)));
  });
});

describe('for editors', () => {
  it('VS Code', () => {
    const { tags } = vscodeData(whole) as { tags: { name: string; attributes: { name: string }[] }[] };
    expect(names(tags)).toEqual(elements.map(({ tagName }) => tagName));
    const attributes = tags.find(({ name }) => name === 'chat-window')?.attributes;
    expect(attributes).toContainEqual(
      expect.objectContaining({ name: 'theme', values: [{ name: 'light' }, { name: 'dark' }, { name: 'auto' }] }),
    );
    expect(attributes).toContainEqual(expect.objectContaining({ name: 'show-user-id', valueSet: 'v' }));
  });

  it('JetBrains', () => {
    expect(webTypes(whole, { name: 'harmonychat-web', version: '1.2.3' })).toMatchObject({
      name: 'harmonychat-web',
      version: '1.2.3',
      contributions: {
        html: {
          elements: elements.map(({ tagName, attributes }) => ({
            name: tagName,
            attributes: names(attributes).map((name) => ({ name })),
          })),
        },
      },
    });
  });
});
