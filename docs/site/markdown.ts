import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import css from 'highlight.js/lib/languages/css';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import nginx from 'highlight.js/lib/languages/nginx';
import xml from 'highlight.js/lib/languages/xml';
import { Marked, Renderer, type Token } from 'marked';

for (const [name, language] of Object.entries({ bash, css, java, javascript, json, nginx, xml })) {
  hljs.registerLanguage(name, language);
}

export interface Heading {
  readonly depth: number;
  readonly id: string;
  /** Without markup. */
  readonly text: string;
}

export interface Rendered {
  readonly html: string;
  readonly headings: readonly Heading[];
}

/** @param address What a link or a picture of the document becomes on the site. */
export function render(markdown: string, address: (href: string) => string): Rendered {
  const headings: Heading[] = [];
  const marked = new Marked({
    walkTokens: (token) => {
      if (token.type === 'text') token['text'] = joinedHan(token['text']);
    },
    renderer: {
      heading({ tokens, depth }) {
        const text = plainText(tokens);
        const id = unusedId(text, headings);
        headings.push({ depth, id, text });
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link(token) {
        return Renderer.prototype.link.call(this, { ...token, href: address(token.href) });
      },
      image(token) {
        return Renderer.prototype.image.call(this, { ...token, href: address(token.href) });
      },
      // Wide ones scroll by themselves, and keys must reach them.
      table(token) {
        const label = escapeHtml(plainText(token.header.flatMap(({ tokens }) => [...tokens, SPACE])).trim());
        const table = Renderer.prototype.table.call(this, token);
        return `<div class="table" role="region" tabindex="0" aria-label="${label}">${table}</div>\n`;
      },
      code({ text, lang = '' }) {
        const known = hljs.getLanguage(lang) && hljs.highlight(text, { language: lang }).value;
        return `<pre tabindex="0"><code>${known || escapeHtml(text)}\n</code></pre>\n`;
      },
    },
  });
  return { html: marked.parse(markdown, { async: false }), headings };
}

const SPACE: Token = { type: 'text', raw: ' ', text: ' ' };

/** A row of a table of options: an attribute, in the middle what else it is, its meaning, its default. */
export type OptionRow = readonly string[];

/** Headings of README's chapters, in both languages, whose first table tells of the attributes of these. */
const CHAPTERS = { window: ['`<chat-window>`'], tag: ['The script tag', '一行脚本'] };

/** The options as README tells them, one row an attribute: cells as HTML, the first one the attribute's bare name. */
export function optionRows(
  markdown: string,
  of: keyof typeof CHAPTERS,
  address: (href: string) => string,
): OptionRow[] {
  const marked = new Marked({
    renderer: {
      link(token) {
        return Renderer.prototype.link.call(this, { ...token, href: address(token.href) });
      },
    },
  });
  const tokens = marked.lexer(markdown);
  const start = tokens.findIndex((token) => token.type === 'heading' && CHAPTERS[of].includes(token.text));
  const table = tokens.slice(start + 1).find(({ type }) => type === 'table' || type === 'heading');
  if (start < 0 || table?.type !== 'table')
    throw new Error(`expected a table below the heading ${CHAPTERS[of].join(' or ')}`);
  const rows = (table as { rows: { text: string; tokens: Token[] }[][] }).rows;
  return rows
    .map(([name, ...cells]) => [
      plainText(name?.tokens ?? []),
      ...cells.map(({ tokens: inline }) => marked.parseInline(inline.map(({ raw }) => raw).join(''), { async: false })),
    ])
    .filter(([name]) => name !== '');
}

/** Chinese has no spaces, which a line break in the file would become. */
function joinedHan(text: string): string {
  return text.replace(/(?<=[\p{Script=Han}，。、；：！？）」])\n(?=[\p{Script=Han}（「])/gu, '');
}

/** As GitHub makes them, so that a link leads to the same heading there and here. */
function unusedId(text: string, taken: readonly Heading[]): string {
  const slug = text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
  const isTaken = (id: string) => taken.some((heading) => heading.id === id);
  let id = slug;
  for (let n = 1; isTaken(id); n++) id = `${slug}-${n}`;
  return id;
}

function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => ('tokens' in token && token.tokens ? plainText(token.tokens) : 'text' in token ? token.text : ''))
    .join('');
}

export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (char) => entities[char] ?? char);
}
