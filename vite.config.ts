import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, defineConfig, type InlineConfig, type Plugin, Visitor } from 'vite';
import type { ViteUserConfig } from 'vitest/config';
import { emojiWords } from './emoji-words.js';
import type { Gateway } from './test/gateway/gateway.js';
import { freePort, gatewayPlugin } from './test/gateway/vite-plugin.js';

const root = fileURLToPath(new URL('.', import.meta.url));
const wantedPort = Number(process.env['PORT'] ?? 5173);

/**
 * The command line chooses: `vite` serves the demo, `vite build [--mode bundle]` fills `dist/`, `vitest` runs the unit tests. One
 * of the {@link files} is built alone by its name as the mode.
 */
export default defineConfig(async ({ command, mode }) => {
  if (process.env['VITEST']) return unitTests;
  if (command === 'build') {
    // Whatever is set where it runs: else Lit's development build is what visitors get.
    process.env['NODE_ENV'] = 'production';
    return mode === 'bundle' ? bundle : (files[mode] ?? modules);
  }
  const port = await freePort(wantedPort);
  if (port !== wantedPort) console.log(`Port ${wantedPort} is busy; using ${port}`);
  return demo(port);
});

/** Lit's production build: what visitors get, without its "dev mode" warning in the console. */
const visitors = { conditions: ['module', 'browser', 'production'] };

/**
 * The demo page and its gateway on one port. The browser tests serve the same page with a gateway they hold in their hands.
 *
 * @param port must be free, on both loopback families
 * @param gateway default: a new one
 */
export function demo(port: number, gateway?: Gateway): InlineConfig {
  return {
    root,
    resolve: visitors,
    server: { host: '127.0.0.1', port, strictPort: true, hmr: false, ws: false },
    // Dependencies that Vite discovers while a page runs make it reload the page, and a conversation would be wiped.
    optimizeDeps: {
      noDiscovery: true,
      include: [
        'lit',
        'lit/decorators.js',
        'lit/directive.js',
        'lit/async-directive.js',
        'lit/directives/*.js',
        '@lit-labs/virtualizer/virtualize.js',
        'linkify-it',
      ],
      rolldownOptions: { plugins: [trim] },
    },
    plugins: [gatewayPlugin(gateway), demoPage, scriptTag, emojiWords],
  };
}

/**
 * Pages as files: what the browser tests look at. Some twenty scripts a page where {@link demo} serves two hundred, for which a
 * test would mostly wait.
 *
 * @param input HTML files, from the root on
 */
export function pages(outDir: string, input: string[]): InlineConfig {
  return {
    ...{ root, configFile: false, logLevel: 'warn', resolve: visitors, plugins: [trim, emojiWords, tagAsItIs] },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'esnext',
      minify: false,
      modulePreload: false,
      chunkSizeWarningLimit: 5_000,
      rolldownOptions: {
        input,
        // What comes on demand keeps its name, so that a test can hold it back.
        output: { entryFileNames: 'pages/[name].js', chunkFileNames: '[name].js' },
      },
    },
  };
}

const demoPage: Plugin = {
  name: 'demo-page',
  // By its name: it answers on both families, and what a page stores belongs to one origin.
  configureServer(server) {
    server.printUrls = () => console.log(`\n  http://localhost:${server.config.server.port}/\n`);
  },
  // Vite's client reloads the page when the server comes back: a chat that survives a restart could not be seen.
  transformIndexHtml: {
    order: 'post',
    handler: (html, { server }) =>
      html
        .replace('<script type="module" src="/@vite/client"></script>', '')
        // In a tag stands a whole address.
        .replace('ws://localhost:5173/', `ws://localhost:${server?.config.server.port}/`),
  },
};

/** The parts that the script tag loads, and which modules they are here. */
const TAG_PARTS: Readonly<Record<string, string>> = {
  '/harmonychat.panel.js': `export * from '/src/embed/panel/panel.ts';`,
  '/harmonychat.bundle.js': `import '/src/bundle.ts';`,
};

/** For the shop's pages: the script tag as it ships, built when it is asked for, and the modules of `src/` in place of its parts. */
const scriptTag: Plugin = {
  name: 'script-tag',
  configureServer({ middlewares, watcher }) {
    let script: Promise<string> | undefined;
    watcher.on('change', () => {
      script = undefined;
    });
    middlewares.use((request, response, next) => {
      const path = request.url?.replace(/\?.*/, '') ?? '';
      if (path === '/harmonychat.js') script ??= buildScript();
      const answer = path === '/harmonychat.js' ? script : TAG_PARTS[path];
      if (answer === undefined) return next();
      response.setHeader('Content-Type', 'text/javascript');
      Promise.resolve(answer).then((code) => response.end(code), next);
    });
  },
};

async function buildScript(): Promise<string> {
  const file = files['harmonychat'];
  const built = await build({
    ...{ ...file, root, configFile: false, logLevel: 'warn' },
    build: { ...file?.build, write: false, sourcemap: false, license: false },
  });
  const [script] = 'output' in built ? built.output : [];
  if (!script) throw new Error('expected one file');
  return script.code;
}

