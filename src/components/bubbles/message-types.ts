import { html } from 'lit';
import { type Message, MessageType } from '../../client/message.js';
import type { Strings } from '../../locales/strings.js';

/** What a renderer may use beside the message and the strings. */
export interface BubbleSurroundings {
  /** Nothing has been said after this message. Drawn anew when that changes. */
  readonly isLast: boolean;
  /** Hosts other than the page's own from which pictures and sound may be loaded, separated by spaces or commas. */
  readonly imageHosts: string;
  /** Sends a text, as if the person had typed it. */
  readonly send: (text: string) => void;
}

/** Gives what a bubble holds for one message: a template, usually of one element, or a node. */
export type MessageRenderer = (message: Message, strings: Strings, surroundings: BubbleSurroundings) => unknown;

/** Which renderer shows which message type (`typeu` on the wire). */
export type MessageTypes = ReadonlyMap<number, MessageRenderer>;

/** Shows a message that the page has no renderer for: texts, and the types of `docs/MESSAGES.md`. Others are told from those. */
export const anyMessage: MessageRenderer = (message, strings, surroundings) =>
  html`<text-bubble
    .message=${message}
    .strings=${strings}
    .surroundings=${surroundings}
    exportparts="link, more, image, file, voice, card, reply"
  ></text-bubble>`;

export const messageTypes: MessageTypes = new Map([
  [MessageType.unset, anyMessage],
  [MessageType.text, anyMessage],
]);
