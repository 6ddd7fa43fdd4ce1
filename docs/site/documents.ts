import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

export type Language = 'en' | 'zh-CN';

/** A Markdown file of the repository that becomes a page. */
export interface SiteDocument {
  /** From the root of the repository on. */
  readonly file: string;
  readonly markdown: string;
  /** Name of the page; all stand in one folder, so that the site works below any path. */
  readonly page: string;
  readonly language: Language;
  /** The same for all languages. */
  readonly topic: string;
}

/** First in the navigation, in this order; the others follow by name. */
const ORDER = ['index', 'server', 'support', 'messages', 'theming', 'accessibility', 'troubleshooting'];

/** README, the documents in `docs/` and the changelog, in all languages. */
export function documents(root: string): SiteDocument[] {
  const inDocs = readdirSync(`${root}docs`).filter((name) => name.endsWith('.md'));
  const files = ['README.md', 'README.zh-CN.md', ...inDocs.map((name) => `docs/${name}`), 'CHANGELOG.md'];
  const place = (topic: string) => [ORDER.indexOf(topic) + 1 || ORDER.length + 1, Number(topic === 'changelog')];
  return files
    .map((file) => {
      const [, name = '', tag] = /^(.*?)(\.zh-CN)?\.md$/.exec(basename(file)) ?? [];
      const topic = name === 'README' ? 'index' : name.toLowerCase();
      const language: Language = tag ? 'zh-CN' : 'en';
      const markdown = readFileSync(root + file, 'utf8');
      return { file, markdown, page: pageName(topic, language), language, topic };
    })
    .sort((a, b) => {
      const [mine = 0, last = 0] = place(a.topic);
      const [theirs = 0, theirLast = 0] = place(b.topic);
      return last - theirLast || mine - theirs || a.file.localeCompare(b.file);
    });
}

export function pageName(topic: string, language: Language): string {
  return `${topic}${language === 'en' ? '' : `.${language}`}.html`;
}