/** The tag's file lies beside the pages as it is. */
const tagAsItIs: Plugin = {
  name: 'tag-as-it-is',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) => html.replace('src="/harmonychat.js"', 'vite-ignore $&'),
  },
};

const target = ['safari16.4', 'chrome108', 'firefox115'];

/** Lit's decorators as the static field that they stand for: the same properties, without a helper and a call for each. */
const plainProperties: Plugin = {
  name: 'plain-properties',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('/src/') || !code.includes("from 'lit/decorators.js'")) return null;
    const properties: string[] = [];
    const plain = code
      .replace(/^import .* from 'lit\/decorators\.js';$/m, '')
      .replace(
        /@(property|state)\((\{[^}]*\})?\) ((?:private |protected )?)(\w+)/g,
        (_, decorator, options, modifier, name) => {
          properties.push(`${name}: ${decorator === 'state' ? '{ state: true }' : (options ?? '{}')}`);
          return modifier + name;
        },
      )
      .replace(/^(export class \w+ extends \w+ \{)/m, `$1 static override properties = { ${properties} };`);
    if (/@(property|state)\(/.test(plain) || !plain.includes('static override properties')) {
      throw new Error(`${id}: expected decorators of the form @property({…}) name, and a class`);
    }
    return { code: plain, map: null };
  },
};

/** Indentation, and comments of styles, which no minifier looks into. The lines stay, for the source maps. */
const compactTemplates: Plugin = {
  name: 'compact-templates',
  transform(code, id) {
    if (!id.endsWith('.ts') || !/\b(css|html)`/.test(code)) return null;
    const compact = (style: string) => {
      const lines = style.split('\n').length - 1;
      const short = style
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/\s+/g, ' ')
        .replace(/ ?([{};,]) ?/g, '$1')
        .replace(/: /g, ':')
        .replace(/;}/g, '}')
        .replace(/\b0\./g, '.');
      // What follows stays on its line, for the source map.
      return short + '\n'.repeat(lines);
    };
    return { code: code.replace(/\bcss`[^`]*`/g, compact).replace(/^[ \t]+/gm, ''), map: null };
  },
};

/** What is cut out of a file: text that has to be there, or that and what stands there instead. */
type Cut = string | RegExp | readonly [string | RegExp, string];

/** A statement or a member of a class, at whatever depth, from these words to the brace that closes it. */
const block = (words: string, instead = '') =>
  [new RegExp(`^( *)${words}.*{\\n[\\s\\S]*?^\\1}\\n`, 'm'), instead && `$1${instead}\n`] as const;

/** The lines on which one of these is set, or does something. */
const lines = (...names: string[]) => new RegExp(`^ *this\\.(${names.join('|')})\\b(?!\\) {).*;\\n`, 'gm');

/** Dependencies too make their elements with what the document itself has. */
const importOwnDocument: Cut = [
  /^/,
  `import { ownDocument } from ${JSON.stringify(`${root}src/client/own-document.ts`)};\n`,
];

/**
 * The list's layout names itself, reads size and position itself, and sees to its own position. So nobody asks for the layout
 * for lists that name none, for what the virtualizer knows of the view, `element(…).scrollIntoView`, `layoutComplete` and
 * benchmarks; and the scroller is always the list, not the page.
 */
