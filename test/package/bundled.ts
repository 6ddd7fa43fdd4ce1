import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { build, preview, type Rolldown } from 'vite';
import { chromiumArgs, ensureChromium } from '../support/chromium.js';

/** Shows a message of a store of the page's own: no server is needed for it. */
const STORE = `
const store = new MessageStore();
store.append({ id: '1', type: 0, content: 'Installed', from: 'bob', to: 'alice', sentAt: 0, status: 'received' });
const properties = { store, userId: 'alice', peerId: 'bob' };`;
const SHOWN = '[part=bubble]:has-text("Installed")';

interface Page {
  readonly code: string;
  /** What is to be seen. */
  readonly shows: string;
  /** What is of no use to it, and must not be loaded with it. */
  readonly without?: RegExp;
}

const PAGES: Readonly<Record<string, Page>> = {
  element: {
    code: `import { MessageStore } from 'harmonychat-web';
      ${STORE}
      document.body.append(Object.assign(document.createElement('chat-window'), properties));`,
    shows: SHOWN,
    without: /app-name|createRoot/,
  },
  registers: {
    code: `import 'harmonychat-web';
      document.body.append(document.createElement('chat-window'));`,
    shows: 'chat-window [part=problem]',
  },
  client: {
    code: `import { ChatClient } from 'harmonychat-web/client';
      const client = new ChatClient({ serverUrl: 'ws://localhost:1/', userId: 'alice' });
      document.body.append(Object.assign(document.createElement('p'), { textContent: client.state.name }));`,
    shows: 'text=disconnected',
    without: /customElements|litHtmlVersions/,
  },
  app: {
    code: `import 'harmonychat-web/app';
      document.body.append(document.createElement('chat-app'));`,
    shows: 'chat-app [part~=splash]',
  },
  react: {
    code: `import { createElement } from 'react';
      import { createRoot } from 'react-dom/client';
      import { MessageStore } from 'harmonychat-web';
      import { ChatWindow } from 'harmonychat-web/react';
      ${STORE}
      createRoot(document.body.appendChild(document.createElement('div'))).render(createElement(ChatWindow, properties));`,
    shows: SHOWN,
    without: /app-name/,
  },
};

/** Pages that load the files as they are. */
const PLAIN: Readonly<Record<string, Page>> = {
  'plain-element': {
    code: `import { MessageStore } from './dist/harmonychat.bundle.js';
      ${STORE}
      document.body.append(Object.assign(document.createElement('chat-window'), properties));`,
    shows: SHOWN,
  },
  'plain-app': {
    code: `import './dist/harmonychat.app.js';
      document.body.append(document.createElement('chat-app'));`,
    shows: 'chat-app [part~=splash]',
  },
};

/** What a bundler makes of the package works, and holds nothing that the page does not use. So do the files without one. */
export async function bundleAndOpen(project: string, installed: string): Promise<void> {
  const site = join(project, 'site');
  // Vite's runner says it is development; visitors get what is built for them.
  process.env['NODE_ENV'] = 'production';
  for (const [name, { code, without }] of Object.entries(PAGES)) {
    const folder = join(project, name);
    put(folder, 'page.js', code);
    // As tall as the window is, so that what it shows can be seen.
    put(folder, 'index.html', html('<script type="module" src="./page.js"></script>'));
    const outDir = join(site, name);
    const built = await build({
      ...{ root: folder, base: './', configFile: false, logLevel: 'warn' },
      build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 5_000 },
    });
    const unused = without?.exec(codeAtOnce(built as Rolldown.RolldownOutput))?.[0];
    if (unused) throw new Error(`the page "${name}" loads what it does not use: ${unused}`);
  }
  for (const [name, { code }] of Object.entries(PLAIN)) {
    put(join(site, name), 'index.html', html(`<script type="module">${code}</script>`));
    cpSync(join(installed, 'dist'), join(site, name, 'dist'), { recursive: true });
  }
  await open(project, site);
}

const html = (script: string) => `<!doctype html>
<link rel="icon" href="data:," />
<style>chat-window { display: block; height: 400px; }</style>
<body>${script}</body>`;

function put(folder: string, file: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), text);
}

/** What a page loads before it asks for more. */
function codeAtOnce({ output }: Rolldown.RolldownOutput): string {
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])));
  const names = [...chunks.values()].filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName);
  // A list that grows while it is read.
  for (const name of names) names.push(...(chunks.get(name)?.imports ?? []).filter((each) => !names.includes(each)));
  return names.map((name) => chunks.get(name)?.code ?? '').join('\n');
}

async function open(root: string, outDir: string): Promise<void> {
  const server = await preview({
    ...{ root, configFile: false, logLevel: 'warn', appType: 'mpa', build: { outDir } },
    preview: { host: '127.0.0.1', port: 4900 },
  });
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumArgs });
  try {
    for (const [name, { shows }] of Object.entries({ ...PAGES, ...PLAIN })) {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      await page.goto(`${server.resolvedUrls?.local[0]}${name}/index.html`);
      await page
        .locator(shows)
        .first()
        .waitFor({ timeout: 10_000 })
        .catch((error: Error) => errors.push(error.message));
      if (errors.length > 0) throw new Error(`the page "${name}": ${errors.join('; ')}`);
      await page.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
}
