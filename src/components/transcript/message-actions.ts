import { type Message, MessageType } from '../../client/message.js';
import { ownDocument } from '../../client/own-document.js';
import type { OnDemandStrings } from '../../locales/on-demand-strings.js';
import { cardContent, fileContent, imageContent, quickRepliesContent, voiceContent } from '../bubbles/rich-content.js';
import type { MessageRequestEvent } from '../request-events.js';

/** Something that can be done with a message: here, or by whoever has it. */
export interface MessageAction {
  readonly name: 'copy' | 'select' | Exclude<MessageRequestEvent['action'], 'fill'>;
  readonly label: (strings: OnDemandStrings) => string;
  /** It cannot be undone: it is asked for twice. */
  readonly isFinal?: boolean;
}

const COPY: MessageAction = { name: 'copy', label: (strings) => strings.copy };
const SELECT: MessageAction = { name: 'select', label: (strings) => strings.selectText };
const RETRY: MessageAction = { name: 'retry', label: (strings) => strings.sendAgain };
const REMOVE: MessageAction = { name: 'remove', label: (strings) => strings.deleteForMe, isFinal: true };
const TAKE_BACK: MessageAction = { name: 'cancel', label: (strings) => strings.takeBack };
const GIVE_UP: MessageAction = { name: 'cancel', label: (strings) => strings.stopTrying };

const BY_STATUS: Readonly<Record<Message['status'], readonly MessageAction[]>> = {
  queued: [TAKE_BACK],
  sending: [],
  unconfirmed: [GIVE_UP],
  sent: [REMOVE],
  delivered: [REMOVE],
  failed: [RETRY, REMOVE],
  received: [REMOVE],
  note: [],
};

/** What can be done with a message, in the order of the menu. */
export function actionsFor(message: Message): readonly MessageAction[] {
  const copied = textOf(message) === '' ? [] : [COPY];
  return [...copied, ...(isText(message) ? [SELECT] : []), ...BY_STATUS[message.status]];
}

/** What a message says, as text: of pictures, sounds and files their address. */
export function textOf(message: Message): string {
  const { type, content } = message;
  if (type === MessageType.image) return imageContent(message)?.url ?? content;
  if (type === MessageType.voice) return voiceContent(message)?.url ?? content;
  if (type === MessageType.file) return fileContent(message)?.url ?? content;
  if (type === MessageType.quickReplies) return quickRepliesContent(message)?.text ?? content;
  const card = type === MessageType.card ? cardContent(message) : undefined;
  if (card) return [card.title, card.text].filter(Boolean).join('\n');
  // What is in those of the application nobody knows here.
  return isText(message) ? content : '';
}

function isText({ type, status }: Message): boolean {
  return status !== 'note' && [MessageType.unset, MessageType.text, MessageType.system].some((text) => text === type);
}

/** Puts a text on the clipboard. @param root where a field may stand for a moment @returns whether it is there */
export async function copyText(text: string, root: ParentNode): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not allowed, or an insecure page: by a field, as it was done before.
  }
  const field = ownDocument.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'visually-hidden';
  root.append(field);
  field.focus({ preventScroll: true });
  field.select();
  try {
    return ownDocument.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
  }
}
