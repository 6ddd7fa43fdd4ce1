import { html } from 'lit';
import { type Message, MessageType } from '../../client/message.js';
import type { Strings } from '../../locales/strings.js';

/** Gives what a bubble holds for one message: a template, usually of one element. */
export type MessageRenderer = (message: Message, strings: Strings) => unknown;

/** Which renderer shows which message type (`typeu` on the wire). */
export type MessageTypes = ReadonlyMap<number, MessageRenderer>;

const text: MessageRenderer = (message) => html`<text-bubble .message=${message} exportparts="link"></text-bubble>`;

export const messageTypes: MessageTypes = new Map([
  [MessageType.unset, text],
  [MessageType.text, text],
]);

/** A type that nobody registered still says what it is and shows its content. */
export const unknownMessage: MessageRenderer = (message, strings) =>
  html`<unknown-bubble .message=${message} .strings=${strings}></unknown-bubble>`;
