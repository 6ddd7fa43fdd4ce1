import { type Message, MessageType } from '../../client/message.js';

const sampleLength = 256;
/** Both avatars with their margins, and the padding of the bubble. */
const besideText = 2 * 56 + 2 * 16;
const aroundText = 15 + 2 * 14;
const lineHeight = 21;
const nameHeight = 15;
const latinWidth = 7;
const systemRow = 45;

/**
 * Height of a message's row in px before anybody has seen it, from the length of its text. Too small does less harm than
 * too large: some rows too many are mounted, instead of too few.
 *
 * @param width of the list in px
 */
export function estimateHeight(message: Message, width: number): number {
  if (message.status === 'note' || message.type === MessageType.system) return systemRow;
  const lines = Math.ceil(textWidth(message.content) / Math.max(80, width - besideText));
  return aroundText + (message.status === 'received' ? nameHeight : 0) + Math.max(1, lines) * lineHeight;
}

/** Judges a long text by its beginning: exactness is not worth reading 500 KiB. */
function textWidth(text: string): number {
  const length = Math.min(text.length, sampleLength);
  let width = 0;
  for (let index = 0; index < length; index++) width += text.charCodeAt(index) < 0x2e80 ? latinWidth : 2 * latinWidth;
  return length === 0 ? 0 : (width * text.length) / length;
}
