import { type Message, MessageType } from '../client/message.js';
import type { Strings } from '../locales/strings.js';
import { type MessageTypes, messageTypes } from './bubbles/message-types.js';

/** A message as it is read out. */
export interface Announcement {
  readonly id: string;
  readonly text: string;
}

/** Characters that are read out; the rest is in the transcript. */
const LONGEST = 300;
/** Some stay in the document, so that several that come at once are all read. */
const KEPT = 3;

/** Adds a message to those that are read out. Contents that nobody can read are named by their type. */
export function announce(
  announcements: readonly Announcement[],
  { id, from, content, type }: Message,
  { strings, types, peerName }: { strings: Strings; types: MessageTypes; peerName: string },
): readonly Announcement[] {
  const isReadable = type === MessageType.system || types.has(type) || messageTypes.has(type);
  const kind = strings.kinds[type];
  const what = isReadable ? content : kind === undefined ? strings.unknownType(type) : `${kind} ${saidIn(content)}`;
  const text = strings.said(peerName || strings.userId(from), what.trim().slice(0, LONGEST));
  return [...announcements.slice(1 - KEPT), { id, text }];
}

/** What a picture, a file, a question or a card says of itself. */
function saidIn(content: string): string {
  try {
    const { title, text, name } = JSON.parse(content) as Readonly<Record<string, unknown>>;
    return [title, text, name].filter((words) => typeof words === 'string' && words !== '').join(', ');
  } catch {
    // The address alone.
    return '';
  }
}
