import type { Message } from '../../client/message.js';

/** Something that is loaded from an address. All but the address is only said, by whoever sent it. */
interface Media {
  /** `http:` or `https:`, whole. */
  readonly url: string;
  readonly name: string;
  readonly bytes?: number | undefined;
}

/** A picture, with its size in px where it is known. */
export interface ImageContent extends Media {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** A smaller picture, for the transcript. */
  readonly thumbnail?: string | undefined;
}

export interface VoiceContent extends Media {
  readonly seconds?: number | undefined;
}

export type FileContent = Media;

/** A button of a card or a quick reply: it sends a text, or leads to an address. */
export interface Action {
  readonly title: string;
  readonly text?: string | undefined;
  readonly url?: string | undefined;
}

export interface QuickRepliesContent {
  readonly text: string;
  readonly replies: readonly Action[];
}

export interface CardContent {
  readonly title: string;
  readonly text: string;
  readonly image?: ImageContent | undefined;
  readonly buttons: readonly Action[];
}

/** What comes from others has to fit on a screen. */
const LONGEST_NAME = 200;
const LONGEST_TITLE = 80;
const LONGEST_TEXT = 2_000;
const LONGEST_URL = 8_192;
const MOST_ACTIONS = 12;
const MOST_PX = 100_000;

type Fields = Readonly<Record<string, unknown>>;

/** Reads the content of an image: JSON, or the address alone. Undefined for what is no image. */
export function imageContent({ content }: Message): ImageContent | undefined {
  return imageIn(fieldsOf(content));
}

/** Reads the content of a voice message, as {@link imageContent}. */
export function voiceContent({ content }: Message): VoiceContent | undefined {
  const fields = fieldsOf(content);
  const media = mediaIn(fields);
  return media && { ...media, seconds: amount(fields['seconds'], 24 * 3_600) };
}

/** Reads the content of a file, as {@link imageContent}. */
export function fileContent({ content }: Message): FileContent | undefined {
  return mediaIn(fieldsOf(content));
}

/** Reads a question with answers to choose from. Undefined without any. */
export function quickRepliesContent({ content }: Message): QuickRepliesContent | undefined {
  const { text, replies } = fieldsOf(content);
  const actions = actionsIn(replies).map(({ title, text: said = title }) => ({ title, text: said }));
  return actions.length > 0 ? { text: short(text, LONGEST_TEXT), replies: actions } : undefined;
}

/** Reads a card. Undefined without a title. */
export function cardContent({ content }: Message): CardContent | undefined {
  const { title, text, image, buttons } = fieldsOf(content);
  const heading = short(title, LONGEST_NAME);
  if (heading === '') return undefined;
  return {
    title: heading,
    text: short(text, LONGEST_TEXT),
    image: imageIn(typeof image === 'string' ? fieldsOf(image) : objectOf(image)),
    buttons: actionsIn(buttons),
  };
}

/** Whether something may be loaded from there without being asked for: it is this page's own, or of one of these hosts. */
export function mayLoad(url: string, hosts: string): boolean {
  const { origin, host, protocol } = new URL(url);
  if (origin === globalThis.location?.origin) return true;
  return protocol === 'https:' && hosts.split(/[\s,]+/).some((allowed) => host === hostOf(`https://${allowed}`));
}

/** As the browser writes it: without the port that goes without saying, other letters than Latin ones encoded. */
function hostOf(address: string): string | undefined {
  try {
    return new URL(address).host;
  } catch {
    return undefined;
  }
}

/** Older clients send the address alone. */
function fieldsOf(content: string): Fields {
  if (!content.trimStart().startsWith('{')) return /^(https?:\/\/|\/)\S+$/i.test(content) ? { url: content } : {};
  try {
    return objectOf(JSON.parse(content));
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function imageIn(fields: Fields): ImageContent | undefined {
  const media = mediaIn(fields);
  if (!media) return undefined;
  const [width, height] = [amount(fields['width'], MOST_PX), amount(fields['height'], MOST_PX)];
  const size = width && height ? { width, height } : {};
  return { ...media, ...size, thumbnail: addressOf(fields['thumbnail']) };
}

function mediaIn({ url, name, bytes }: Fields): Media | undefined {
  const address = addressOf(url);
  if (address === undefined) return undefined;
  const size = amount(bytes, Number.MAX_SAFE_INTEGER);
  return { url: address, name: short(name, LONGEST_NAME) || nameIn(address), bytes: size };
}

function nameIn(address: string): string {
  const last = new URL(address).pathname.split('/').at(-1) ?? '';
  try {
    return short(decodeURIComponent(last), LONGEST_NAME);
  } catch {
    return short(last, LONGEST_NAME);
  }
}

function actionsIn(list: unknown): readonly Action[] {
  if (!Array.isArray(list)) return [];
  return list.slice(0, MOST_ACTIONS).flatMap((entry: unknown): Action[] => {
    const { title, text, url } = typeof entry === 'string' ? { title: entry } : objectOf(entry);
    const label = short(title, LONGEST_TITLE);
    if (label === '') return [];
    if (url === undefined) return [{ title: label, text: short(text, LONGEST_TEXT) || label }];
    const address = addressOf(url);
    return address === undefined ? [] : [{ title: label, url: address }];
  });
}

/** An address that may be opened or loaded, whole; of the page's origin where it names none. */
function addressOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '' || value.length > LONGEST_URL) return undefined;
  try {
    const { protocol, username, password, href } = new URL(value, globalThis.document?.baseURI);
    return /^https?:$/.test(protocol) && username === '' && password === '' ? href : undefined;
  } catch {
    return undefined;
  }
}

function amount(value: unknown, most: number): number | undefined {
  return typeof value === 'number' && value > 0 && value <= most ? value : undefined;
}

/** What would turn around the order of a name's letters: "txt.exe" would be read as "exe.txt". */
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** By code points, so that no character is cut in two. */
function short(value: unknown, most: number): string {
  if (typeof value !== 'string') return '';
  const text = value
    .replace(BIDI_CONTROLS, '')
    .trim()
    .slice(0, 2 * most);
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most).join('')}…` : text;
}