const virtualizer: readonly Cut[] = [
  /^import { ScrollerController }.*\n/m,
  /^let _ResizeObserver .*\n/m,
  block('export function provideResizeObserver'),
  [/new _ResizeObserver/g, 'new ResizeObserver'],
  /^let DefaultLayoutConstructor;\n/m,
  [/, VisibilityChangedEvent, UnpinnedEvent,/, ''],
  /^export const virtualizerRef.*\n/m,
  /^ *hostElement\[virtualizerRef\].*\n/m,
  block('function getMarginValue'),
  block('function getMargins'),
  block('if \\(!config\\)'),
  [/^ {8}if \(config\.hostElement\) {\n(.*\n) {8}}\n {8}else {\n.*\n {8}}\n/m, '$1'],
  block('async updateLayoutConfig'),
  [/const layoutConfig = .*\n(.*\n){2}.*_initLayout\(layoutConfig\)/, 'this._initLayout(config.layout)'],
  [/let sizer = .*\n *if \(!sizer\) {\n *(.*\n)(.*\n)(.*\n) *}\n/, 'const $1$2$3'],
  [/(textContent.*\n) *sizer\.setAttribute.*\n/, '$1'],
  block(
    'async _initLayout',
    `_initLayout({ type }) {
      this._layout = new type((message) => this._updateDOM(message));
      this._schedule(this._updateLayout);
    }`,
  ),
  [/^ *const includeSelf .*\n.*getClippingAncestors.*\n/m, ''],
  /^function getParentElement[\s\S]*(?=\/\/# source)/m,
  [/^ *this\._scrollEventListeners\.push\(window\);\n.*\n.*{\n.*\n.*\n.*\n *}\);\n/m, ''],
  [/_scrollEventListeners\.forEach\(\(target\) => target\.(\w+)\((.*), this\._scroll\w+\)\)/g, '_hostElement.$1($2)'],
  /^ *this\._scrollEventListenerOptions = {\n.*\n *};\n/m,
  block('startBenchmarking'),
  block('stopBenchmarking'),
  [/this\._measureChildOverride \|\| this\._measureChild/, 'this._layout.measureChildren'],
  block('_measureChild\\('),
  block('if \\(this\\._visibilityChanged'),
  block('if \\(this\\._benchmarkStart'),
  block('if \\(this\\._benchmarkStart'),
  block('if \\(this\\._measureCallback', 'this._layout.updateItemSizes(this._childMeasurements);'),
  block('_handleScrollEvent'),
  block('handleEvent', 'handleEvent() { this._schedule(this._updateLayout); }'),
  block('_handleLayoutMessage'),
  block('_updateView', '_updateView() { this._layout.viewportSize = {}; this._layout.viewportScroll = {}; }'),
  [/if \(this\._isScroller\) ({\n.*\n *})\n( *)else {[\s\S]*?^\2}/m, '$1'],
  [/if \(this\._isScroller\)/, ''],
  // The list's own style says how it overflows; nobody has set the others before.
  /^ *style\.(display|overflow|minHeight) = style.*;\n/gm,
  [/(style\.(\w+) = )style\.\2 \|\| /g, '$1'],
  [/, width, height, xOffset, yOffset/, ''],
  [/^ *if \(width !== undefined\) {[\s\S]*?yOffset \+ 'px';\n/m, ''],
  block('_correctScrollError'),
  block('element\\('),
  block('_scrollElementIntoView'),
  block('_checkScrollIntoViewTarget'),
  block('_notifyVisibility'),
  block('get layoutComplete'),
  block('_rejectLayoutCompletePromise'),
  block('_scheduleLayoutComplete'),
  block('_resolveLayoutCompletePromise'),
  block('_resetLayoutCompleteState'),
  /^ *_childLoaded.*\n/m,
  [/ *this\._visibilityChanged =\n *this\._visibilityChanged \|\|\n.*\n.*\n/, ''],
  [/, _firstVisible, _lastVisible/, ''],
  lines('_scrollError', '_firstVisible', '_lastVisible', '_visibilityChanged', '_isScroller', '_loadListener'),
  lines('_scrollerController\\??', '_correctScrollError', '_checkScrollIntoViewTarget', '_benchmarkStart'),
  lines('_measureCallback', '_measureChildOverride', '_scrollIntoViewTarget', '_updateScrollIntoViewCoordinates'),
  lines('_layoutCompletePromise', '_layoutCompleteResolver', '_layoutCompleteRejecter', '_pendingLayoutComplete'),
  lines('_rejectLayoutCompletePromise', '_scheduleLayoutComplete', '_clippingAncestors', '_scrollEventListeners'),
  /^ *this\._hostElementRO\.observe\(this\._scrollerController\.element\);\n/m,
  /^ {8}this\._(?!childMeasurements)\w+ = null;\n/gm,
  [/size && size\.(width|height) !== null/g, 'size'],
  ['document.createElement', 'ownDocument.createElement'],
  importOwnDocument,
];

const events: readonly Cut[] = [/^VisibilityChangedEvent\.eventName.*\n/m, /^UnpinnedEvent\.eventName.*\n/m];

const directive: readonly Cut[] = [
  block('if \\(config\\)'),
  [/if \((renderItem|keyFunction)\) /g, ''],
  [/config\.items \|\| \[\]/, 'config.items'],
  /^export { virtualizerRef }.*\n/m,
  /^export const default.*\n/gm,
  /^ *this\._(renderItem|keyFunction) = .*default.*\n/gm,
  block('if \\(part\\.type'),
  [/const compatible = await this\._virtualizer\.updateLayoutConfig\(.*\);/, 'await null;'],
  block('if \\(!compatible'),
  /^ *if \(this\._virtualizer\) {\n *this\._virtualizer\.disconnected\(\);\n *}\n/m,
];

/**
 * Lit as its packages bring it is minified already. What goes: ways of styling without constructable style sheets, which every
 * browser of {@link target} has; and words for who puts into `css` what is no style, which the development build says as well.
 */
const cssTag: readonly Cut[] = [
  [/(const \w+=globalThis,\w+)=[^,]*"replace"in CSSStyleSheet\.prototype/, '$1=!0'],
  [/constructor\(t,e,o\){.*?this\.t=e}/, 'constructor(t){this.cssText=t}'],
  ['t+"",void 0,s)', 't+"")'],
  ['new n(o,t,s)', 'new n(o)'],
  [/\(t=>{if\(!0===t\._\$cssResult\$\).*?}\)\(s\)/, 's.cssText'],
  [
    /get styleSheet\(\){.*?}return t}toString\(\){.*?}/,
    'get styleSheet(){return this.o||(this.o=new CSSStyleSheet).replaceSync(this.cssText),this.o}',
  ],
  't instanceof CSSStyleSheet?t:',
];

