import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.js';

/** What `npm` would install: dependencies as the packages name them, from those of this project. */
export function install(root: string, project: string, archive: string, ...others: readonly string[]): string {
  const installed = join(project, 'node_modules', 'harmonychat-web');
  mkdirSync(installed, { recursive: true });
  command(project, 'tar', '-xzf', archive, '-C', installed, '--strip-components=1');
  const names = [...dependenciesOf(installed), ...others];
  // A list that grows while it is read.
  for (const name of names) {
    const from = join(root, 'node_modules', name);
    cpSync(from, join(project, 'node_modules', name), { recursive: true });
    names.push(...dependenciesOf(from).filter((each) => !names.includes(each)));
  }
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module', private: true }));
  return installed;
}

function dependenciesOf(folder: string): string[] {
  return Object.keys(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).dependencies ?? {});
}

const SERVER = `
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';

const before = new Set(Object.getOwnPropertyNames(globalThis));
const looks = [];
const page = ['document', 'window', 'location', 'navigator', 'localStorage', 'sessionStorage', 'indexedDB', 'matchMedia'];
// Lit looks whether there is a page. We do not.
for (const name of page) {
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get() {
      const by = new Error().stack.split('\\n')[2];
      if (by.includes('harmonychat-web')) looks.push(name + by);
    },
  });
}
const all = {};
for (const path of ['harmonychat-web', 'harmonychat-web/client', 'harmonychat-web/app', 'harmonychat-web/react']) {
  all[path] = await import(path);
}
for (const name of page) if (!before.has(name)) delete globalThis[name];
const made = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name) && !page.includes(name));
const { ChatWindow } = all['harmonychat-web/react'];
console.log(JSON.stringify({
  looks,
  made: made.filter((name) => !/^(lit|reactiveElement)|^customElements$/.test(name)),
  html: renderToString(createElement(ChatWindow, { serverUrl: 'wss://x.example', onChatReady() {} })),
  exports: Object.fromEntries(Object.entries(all).map(([path, { ChatWindow, ChatApp, ChatClient }]) => [
    path, [ChatWindow, ChatApp, ChatClient].map((each) => typeof each).join(),
  ])),
}));
`;

/** Importing is safe where there is no page: nothing is thrown, looked at, left behind or running. */
export function importOnServer(project: string): void {
  writeFileSync(join(project, 'server.js'), SERVER);
  const said = JSON.parse(command(project, process.execPath, 'server.js'));
  const expected = {
    looks: [],
    made: [],
    html: '<chat-window></chat-window>',
    exports: {
      'harmonychat-web': 'function,undefined,function',
      'harmonychat-web/client': 'undefined,undefined,function',
      'harmonychat-web/app': 'undefined,function,undefined',
      'harmonychat-web/react': 'object,object,undefined',
    },
  };
  if (JSON.stringify(said) !== JSON.stringify(expected)) {
    throw new Error(`expected ${JSON.stringify(expected)}\ngot      ${JSON.stringify(said)}`);
  }
}

const TYPED = `
import { ChatWindow, type ChatMessageEvent } from 'harmonychat-web';
import { ChatClient } from 'harmonychat-web/client';
import type { ChatApp } from 'harmonychat-web/app';
import { ChatWindow as Component } from 'harmonychat-web/react';
import { createElement } from 'react';

const chat: ChatWindow = document.createElement('chat-window');
const app: ChatApp = document.createElement('chat-app');
chat.addEventListener('chat-message', ({ direction }) => { const is: 'in' | 'out' = direction; void is; });
const sent: Promise<string> = chat.send('x').delivered;
const client: ChatClient = new ChatClient({ serverUrl: 'wss://x.example', userId: 'a' });
createElement(Component, { client, theme: 'dark', onChatMessage: (event: ChatMessageEvent) => event.peerId });
// @ts-expect-error: no such theme
chat.theme = 'grey';
// @ts-expect-error: no message
createElement(Component, { onChatReady: (event: ChatMessageEvent) => event.message });
void [app, sent];
`;

/** The types are found, and say what they should, in both ways in which TypeScript looks for them today. */
export function checkTypes(project: string): void {
  writeFileSync(join(project, 'typed.ts'), TYPED);
  for (const [module, moduleResolution] of [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ]) {
    const options = { module, moduleResolution, target: 'es2022', lib: ['es2022', 'dom', 'dom.iterable'], types: [] };
    const config = {
      compilerOptions: { ...options, strict: true, exactOptionalPropertyTypes: true, noEmit: true },
      files: ['typed.ts'],
    };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));
    command(project, 'tsc', '-p', 'tsconfig.json');
  }
}
