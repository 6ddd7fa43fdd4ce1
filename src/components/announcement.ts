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
  const readable = type === MessageType.system || types.has(type) || messageTypes.has(type);
  const what = readable ? content.slice(0, LONGEST) : strings.unknownType(type);
  const text = strings.said(peerName || strings.userId(from), what);
  return [...announcements.slice(1 - KEPT), { id, text }];
}
