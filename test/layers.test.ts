import { readdirSync, readFileSync } from 'node:fs';
import { basename, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const layersBelow = {
  protocol: [],
  client: ['protocol'],
  tabs: ['protocol', 'client'],
  store: ['protocol', 'client', 'tabs'],
  locales: ['protocol', 'client', 'tabs', 'store'],
  components: ['protocol', 'client', 'tabs', 'store', 'locales'],
  embed: ['protocol', 'client', 'tabs', 'store', 'locales', 'components', 'entry'],
  /** The files directly in `src/`. */
  entry: ['protocol', 'client', 'tabs', 'store', 'locales', 'components', 'embed'],
  app: ['protocol', 'client', 'tabs', 'store', 'locales', 'components', 'entry'],
  react: ['protocol', 'client', 'tabs', 'store', 'locales', 'components', 'app', 'entry'],
  demo: ['protocol', 'client', 'tabs', 'store', 'locales', 'components', 'embed', 'app', 'entry'],
} as const;

type Layer = keyof typeof layersBelow;

const withoutDom: readonly string[] = ['protocol', 'client', 'tabs', 'store'] satisfies Layer[];
const domGlobal = /(?<![.\w$])(document|window|localStorage|sessionStorage|HTML\w*Element)\b(?!\s*:)/;
/** Where a layer looks at the page around it, if there is one. */
const atThePage = [
  'src/client/own-document.ts',
  'src/client/page-signals.ts',
  'src/tabs/browser-tabs.ts',
  'src/tabs/storage-lease.ts',
  'src/tabs/stored-memory.ts',
];
const sink =
  /\b(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|unsafeHTML|unsafeSVG|document\.write|eval\s*\(|new\s+Function\b)/;
const saysNothing = /(^|[/-])(utils?|helpers?|common|managers?)(?=[/.-])/i;
const mostLines = 300;

/** The files of the gateway that put its core on Node. */
const onNode = /^test\/gateway\/(node-host|admin|vite-plugin|socket-peer|conformance\/.*)\.ts$/;

/** Every breach of the rules in these files (path from the project's root → text), one sentence each. */
function breaches(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([path, text]) => {
    const code = withoutComments(text);
    const found = path.startsWith('src/') ? ofSource(path, code) : ofGateway(path, code);
    return found.map((breach) => `${path}: ${breach}`);
  });
}

function ofSource(path: string, code: string): string[] {
  const layer = layerOf(path);
  const found: string[] = [];
  if (!isLayer(layer)) return [`src/${layer}/ is none of the layers ${Object.keys(layersBelow).join(', ')}`];
  for (const target of imports(path, code)) {
    if (target.startsWith('node:')) found.push(`imports ${target}`);
    if (!target.startsWith('/')) continue;
    const other = layerOf(target.slice(1));
    const allowed: readonly string[] = [layer, ...layersBelow[layer]];
    if (!target.startsWith('/src/') || !allowed.includes(other)) found.push(`${layer} imports ${target.slice(1)}`);
  }
  const lines = code.split('\n').length - 1;
  if (lines > mostLines) found.push(`has ${lines} lines, ${mostLines} at most`);
  const name = saysNothing.exec(path)?.[2];
  if (name) found.push(`is named "${name}", which does not say what is in it`);
  const global = withoutDom.includes(layer) && !atThePage.includes(path) && domGlobal.exec(withoutStrings(code))?.[1];
  if (global) found.push(`${layer} knows of ${global}`);
  const hole = sink.exec(code)?.[1];
  if (hole) found.push(`uses ${hole}`);
  return found;
}

function ofGateway(path: string, code: string): string[] {
  return imports(path, code)
    .filter((target) => {
      if (target.startsWith('/src/')) return true;
      return !onNode.test(path) && (target === 'ws' || target.startsWith('node:') || onNode.test(target.slice(1)));
    })
    .map((target) => `imports ${target}`);
}

/** What is imported, re-exported or loaded: packages by their name, files as `/path/from/the/root`. */
function imports(path: string, code: string): string[] {
  const statements = /\b(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"`]([^'"`]+)['"`]/g;
  return [...code.matchAll(statements)].map(([, from, bare]) => {
    const target = from ?? bare ?? '';
    return target.startsWith('.') ? posix.join('/', posix.dirname(path), target) : target;
  });
}

function layerOf(path: string): string {
  const [, folder = '', ...rest] = path.split('/');
  return rest.length === 0 ? 'entry' : folder;
}

function isLayer(name: string): name is Layer {
  return Object.hasOwn(layersBelow, name);
}

/** Keeps the lines, so that they can be counted. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).replace(/(^|\s)\/\/.*$/gm, '$1');
}

function withoutStrings(code: string): string {
  return code.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\$]|\\.|\$(?!\{))*`/g, "''");
}

function filesOf(folder: string): [path: string, text: string][] {
  const root = fileURLToPath(new URL('..', import.meta.url));
  return readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.ts') && !basename(path).includes('.test.'))
    .map((path) => [path, readFileSync(`${root}${path}`, 'utf8')]);
}

describe('layers', () => {
  const source = filesOf('src');
  const gateway = filesOf('test/gateway');

  it('protocol <- client <- tabs <- store <- components <- embed, and nobody reaches around', () => {
    expect(source.length, 'files found in src/').toBeGreaterThan(10);
    expect(breaches(new Map(source))).toEqual([]);
  });

  it('the core of the gateway knows neither Node nor the client', () => {
    expect(gateway.length, 'files found in test/gateway/').toBeGreaterThan(3);
    expect(breaches(new Map(gateway))).toEqual([]);
  });

  it.each([
    ['src/protocol/x.ts', 'protocol imports src/client/y.js', "import { y } from '../client/y.js';"],
    ['src/client/x.ts', 'client imports src/store/y.js', "import type { y } from '../store/y.js';"],
    ['src/client/x.ts', 'client imports src/locales/en.js', "export * from '../locales/en.js';"],
    ['src/store/x.ts', 'store imports src/components/y.js', "import {\n  y,\n} from '../components/y.js';"],
    ['src/locales/x.ts', 'locales imports src/components/y.js', "import '../components/y.js';"],
    ['src/components/list/x.ts', 'components imports src/embed/y.js', "await import('../../embed/y.js');"],
    ['src/components/x.ts', 'components imports src/index.js', "import '../index.js';"],
    ['src/index.ts', 'entry imports src/demo/y.js', "import './demo/y.js';"],
    ['src/app/x.ts', 'app imports src/react/y.js', "import '../react/y.js';"],
    ['src/react/x.ts', 'react imports src/demo/y.js', "import '../demo/y.js';"],
    ['src/demo/x.ts', 'demo imports test/gateway/y.js', "import '../../test/gateway/y.js';"],
    ['src/client/x.ts', 'imports node:events', "import 'node:events';"],
    ['src/core/x.ts', 'src/core/ is none of the layers', ''],
    ['src/client/x.ts', 'has 301 lines', '\n'.repeat(301)],
    ['src/client/socket-manager.ts', 'is named "manager"', ''],
    ['src/components/utils/x.ts', 'is named "utils"', ''],
    ['src/store/x.ts', 'store knows of window', "window.alert('');"],
    ['src/client/x.ts', 'client knows of document', 'typeof document'],
    ['src/store/x.ts', 'store knows of localStorage', 'globalThis.x = localStorage;'],
    ['src/protocol/x.ts', 'protocol knows of HTMLElement', 'class X extends HTMLElement {}'],
    ['src/components/x.ts', 'uses innerHTML', "div.innerHTML = '';"],
    ['src/components/x.ts', 'uses unsafeHTML', "import { unsafeHTML } from 'lit/directives/unsafe-html.js';"],
    ['src/demo/x.ts', 'uses eval(', "eval('1');"],
    ['src/demo/x.ts', 'uses new Function', "new Function('');"],
    ['test/gateway/x.ts', 'imports /src/protocol/y.js', "import '../../src/protocol/y.js';"],
    ['test/gateway/admin.ts', 'imports /src/client/y.js', "import '../../src/client/y.js';"],
    ['test/gateway/x.ts', 'imports node:crypto', "import { randomUUID } from 'node:crypto';"],
    ['test/gateway/x.ts', 'imports ws', "import { WebSocketServer } from 'ws';"],
  ])('%s is told: %s', (path, breach, text) => {
    expect(breaches(new Map([[path, text]]))).toEqual([expect.stringContaining(`${path}: ${breach}`)]);
  });

  it.each([
    ['src/client/x.ts', "/** `import '../store/y.js'` opens a window. */"],
    ['src/client/x.ts', "// document.write\nthrow new Error('no window is open');"],
    ['src/client/x.ts', 'this.window = 3;'],
    ['src/components/x.ts', "import { y } from '../store/y.js';\nimport { en } from '../locales/en.js';"],
    ['src/components/commonest-word.ts', ''],
    ['src/embed/x.ts', "void import('../index.js');"],
    ['test/gateway/node-host.ts', "import { WebSocketServer } from 'ws';\nimport 'node:http';"],
  ])('%s may say %j', (path, text) => {
    expect(breaches(new Map([[path, text]]))).toEqual([]);
  });
});