/**
 * Properties here are texts, booleans or have a function that reads their attribute; none has an accessor of its own, and none
 * comes from a standard decorator. Polyfills, initializers and the register of Lit's versions find nobody.
 */
const reactiveElement: readonly Cut[] = [
  ',getOwnPropertyDescriptor:h,getOwnPropertyNames:r,getOwnPropertySymbols:o',
  [/const t=this\.properties,.*?for\(const i of s\)/, 'const t=this.properties;for(const i in t)'],
  [/finalizeStyles\(s\){.*?return i}/, 'finalizeStyles(t){return[t??[]].flat(1/0)}'],
  ['"string"==typeof t?t.toLowerCase():void 0', 't.toLowerCase()'],
  [
    /,c=a\.trustedTypes,.*?,f=/,
    ',u={toAttribute:(t,s)=>s===Boolean?t?"":null:t,fromAttribute:(t,s)=>s===Boolean?null!==t:t},d=t=>t,f=',
  ],
  /Symbol\.metadata\?\?=.*?new WeakMap;/,
  /const t=this\[Symbol\.metadata\];.*?(?=this\._\$Eh=)/,
  /static addInitializer.*?(?=static get)/,
  'void 0!==t.l&&(this.l=[...t.l]),',
  ',this.constructor.l?.forEach(t=>t(this))',
  /removeController\(t\){.*?}/,
  /,p\?\.\({ReactiveElement:y}\),.*?\.push\(".*?"\)/,
  'this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0),',
  [/if\((s\.state&&.*?),!s\.noAccessor\){(.*?)void 0!==h&&(.*?)}}/, '$1;$2$3}'],
  [
    /const{get:e,set:r}=h\(.*?configurable/,
    'return{get(){return this[s]},set(e){const h=this[s];this[s]=e,this.requestUpdate(t,h,i)},configurable',
  ],
  /const t=this\.constructor\.elementProperties;if\(t\.size>0\)for.*?(?=}let t=!1)/,
  /,useDefault:!1,hasChanged:f/,
  [
    /requestUpdate\(t,s,i,.*?}!1===/,
    'requestUpdate(t,s,i){if(void 0!==t){if(!f(this[t],s))return;this.C(t,s,i??this.constructor.getPropertyOptions(t))}!1===',
  ],
  [/C\(t,s,{.*?},r\){.*?\|\|\((.*?)\|\|i(.*?)\)}async/, 'C(t,s,{reflect:e}){$1$2}async'],
  ['r??this._$Ej?.get(e)??r', 'r'],
  ['(void 0!==i.converter?.toAttribute?i.converter:u)', 'u'],
  ['void 0!==t.converter?.fromAttribute?t.converter:u', 'u'],
  [/let t=!1;(const s=.*?;try{)t=.*?\?\((.*?)\):.*?}catch.*?t&&/, '$1$2}catch(t){throw this._$EM(),t}'],
  /shouldUpdate\(t\){.*?}/,
  [
    /const t=this\.scheduleUpdate\(\);.*?}scheduleUpdate\(\){.*?}/,
    'return this.performUpdate(),!this.isUpdatePending}',
  ],
  'if(!this.isUpdatePending)return;',
];

/**
 * An element's templates are rendered into its own root, and made in its own document. Nobody looks into Lit but `repeat`. They
 * are HTML; what is bound are texts, attributes, properties and functions that listen: no elements as a whole, nothing inside
 * of comments or of what a `<textarea>` holds.
 */
const litHtml: readonly Cut[] = [
  ['l=document', 'l=ownDocument'],
  ['l.createTreeWalker(l,', 'l.createTreeWalker(document,'],
  ['currentNode=l,', 'currentNode=document,'],
  importOwnDocument,
  [/(const j={).*?I:k.*?},B=t\.litHtmlPolyfillSupport;.*?\.push\(".*?"\);const /, '$1I:k},'],
  [/const e=s\?\.renderBefore\?\?i;/, 'const e=i;'],
  [/const t=s\?\.renderBefore\?\?null;/, 'const t=null;'],
  't?.creationScope??',
  [/(w=)(x\(2\),T=)(x\(3\))/, '$1/*#__PURE__*/$2/*#__PURE__*/$3'],
  ['let n,l=2===i?"<svg>":3===i?"<math>":""', 'let l=""'],
  '+(2===i?"</svg>":3===i?"</math>":"")',
  [/if\((this\.el=S\.createElement\(f,e\),P\.currentNode=this\.el\.content),2===i.*?}(?=for)/, '$1;'],
  '(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p)',
  [':void 0!==u[2]?:', ':void 0!==u[2]?c=p:'],
  ['c=n??v', 'c=v'],
  ['(c=p,n=void 0)', 'c=p'],
  [/else t\.startsWith\(o\)&&.*?(?=}else if\(8===r)/, ''],
  'else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}',
  [
    '1===r.type?i=new r.ctor(h,r.name,r.strings,this,t):6===r.type&&(i=new Z(h,this,t))',
    'i=new r.ctor(h,r.name,r.strings,this,t)',
  ],
  [/const{values:i,_\$litType\$:s}=t,e="number".*?,s\);/, 'const{values:i}=t,e=this._$AC(t);'],
  '||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive',
  ['h=t!==A&&(s===A||e)', 'h=t!==A&&s===A'],
  ['const s=i(t).nextSibling;i(t).remove(),t=s', 'const s=t.nextSibling;t.remove(),t=s'],
  [/"function"==typeof this\._\$AH\?(this\._\$AH\.call\(.*?\)):this\._\$AH\.handleEvent\(t\)/, '$1'],
];

