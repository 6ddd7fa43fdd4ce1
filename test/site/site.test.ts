import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { controls, given, groups } from '../../docs/site/controls.js';
import { documents } from '../../docs/site/documents.js';
import { optionRows, render } from '../../docs/site/markdown.js';
import { site } from '../../docs/site/site.js';
import { snippets } from '../../docs/site/snippets.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { pages, files } = site(root);
/** From `public/`, and what the builds put beside the pages. */
const built = ['site.css', 'playground.js', 'harmonychat.js'];
const beside = (name: string) => existsSync(`${root}public/${name}`) || built.includes(name);

/** Links and pictures of a page, as they are written. */
const addresses = (html: string) => [...html.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, address = '']) => address);
const ids = (html: string) => [...html.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);

/** What is wrong with an address that stands on a page. */
function deadEnd(page: string, address: string): string[] {
  if (/^(https?|mailto):/.test(address)) return [];
  const [name = '', hash] = address.split('#');
  const html = pages.get(name || page);
  if (!html) return files.has(name) || beside(name) ? [] : [`${page}: no file ${address}`];
  return hash === undefined || ids(html).includes(decodeURIComponent(hash)) ? [] : [`${page}: no place ${address}`];
}

describe('the site', () => {
  it('has a page for each document, in its language, and the playground in both', () => {
    expect([...pages.keys()]).toEqual(
      expect.arrayContaining(['index.html', 'index.zh-CN.html', 'messages.html', 'changelog.html', 'playground.html']),
    );
    expect(pages.size).toBe(documents(root).length + 2);
    expect(pages.get('index.zh-CN.html')).toContain('<html lang="zh-CN">');
    expect(pages.get('playground.zh-CN.html')).toContain('<html lang="zh-CN">');
  });

  it.each([...pages])('%s leads nowhere in vain', (page, html) => {
    expect(addresses(html).length).toBeGreaterThan(5);
    expect(addresses(html).flatMap((address) => deadEnd(page, address))).toEqual([]);
  });

  it('notices a dead link and a dead anchor', () => {
    expect(deadEnd('index.html', 'nothing.html')).toEqual(['index.html: no file nothing.html']);
    expect(deadEnd('index.html', '#nothing')).toEqual(['index.html: no place #nothing']);
    expect(deadEnd('messages.html', 'index.html#what-was-missed')).toEqual([]);
  });

  it('shows only files that are in the repository', () => {
    expect([...files.values()].filter((file) => !existsSync(root + file))).toEqual([]);
    expect(files.get('assets/screenshot.png')).toBe('docs/screenshot.png');
  });

  it.each([...pages])('%s bears its strict policy: no style or script within, every address its own', (_, html) => {
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<style| style="| on\w+="|<script(?! (type="module"|async) src=)/);
    expect(addresses(html).filter((address) => /^(\/|https?:.*\.(js|css|png|jpg|svg)$)/.test(address))).toEqual([]);
    expect(ids(html)).toEqual([...new Set(ids(html))]);
  });

  it('offers the other language where there is one, and says where a document has none', () => {
    expect(pages.get('index.html')).toContain('class="language" href="index.zh-CN.html" lang="zh-CN"');
    expect(pages.get('theming.html')).not.toContain('class="language"');
    expect(pages.get('index.zh-CN.html')).toContain('<a href="theming.html" lang="en" hreflang="en">');
  });
});

describe('a document', () => {
  const html = (markdown: string) => render(markdown, (href) => `to:${href}`).html;

  it('has headings with the ids that GitHub gives them', () => {
    const { headings } = render(
      '# `<chat-window>`\n\n## 多个标签页，与保存\n\n## A, b & c!\n\n## A, b & c!',
      (href) => href,
    );
    expect(headings.map(({ id }) => id)).toEqual(['chat-window', '多个标签页与保存', 'a-b--c', 'a-b--c-1']);
    expect(headings[0]?.text).toBe('<chat-window>');
  });

  it('has its links and pictures where the site has them, and tables that scroll by themselves', () => {
    expect(html('[a](b.md) ![c](d.png)')).toContain('<a href="to:b.md">a</a> <img src="to:d.png" alt="c">');
    expect(html('| a `b` | c |\n| - | - |\n| d | e |')).toMatch(
      /^<div class="table" role="region" tabindex="0" aria-label="a b c"><table>/,
    );
  });

  it('joins Chinese lines without a space, others with one', () => {
    expect(html('消息一进入\n队列。\n然后\nthe next\nline')).toBe('<p>消息一进入队列。然后\nthe next\nline</p>\n');
  });

  it('shows code as what it is', () => {
    expect(html('```html\n<b title="x">&amp;</b>\n```')).toContain('<span class="hljs-name">b</span>');
    expect(html('```\n<b>&amp;\n```')).toContain('<code>&lt;b&gt;&amp;amp;\n</code>');
  });
});

describe('the playground', () => {
  const readmes = documents(root).filter(({ topic }) => topic === 'index');
  const rows = (markdown: string) =>
    (['window', 'tag'] as const).flatMap((of) => optionRows(markdown, of, (href) => href));
  const attributes = (markdown: string) => rows(markdown).map(([name]) => name);

  it.each(readmes.map(({ language, page, markdown }) => [language, page.replace('index', 'playground'), markdown]))(
    'has a field for each attribute that README tells of (%s)',
    (_, page, markdown) => {
      const names = attributes(markdown);
      expect(names).toEqual(expect.arrayContaining(['server-url', 'theme', 'notifications', 'position']));
      const fields = [...(pages.get(page) ?? '').matchAll(/id="attribute-([\w-]+)" name="([\w-]+)"/g)];
      expect(fields.map(([, id]) => id).sort()).toEqual([...names].sort());
      expect(fields.every(([, id, name]) => id === name)).toBe(true);
      const known = [...Object.keys(controls), ...Object.keys(given.en), ...groups.look, ...groups.who];
      expect(known.filter((name) => !names.includes(name))).toEqual([]);
    },
  );

  it('offers the choices that README names', () => {
    const [english] = readmes;
    const told = new Map(rows(english?.markdown ?? '').map(([name, ...cells]) => [name, cells]));
    for (const [name, choices] of Object.entries(controls)) {
      if (!Array.isArray(choices)) continue;
      const [meaning, standard] = told.get(name)?.slice(-2) ?? [];
      for (const choice of choices) expect(`${meaning}`, `${name}="${choice}"`).toContain(choice);
      if (choices[0]) expect(standard).toContain(choices[0]);
    }
  });

  it('writes a snippet that says nothing but text', () => {
    const attributes = new Map([
      ['heading', '"<&>'],
      ['show-user-id', ''],
    ]);
    expect(snippets.element(attributes)).toContain('\n  heading="&quot;&lt;&amp;>"\n  show-user-id\n></chat-window>');
    expect(snippets.script(attributes)).toContain(
      'data-heading="&quot;&lt;&amp;>"\n        data-show-user-id=""></script>',
    );
  });
});
