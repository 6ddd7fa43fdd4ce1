import { posix } from 'node:path';
import { documents, type Language, pageName } from './documents.js';
import { optionRows, render } from './markdown.js';
import { playgroundHtml } from './playground-page.js';
import { playgroundTexts } from './playground-texts.js';
import { pageHtml } from './template.js';

export interface Site {
  /** HTML by the name of its file. */
  readonly pages: ReadonlyMap<string, string>;
  /** Files of the repository that pages show or link to, by their name on the site. */
  readonly files: ReadonlyMap<string, string>;
}

const PLAYGROUND = 'playground';
const LANGUAGES: readonly Language[] = ['en', 'zh-CN'];

/** @param root The repository's folder; ends with a slash. */
export function site(root: string): Site {
  const all = documents(root);
  const files = new Map([['LICENSE.txt', 'LICENSE']]);
  const pageOf = new Map(all.map(({ file, page }) => [file, page]));

  /** Links between documents become links between pages; other files come along. */
  const addressFrom = (file: string) => (href: string) => {
    if (/^[a-z]+:/i.test(href) || href.startsWith('#')) return href;
    const [path = '', hash] = href.split('#');
    const target = posix.normalize(posix.join(posix.dirname(file), path));
    const page = pageOf.get(target);
    if (page) return hash === undefined ? page : `${page}#${hash}`;
    const name = target === 'LICENSE' ? 'LICENSE.txt' : `assets/${posix.basename(target)}`;
    files.set(name, target);
    return name;
  };

  const rendered = all.map((document) => ({
    ...document,
    ...render(document.markdown, addressFrom(document.file)),
  }));
  const titles = new Map(rendered.map(({ page, headings }) => [page, headings[0]?.text ?? page]));
  const pages = new Map<string, string>();
  for (const { topic, language, page, html: content, headings } of rendered) {
    const languages = all.filter((other) => other.topic === topic).map((other) => other.language);
    const title = titles.get(page) ?? topic;
    pages.set(page, pageHtml({ topic, language, title, content, headings, languages }, all, titles));
  }
  for (const language of LANGUAGES) {
    const readme = all.find((document) => document.topic === 'index' && document.language === language);
    if (!readme) throw new Error(`expected a README in ${language}`);
    const address = addressFrom(readme.file);
    // From another page, a section of README is one of the first page's.
    const options = (of: 'window' | 'tag') =>
      optionRows(readme.markdown, of, (href) => (href.startsWith('#') ? readme.page + href : address(href)));
    const page = {
      ...{ topic: PLAYGROUND, language, title: playgroundTexts[language].title, languages: LANGUAGES },
      ...{ content: playgroundHtml(language, options('window'), options('tag')), script: 'playground.js' },
    };
    pages.set(pageName(PLAYGROUND, language), pageHtml(page, all, titles));
  }
  return { pages, files };
}