const litElement: readonly Cut[] = [
  /createRenderRoot\(\){.*?}(?=update)/,
  /render\(\){return r}/,
  [/i\._\$litElement\$=!0,(i\["finalized"\]=!0),.*?(const n=)/, '$1;$2'],
  /\(s\.litElementVersions.*?\.push\(".*?"\);/,
];

/** What is moved stays below the same part. */
const directiveHelpers: readonly Cut[] = [
  ['document.createComment', 'ownDocument.createComment'],
  importOwnDocument,
  ['const t=i(o).nextSibling;i(l).insertBefore(o,d)', 'const t=o.nextSibling;l.insertBefore(o,d)'],
  [/,n=e\._\$AM,c=n!==o;if\(c\){.*?}if\(t!==d\|\|c\)/, ';if(t!==d)'],
];

/** What is set later is the content of a part, which stays where it is. */
const asyncDirective: readonly Cut[] = [
  /function h\(i\){.*?}(?=function n)/,
  ',i._$AQ??=h',
  [/setValue\(t\){.*?}disconnected\(\){}reconnected\(\){}/, 'setValue(t){this._$Ct._$AI(t,this)}'],
];

/** Each row has a key. Rows that change places, which they do not here, are found without a case of their own. */
const repeat: readonly Cut[] = [
  /constructor\(e\){.*?"\)}/,
  [/dt\(e,s,t\){.*?l\[i\]=r\?r\(s,i\):i/, 'dt(e,r,t){const l=[],o=[];let i=0;for(const s of e)l[i]=r(s,i)'],
  /else if\(h\[x\]===a\[w\]\).*?(?=else if\(void 0===m)/,
];

/** Its shortcuts, each a transaction of its own, and its iterators: a cursor is moved by hand. */
const idb: readonly Cut[] = [/^const readMethods[\s\S]*(?=^export {)/m];

/** Dependencies without what nothing here reaches: 4.7 kB. That each of these is still there is checked. */
const cuts: Readonly<Record<string, readonly Cut[]>> = {
  '/@lit-labs/virtualizer/Virtualizer.js': virtualizer,
  '/@lit-labs/virtualizer/virtualize.js': directive,
  '/@lit-labs/virtualizer/events.js': events,
  '/@lit/reactive-element/css-tag.js': cssTag,
  '/@lit/reactive-element/reactive-element.js': reactiveElement,
  '/lit-element/lit-element.js': litElement,
  '/lit-html/lit-html.js': litHtml,
  '/lit-html/async-directive.js': asyncDirective,
  '/lit-html/directive-helpers.js': directiveHelpers,
  '/lit-html/directives/repeat.js': repeat,
  '/idb/build/index.js': idb,
};

const trim: Plugin = {
  // Vite keeps dependencies until the configuration changes, of which it knows the names of plugins only.
  name: `trim ${createHash('sha256')
    .update(String(Object.values(cuts)))
    .digest('hex')}`,
  enforce: 'pre',
  transform(code, id) {
    const file = Object.keys(cuts).find((name) => id.endsWith(name));
    if (!file) return null;
    const trimmed = cuts[file]?.reduce<string>((text, cut) => {
      const [found, instead] = typeof cut === 'string' || cut instanceof RegExp ? [cut, ''] : cut;
      const shorter = text.replace(found, instead);
      if (shorter === text) throw new Error(`expected ${found} in ${id}`);
      return shorter;
    }, code);
    return { code: trimmed ?? code, map: null };
  },
};

/**
 * linkify-it brings all of Unicode's punctuation along. Links are looked for in runs of ASCII only (`links.ts`), for which
 * these classes say the same.
 */
const asciiClasses: Plugin = {
  name: 'ascii-classes',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith('/uc.micro/build/index.mjs')) return null;
    const classes = { Any: '[^]', Cc: '[\\0-\\x1f\\x7f]', P: '[!-#%-*,-/:;?@[-\\]_{}]', Z: ' ' };
    return Object.entries(classes)
      .map(([name, source]) => `export const ${name} = /${source}/;`)
      .join('\n');
  },
};

/**
 * A private name means something in its own file only, but the minifier numbers all of them in one row. With the same few in
 * every file, one letter is enough, and gzip meets the same text more often: 700 bytes.
 */
const sharedPrivateNames: Plugin = {
  name: 'shared-private-names',
  transform(code, id) {
    if (!id.includes('/src/')) return null;
    const shared = new Map<string, string>();
    let short = '';
    let end = 0;
    new Visitor({
      PrivateIdentifier({ name, ...node }) {
        if (!shared.has(name)) shared.set(name, `#p${shared.size}`);
        short += code.slice(end, node.start) + shared.get(name);
        end = node.end;
      },
    }).visit(this.parse(code));
    return { code: short + code.slice(end), map: null };
  },
};

/** The script tag, and what a frame runs, load the files that lie beside them. */
const besideScript: Plugin = {
  name: 'beside-script',
  enforce: 'pre',
  resolveId(source, importer) {
    return source === './parts.js' && importer ? this.resolve('./parts-beside.js', importer) : null;
  },
};

/** The frame's document and its style, as they stand. */
const frameDocument: Plugin = {
  name: 'frame-document',
  generateBundle() {
    for (const fileName of ['embed.html', 'embed.css']) {
      this.emitFile({ type: 'asset', fileName, source: readFileSync(`${root}src/embed/frame/${fileName}`) });
    }
  },
};

/** In the one file that holds everything emoji are found by their English names: those in ten languages are ten times as much as all else. */
const englishEmoji: Plugin = {
  name: 'english-emoji',
  enforce: 'pre',
  resolveId(source, importer) {
    const isWords = /^\.\/words\/emoji-/.test(source) && !source.endsWith('-en.js');
    return isWords && importer ? this.resolve('./words/emoji-en.js', importer) : null;
  },
};

/** Names of files with elements of their own, see {@link withLit}. */
const ELEMENTS = new Set<string>();

/** What elements are made with, and under which name whoever loads a file hands it over. */
const LIT = ['LitElement', 'css', 'html', 'nothing', 'unsafeCSS'];
const theirs = (word: string) => `${word}ForOnDemand`;

const importOf = (name: string) => {
  if (!Object.hasOwn(files, name)) throw new Error(`expected ./${name}.js among the files that come on demand`);
  const file = `importOnDemand('./harmonychat.${name}.js')`;
  return ELEMENTS.has(name)
    ? `${file}.then((file) => file.default({ ${LIT.map((word) => `${word}: ${theirs(word)}`)} }))`
    : file;
};

/**
 * What comes on demand is a file beside the bundle, built alone. Vite would put 2 kB around each `import()`, and the file would
 * import the bundle again, which under another address (`?v=2`) would be a second one.
 */
const onDemand: Plugin = {
  name: 'on-demand',
  enforce: 'post',
  transform: {
    order: 'pre',
    handler: (code, id) => {
      if (!id.includes('/src/') || !/\bimport\('/.test(code)) return null;
      const here = code.replace(/\bimport\('\.\/(?:[\w-]+\/)?([\w-]+)\.js'\)/g, (_, name) => importOf(name));
      const lit = `import { ${LIT.map((word) => `${word} as ${theirs(word)}`)} } from 'lit';`;
      return { code: here.includes(theirs('html')) ? `${lit}${here}` : here, map: null };
    },
  },
  renderChunk: (code) =>
    code.includes('importOnDemand(') ? { code: code.replaceAll('importOnDemand(', 'import('), map: null } : null,
};

/**
 * There is one Lit on a page: the bundle hands its own to a file that comes on demand and has elements. So the file's code stands
 * in a function, which is what it exports.
 */
const withLit: Plugin = {
  name: 'with-lit',
  renderChunk(code) {
    const lit = /^import \{([^}]*)\} from "lit";\n/m;
    const given = lit.exec(code)?.[1]?.replaceAll(' as ', ': ');
    const exported = /^export \{([^}]*)\};\n?/m.exec(code)?.[1]?.replaceAll(/(\w+) as (\w+)/g, '$2: $1');
    const body = code.replace(lit, '').replace(/^export \{[^}]*\};\n?/m, '');
    const isKnown = given?.split(',').every((name) => LIT.includes(name.replace(/:.*/, '').trim()));
    if (!isKnown || !exported || /^(import|export)\b/m.test(body)) {
      throw new Error(`expected a file that imports ${LIT} and nothing else, and exports names`);
    }
    return { code: `export default ({${given}}) => {\n${body}\nreturn {${exported}};\n};`, map: null };
  },
};

/**
 * The app is a module of its own, for pages that have no other chat: it loads the bundle, unless that is there, and takes from it
 * what there must be one of on a page. Lit's base class is below the window's; what its templates and styles come down to, the
 * other names of Lit used here, is little.
 */
const fromBundle: Plugin = {
  name: 'from-bundle',
  enforce: 'pre',
  resolveId: (id) => {
    if (id === 'lit' || /\/(define|chat-window-options)\.js$/.test(id)) return `\0bundle:${id.replace(/.*\//, '')}`;
    return null;
  },
  load: (id) => BUNDLED[id.replace('\0bundle:', '')] ?? null,
};

const BUNDLED: Readonly<Record<string, string>> = {
  'define.js': `if (!customElements.get('chat-window')) await importOnDemand('./harmonychat.bundle.js');`,
  'chat-window-options.js': `
    import '/src/define.js';
    export const ChatWindowOptions = Object.getPrototypeOf(customElements.get('chat-window'));`,
  lit: `
    export const html = (strings, ...values) => ({ _$litType$: 1, strings, values });
    export const nothing = Symbol.for('lit-nothing');
    class Style {
      constructor(cssText) {
        this.cssText = cssText;
      }
      get styleSheet() {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(this.cssText);
        return sheet;
      }
    }
    const textOf = (value) => value.cssText ?? value;
    export const css = ([first, ...rest], ...values) =>
      new Style(rest.reduce((text, part, n) => text + textOf(values[n]) + part, first));
    export const unsafeCSS = (text) => new Style(text);`,
};

/** In a chunk with what else it shares, the component of the app would be kept by bundlers where nobody uses it, and the app with it. */
const apart: Plugin = {
  name: 'apart',
  enforce: 'pre',
  resolveId: (id, importer) =>
    id === './chat-app.js' && importer?.endsWith('/src/react/index.ts')
      ? { id: './react-app.js', external: 'relative' }
      : null,
};

/** For applications with a bundler: the dependencies stay imports. */
const modules: InlineConfig = {
  plugins: [compactTemplates, emojiWords, apart],
  build: {
    target,
    sourcemap: true,
    copyPublicDir: false,
    minify: false,
    lib: {
      entry: {
        index: 'src/index.ts',
        client: 'src/client/index.ts',
        app: 'src/app/index.ts',
        launcher: 'src/embed/index.ts',
        frame: 'src/embed/frame/index.ts',
        react: 'src/react/index.ts',
        'react-app': 'src/react/chat-app.ts',
      },
      formats: ['es'],
    },
    rolldownOptions: {
      external: [/^lit($|\/)/, /^@lit(-labs)?\//, 'idb', 'linkify-it', 'react'],
      output: { chunkFileNames: 'shared/[name].js' },
    },
  },
};

/** For a page without a bundler: minified ES modules. Not `lib`, which would leave the whitespace in. */
function minified(name: string, entry: string, plugins: Plugin[], external: string[] = []): InlineConfig {
  return {
    plugins,
    // Which the minifier writes as `1/0`.
    define: { 'Number.POSITIVE_INFINITY': 'Infinity' },
    build: {
      target,
      // Beside the file, not named in it: for whoever looks for it.
      sourcemap: 'hidden',
      copyPublicDir: false,
      emptyOutDir: false,
      modulePreload: false,
      // A twentieth smaller than with the built-in one. Names that begin with `_` and a letter are the virtualizer's
      // private ones, those with `_$C` to `_$E`, and some with `_$A`, Lit's: not those by which several copies of Lit know each
      // other.
      minify: 'terser',
      terserOptions: {
        module: true,
        ecma: 2020,
        compress: {
          passes: 3,
          lhs_constants: false,
          inline: 1,
          keep_fargs: false,
          pure_getters: true,
          unsafe_arrows: true,
          unsafe_comps: true,
        },
        mangle: { properties: { regex: /^_([a-z]|\$[C-E]|\$A[CDEKLV]$)/ } },
        format: { comments: false },
      },
      license: { fileName: `${name === 'harmonychat.bundle' ? '' : `${name}.`}LICENSES.txt` },
      rolldownOptions: {
        input: { [name]: entry },
        external,
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  };
}

const LANGUAGES = ['zh-CN', 'zh-TW', 'ja', 'ko', 'de', 'fr', 'es', 'pt-BR', 'ru', 'ar', 'he'];
/** Of which emojibase-data knows the names of emoji. */
const EMOJI_LANGUAGES = ['en', 'zh', 'zh-hant', 'ja', 'ko', 'de', 'fr', 'es', 'pt', 'ru'];

/** What comes on demand, by its name: what to build, and with what. */
const files: Readonly<Record<string, InlineConfig>> = {
  ...elements('rich-text', 'src/components/bubbles/rich-text.ts', [asciiClasses]),
  ...elements('rich-types', 'src/components/bubbles/rich-types.ts'),
  ...elements('image-viewer', 'src/components/bubbles/image-viewer.ts'),
  ...elements('session-ended', 'src/components/session-ended.ts'),
  ...elements('list-tools', 'src/components/transcript/list-tools.ts'),
  ...elements('composer-tools', 'src/components/composer/composer-tools.ts'),
  ...elements('connection-strip', 'src/components/connection-strip.ts'),
  ...onDemandFile('missed', 'src/store/missed.ts', []),
  ...onDemandFile('device', 'src/store/device.ts', [trim, sharedPrivateNames]),
  ...onDemandFile('looks', 'src/components/looks.ts', []),
  ...onDemandFile('attention', 'src/components/attention.ts'),
  ...onDemandFile('views', 'src/components/views.ts'),
  ...onDemandFile('talk', 'src/tabs/talk.ts', []),
  ...onDemandFile('storage-lease', 'src/tabs/storage-lease.ts'),
  ...onDemandFile('outbox-keeper', 'src/client/outbox-keeper.ts'),
  ...elements('chat-emoji', 'src/components/composer/chat-emoji.ts'),
  ...Object.assign({}, ...EMOJI_LANGUAGES.map((tag) => wordsFile(tag))),
  ...Object.assign({}, ...LANGUAGES.map((tag) => onDemandFile(tag, `src/locales/${tag}.ts`, []))),
  ...onDemandFile('frame', 'src/embed/frame/frame.ts', [besideScript, frameDocument, sharedPrivateNames]),
  ...onDemandFile('panel', 'src/embed/panel/panel.ts', [compactTemplates, sharedPrivateNames]),
  ...scriptFile('harmonychat', [besideScript, compactTemplates, sharedPrivateNames]),
  ...scriptFile('harmonychat.all', [
    ...[plainProperties, compactTemplates, trim, asciiClasses, emojiWords, englishEmoji, sharedPrivateNames],
  ]),
  ...onDemandFile('app', 'src/app/index.ts', [
    ...[fromBundle, plainProperties, compactTemplates, sharedPrivateNames, onDemand],
  ]),
  ...Object.assign({}, ...LANGUAGES.map((tag) => onDemandFile(`app-${tag}`, `src/app/texts/app-${tag}.ts`, []))),
};

function onDemandFile(name: string, entry: string, plugins: Plugin[] = [sharedPrivateNames]) {
  return { [name]: minified(`harmonychat.${name}`, entry, plugins) };
}

/** The script tag, alone or with everything: a classic script. */
function scriptFile(name: string, plugins: Plugin[]) {
  const { build, ...file } = minified(name, 'src/embed/loader.ts', plugins);
  const rolldownOptions = {
    ...build?.rolldownOptions,
    output: { ...build?.rolldownOptions?.output, format: 'iife' as const },
  };
  return { [name]: { ...file, build: { ...build, rolldownOptions } } };
}

function wordsFile(tag: string) {
  const { build, ...file } = minified(`harmonychat.emoji-${tag}`, `src/components/composer/words/emoji-${tag}.ts`, [
    emojiWords,
  ]);
  // A map of data leads nowhere.
  return { [`emoji-${tag}`]: { ...file, build: { ...build, sourcemap: false } } };
}

/** A file with elements, or templates. */
function elements(name: string, entry: string, plugins: Plugin[] = []) {
  ELEMENTS.add(name);
  const all = [plainProperties, compactTemplates, ...plugins, onDemand, withLit];
  return { [name]: minified(`harmonychat.${name}`, entry, all, ['lit']) };
}

/** The files that come on demand stand beside the bundle, wherever that is built. */
function beside(): Plugin {
  let outDir = '';
  return {
    name: 'beside',
    configResolved: (config) => {
      outDir = config.build.outDir;
    },
    closeBundle: async () => {
      for (const file of Object.values(files)) {
        await build({ ...file, configFile: false, logLevel: 'warn', build: { ...file.build, outDir } });
      }
    },
  };
}

const bundle = minified('harmonychat.bundle', 'src/bundle.ts', [
  plainProperties,
  compactTemplates,
  trim,
  sharedPrivateNames,
  onDemand,
  beside(),
]);

/** Property tests on a busy machine take their time; none of them measures it. Projects do not inherit it: each names it. */
const testTimeout = 60_000;

const setupFiles = ['test/support/on-demand.ts'];

const unitTests: ViteUserConfig = {
  test: {
    // On two processors there would be one.
    maxWorkers: '100%',
    allowOnly: false,
    dangerouslyIgnoreUnhandledErrors: false,
    // Said once per test file by the development build of Lit, which is the one that checks most: that it is one, and that a
    // window connects, and shows that it does, after it was drawn.
    onConsoleLog: (text) => !/Lit is in dev mode|change-in-update/.test(text),
    // `npm run coverage` runs the tests of these three layers alone: what others happen to touch is not tested by that.
    coverage: {
      provider: 'v8',
      include: ['src/protocol/**', 'src/client/**', 'src/tabs/**'],
      reporter: ['text'],
      thresholds: {
        'src/{protocol,client}/**': { lines: 100, branches: 95 },
        'src/tabs/**': { lines: 99, branches: 93 },
      },
    },
    projects: [
      {
        plugins: [emojiWords],
        test: {
          name: 'node',
          testTimeout,
          setupFiles,
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.dom.test.ts'],
        },
      },
      {
        plugins: [emojiWords],
        // Left to Node, lit would be its server-side build.
        resolve: { conditions: ['module', 'browser', 'development'] },
        test: {
          name: 'dom',
          testTimeout,
          setupFiles,
          include: ['test/**/*.dom.test.ts'],
          environment: 'happy-dom',
          server: { deps: { inline: [/\/node_modules\/@?lit/] } },
        },
      },
    ],
  },
};
