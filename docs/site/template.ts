import { type Language, pageName, type SiteDocument } from './documents.js';
import { escapeHtml, type Heading } from './markdown.js';

/** What the frame of a page says. */
const words = {
  en: {
    skip: 'Skip to the content',
    documents: 'Documents',
    index: 'Overview',
    playground: 'Playground',
    tryIt: 'Try it in the playground',
    description: 'HarmonyChat for the web: an IM chat on any page, over the MobileIMSDK protocol.',
    footer: 'Apache-2.0. HarmonyOS, MobileIMSDK and WeChat are marks of their owners.',
    licence: 'Licence',
  },
  'zh-CN': {
    skip: '跳到正文',
    documents: '文档',
    index: '概览',
    playground: '试用',
    tryIt: '在线试用',
    description: 'HarmonyChat 网页版：让任何网页都能聊天，基于 MobileIMSDK 协议。',
    footer: 'Apache-2.0。HarmonyOS、MobileIMSDK、微信是其各自所有者的商标。',
    licence: '许可',
  },
} as const;

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '中文' };

/** The playground answers itself: it needs no connection at all. */
const POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none'",
  "form-action 'none'; require-trusted-types-for 'script'; trusted-types lit-html",
].join('; ');

export interface Page {
  readonly topic: string;
  readonly language: Language;
  readonly title: string;
  /** The page as HTML, without its frame. */
  readonly content: string;
  readonly headings?: readonly Heading[];
  /** Module script of the page, which has the script tag too, its launcher hidden. */
  readonly script?: string;
  /** Languages in which there is a page on the topic. */
  readonly languages: readonly Language[];
}

/** A whole page: the only template of the site. */
export function pageHtml(page: Page, all: readonly SiteDocument[], titles: ReadonlyMap<string, string>): string {
  const { topic, language, title, content, headings = [], script, languages } = page;
  const text = words[language];
  const here = (other: string) => (other === topic ? ' aria-current="page"' : '');
  const sections = headings.filter(({ depth }) => depth === 2);
  const toc = sections.length < 2 ? '' : `<ul class="sections">${sections.map(sectionLink).join('')}</ul>`;
  const entries = [...new Set(all.map((document) => document.topic))].map((other) => {
    const inLanguage = all.find((document) => document.topic === other && document.language === language);
    const target = inLanguage ?? all.find((document) => document.topic === other);
    if (!target) return '';
    const label = other === 'index' ? text.index : shortTitle(titles.get(target.page) ?? other);
    const foreign = target.language === language ? '' : ` lang="${target.language}" hreflang="${target.language}"`;
    const link = `<a href="${target.page}"${foreign}${here(other)}>${escapeHtml(label)}</a>`;
    return `<li>${link}${other === topic ? toc : ''}</li>`;
  });
  const others = languages
    .filter((other) => other !== language)
    .map((tag) => `<a class="language" href="${pageName(topic, tag)}" lang="${tag}">${LANGUAGE_NAMES[tag]}</a>`);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escapeHtml(text.description)}">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(topic === 'index' ? title : `${title} – HarmonyChat`)}</title>
<link rel="icon" href="logo.svg" type="image/svg+xml">
<link rel="stylesheet" href="site.css">
${script ? `<script async src="harmonychat.js" data-hidden></script>\n<script type="module" src="${script}"></script>\n` : ''}</head>
<body class="${topic}">
<a class="skip" href="#content">${text.skip}</a>
<header class="site">
<a class="brand" href="${pageName('index', language)}"><img src="logo.svg" alt="" width="28" height="28"><span>HarmonyChat</span></a>
<div class="links">${others.join('')}<a class="button" href="${pageName('playground', language)}"${here('playground')}>${text.playground}</a></div>
</header>
<div class="columns">
<nav class="documents" aria-label="${text.documents}"><ul>${entries.join('')}</ul></nav>
<main id="content" tabindex="-1">
${topic === 'index' ? withInvitation(content, text.tryIt, language) : content}</main>
</div>
<footer class="site"><p>${escapeHtml(text.footer)} <a href="LICENSE.txt">${text.licence}</a></p></footer>
</body>
</html>
`;
}

function sectionLink({ id, text }: Heading): string {
  return `<li><a href="#${encodeURIComponent(id)}">${escapeHtml(text)}</a></li>`;
}

/** "Messages: what travels in each type" is long for a list. */
function shortTitle(title: string): string {
  return title.split(/[:：]/)[0] ?? title;
}

/** Above the picture, the way to a chat that works. The line with the other language says what the header says. */
function withInvitation(content: string, tryIt: string, language: Language): string {
  const button = `<p><a class="button" href="${pageName('playground', language)}">${tryIt}</a></p>\n`;
  return content.replace(/<p><a href="index[^"]*">[^<]*<\/a><\/p>\n/, '').replace(/(?=<p><img )/, button);
}
