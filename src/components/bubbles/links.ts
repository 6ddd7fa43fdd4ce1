import { LinkifyIt, type Match } from 'linkify-it';
import { phoneLinks } from './phone-numbers.js';

/** A piece of a message: plain text, or text that is a link. The texts of all tokens, joined, are the message. */
export type LinkToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

/** A link's place in a text. */
export interface LinkSpan {
  readonly start: number;
  readonly end: number;
  readonly href: string;
}

/**
 * Links are looked for in runs of visible ASCII: Chinese writes on without a space, and what follows a URL there is not part of
 * it. Longer runs are not looked at, which bounds the time that hostile text can cost for each of its characters.
 */
const RUN = /[\x21-\x7e]+/g;
const LONGEST_RUN = 2048;

/** Nobody writes this many links; a message that does must not fill the document with elements. */
const MOST_TOKENS = 400;

const TELEPHONE = /\+?\d(?:[().-]?\d){2,19}(?![\w@])/y;

/** It also finds ftp and scheme-relative addresses; {@link hrefOf} is where schemes are let through. */
const linkify = new LinkifyIt({ fuzzyLink: true, maxLength: LONGEST_RUN }).add('tel:', {
  validate: (run, at) => lengthAt(TELEPHONE, run, at),
});

/** Without "www." or a scheme only these count; elsewhere "read.me", "main.rs" and "see you.in" would be links. */
const BARE_DOMAIN =
  /^[^/?#]*\.(?:com|net|org|edu|gov|info|cn|hk|tw|jp|kr|sg|uk|de|fr|eu|io|dev|app)(?::\d+)?(?:[/?#]|$)/i;

/**
 * A letter next to a run that continues its word: of "раypal.com", begun with two Cyrillic letters, "ypal.com" is no link. Only
 * of scripts with capital and small letters: others put no space between words (Chinese, Thai), or have nothing that looks alike.
 */
const LETTER = '[\\p{Lu}\\p{Ll}\\p{M}\\p{N}]';
/** Invisible characters join too. */
const WORD_BEFORE = new RegExp(`(?:[\\w.]\\p{Cf}{1,9}|${LETTER}\\p{Cf}{0,9})$`, 'u');
const WORD_AFTER = new RegExp(`\\p{Cf}{1,9}[\\w.]|\\p{Cf}{0,9}${LETTER}`, 'uy');

/**
 * Splits a message into text and links: web addresses ("www." and well-known bare domains become https), e-mail addresses and
 * telephone numbers. Only http, https, mailto and tel, and no address with a user name or password in it. The time is linear
 * in the length of the text.
 */
export function linkTokens(text: string): readonly LinkToken[] {
  const addresses = [...text.matchAll(RUN)].flatMap(({ 0: run, index }) => addressesIn(run, text, index));
  // At the same place the address comes first and wins over the number: the sort is stable.
  const spans = [...addresses, ...phoneLinks(text)].sort((one, other) => one.start - other.start);
  const tokens: LinkToken[] = [];
  let done = 0;
  for (const { start, end, href } of spans) {
    if (tokens.length >= MOST_TOKENS) break;
    if (start < done) continue;
    if (start > done) tokens.push({ kind: 'text', text: text.slice(done, start) });
    tokens.push({ kind: 'link', text: text.slice(start, end), href });
    done = end;
  }
  if (done < text.length) tokens.push({ kind: 'text', text: text.slice(done) });
  return tokens;
}

function addressesIn(run: string, text: string, offset: number): LinkSpan[] {
  if (run.length > LONGEST_RUN) return [];
  return (linkify.match(run) ?? []).flatMap((match) => {
    const start = offset + match.index;
    const end = offset + match.lastIndex;
    const cutShort = match.lastIndex === run.length && end < text.length && isCutShort(match.raw, text, end);
    const begunBefore =
      match.index === 0 && !hasScheme(match) && WORD_BEFORE.test(text.slice(Math.max(0, start - 12), start));
    if (cutShort || begunBefore || isUserInfo(match, run)) return [];
    const href = hrefOf(match);
    return href === undefined ? [] : [{ start, end, href }];
  });
}

function hasScheme({ schema, raw }: Match): boolean {
  return schema !== '' && raw.toLowerCase().startsWith(schema);
}

/** What follows belongs to the address, which we cannot tell where to end: "https://exämple.com", "https://my例子.com". */
function isCutShort(raw: string, text: string, end: number): boolean {
  if (lengthAt(WORD_AFTER, text, end) > 0) return true;
  return text.charCodeAt(end) > 0x7f && /^https?:\/\/(?!localhost\b)[^./?#]*$/i.test(raw);
}

/** "https://user:password@example.com": what was found so far is not the host but the user. */
function isUserInfo({ schema, raw, lastIndex }: Match, run: string): boolean {
  return (
    schema.startsWith('http') && !/[/?#]/.test(raw.slice(schema.length + 2)) && /^[^/?#]*@/.test(run.slice(lastIndex))
  );
}

/** The address as it was written, with the scheme where that is missing. Undefined if a browser would read another one in it. */
function hrefOf(match: Match): string | undefined {
  const { schema, raw } = match;
  if (schema === 'tel:') return raw;
  if (schema === 'mailto:') {
    // These would carry over into the address's query: "a?bcc=b@example.com".
    return /[?#%&/]/.test(raw) ? undefined : `${hasScheme(match) ? '' : 'mailto:'}${raw}`;
  }
  if (schema === '' && !/^www\./i.test(raw) && !BARE_DOMAIN.test(raw)) return undefined;
  return webAddress(schema === '' ? `https://${raw}` : raw);
}

function webAddress(href: string): string | undefined {
  const url = parseUrl(href);
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  // A host that the parser rewrites, such as http://0x7f.1, shows one address and opens another.
  return href.toLowerCase().startsWith(`${url.protocol}//${url.hostname}`) ? href : undefined;
}

function parseUrl(href: string): URL | undefined {
  try {
    return new URL(href);
  } catch {
    return undefined;
  }
}

function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}
