import { html } from 'lit';
import { MessageType } from '../../client/message.js';
import { define } from '../element-names.js';
import { CardBubble } from './card-bubble.js';
import { FileBubble } from './file-bubble.js';
import { ImageBubble } from './image-bubble.js';
import type { MessageRenderer } from './message-types.js';
import { QuickReplies } from './quick-replies.js';
import { cardContent, fileContent, imageContent, quickRepliesContent, voiceContent } from './rich-content.js';
import type { RichFile } from './text-bubble.js';
import { UnknownBubble } from './unknown-bubble.js';
import { VoiceBubble } from './voice-bubble.js';

define('image-bubble', ImageBubble);
define('file-bubble', FileBubble);
define('voice-bubble', VoiceBubble);
define('quick-replies', QuickReplies);
define('card-bubble', CardBubble);
define('unknown-bubble', UnknownBubble);

/** The types that are no text, each with its element. Undefined: the content is not what its type promises. */
const renderers: ReadonlyMap<number, MessageRenderer> = new Map<number, MessageRenderer>([
  [
    MessageType.image,
    (message, strings, { imageHosts }) => {
      const image = imageContent(message);
      return (
        image &&
        html`<image-bubble .image=${image} .strings=${strings} .hosts=${imageHosts} exportparts="image, link"></image-bubble>`
      );
    },
  ],
  [
    MessageType.voice,
    (message, strings, { imageHosts }) => {
      const voice = voiceContent(message);
      return (
        voice &&
        html`<voice-bubble
          .message=${message}
          .voice=${voice}
          .strings=${strings}
          .hosts=${imageHosts}
          exportparts="voice, link"
        ></voice-bubble>`
      );
    },
  ],
  [
    MessageType.file,
    (message, strings) => {
      const file = fileContent(message);
      return file && html`<file-bubble .file=${file} .strings=${strings} exportparts="file"></file-bubble>`;
    },
  ],
  [
    MessageType.quickReplies,
    (message, _strings, { isLast, send }) => {
      const question = quickRepliesContent(message);
      const isOpen = isLast && message.status === 'received';
      return (
        question &&
        html`<quick-replies .question=${question} .isOpen=${isOpen} .send=${send} exportparts="reply"></quick-replies>`
      );
    },
  ],
  [
    MessageType.card,
    (message, strings, { imageHosts, send }) => {
      const card = cardContent(message);
      return (
        card &&
        html`<card-bubble
          .card=${card}
          .strings=${strings}
          .hosts=${imageHosts}
          .send=${send}
          exportparts="card, image, link, reply"
        ></card-bubble>`
      );
    },
  ],
]);

export const draw: RichFile['draw'] = (message, strings, surroundings) =>
  renderers.get(message.type)?.(message, strings, surroundings) ??
  html`<unknown-bubble .message=${message} .strings=${strings}></unknown-bubble>`;
