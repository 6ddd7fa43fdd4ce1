import type { Plugin } from 'vite';

/** What is cut out of a file: text that has to be there, or that and what stands there instead. */
type Cut = string | RegExp | readonly [string | RegExp, string];

/** A statement or a member of a class, at whatever depth, from these words to the brace that closes it. */
const block = (words: string, instead = '') =>
  [new RegExp(`^( *)${words}.*{\\n[\\s\\S]*?^\\1}\\n`, 'm'), instead && `$1${instead}\n`] as const;

/** The lines on which one of these is set, or does something. */
const lines = (...names: string[]) => new RegExp(`^ *this\\.(${names.join('|')})\\b(?!\\) {).*;\\n`, 'gm');

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
  block('async updateLayoutConfig', 'async updateLayoutConfig() { await this._layoutInitialized; }'),
  block(
    'async _initLayout',
    `async _initLayout({ type }) {
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
];

/**
 * Lit as the elements use it: without hooks for polyfills and hydration, controllers, initializers and metadata of decorators,
 * converters but for text and yes-or-no, accessors written by hand, defaults that are not reflected, warnings for developers;
 * and in constructable style sheets, which every browser of the target has.
 */
const reactiveElement: readonly Cut[] = [
  'p=a.reactiveElementPolyfillSupport,',
  ',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2")',
  'Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;',
  'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
  'static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}',
  ',void 0!==t.l&&(this.l=[...t.l])',
  ',this.constructor.l?.forEach(t=>t(this))',
  /addController\(t\){.*?(?=_\$E_\(\))/,
  /,this\._\$EO\?\.forEach\(t=>t\.host\w+\?\.\(\)\)/g,
  /this\._\$EO\?\.forEach\(t=>t\.host\w+\?\.\(\)\),?/g,
  'c=a.trustedTypes,l=c?c.emptyScript:"",',
  ['t?l:null', 't?"":null'],
  'break;case Object:case Array:t=null==t?t:JSON.stringify(t)',
  /break;case Number:i=.*?i=null}(?=}return i)/,
  [
    'const{get:e,set:r}=h(this.prototype,t)??{get(){return this[s]},set(t){this[s]=t}};return{get:e,set(s){const h=e?.call(this);r?.call(this,s),this.requestUpdate(t,h,i)}',
    'return{get(){return this[s]},set(e){const h=this[s];this[s]=e,this.requestUpdate(t,h,i)}',
  ],
  ',this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0)',
  /const t=this\.constructor\.elementProperties;if\(t\.size>0\)for\(const\[s,i\]of t\){const{wrapped:t}=i.*?}(?=}let t=!1)/,
  ['||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))', ''],
  [/C\(t,s,{useDefault:i,reflect:e,wrapped:h},r\){.*?\|\|\(/, 'C(t,s,{reflect:e}){('],
  ['(this.hasUpdated||i||(s=void 0)', '(this.hasUpdated||(s=void 0)'],
  ['this[e]=r??this._$Ej?.get(e)??r', 'this[e]=r'],
];

const cssTag: readonly Cut[] = [
  [/(const \w+=globalThis,\w+)=[^,]*"replace"in CSSStyleSheet\.prototype/, '$1=!0'],
  'if(this._$cssResult$=!0,o!==s)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");',
  [/\(t=>{if\(!0===t\._\$cssResult\$\)return.*?}\)\(s\)/, '(s.cssText??s)'],
];

const litElement: readonly Cut[] = [
  ',s.litElementHydrateSupport?.({LitElement:i})',
  'const o=s.litElementPolyfillSupport;o?.({LitElement:i});',
  /\(s\.litElementVersions.*?;/,
  /const n={.*?};/,
  ',n as _$LE',
];

const litHtml: readonly Cut[] = [/,B=t\.litHtmlPolyfillSupport;.*?;/, [/const j={.*?}(?=const D=)/, 'const j={I:k};']];

const directive: readonly Cut[] = [
  /^export { virtualizerRef }.*\n/m,
  /^export const default.*\n/gm,
  /^ *this\._(renderItem|keyFunction) = .*default.*\n/gm,
  block('if \\(part\\.type'),
  'const compatible = ',
  block('if \\(!compatible'),
  /^ *if \(this\._virtualizer\) {\n *this\._virtualizer\.disconnected\(\);\n *}\n/m,
];

/** Dependencies without what nothing here reaches. That each of these is still there is checked, as of these very versions. */
const cuts: Readonly<Record<string, readonly Cut[]>> = {
  '/@lit-labs/virtualizer/Virtualizer.js': virtualizer,
  '/@lit-labs/virtualizer/virtualize.js': directive,
  '/lit-element/lit-element.js': litElement,
  '/lit-html/lit-html.js': litHtml,
  '/@lit/reactive-element/css-tag.js': cssTag,
  '/@lit/reactive-element/reactive-element.js': reactiveElement,
};

export const trim: Plugin = {
  name: 'trim',
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
