import { html } from 'lit';
import type { Message } from '../client/message.js';
import type { Strings } from '../locales/strings.js';
import type { ChatWindowOptions } from './chat-window-options.js';
import type { BubbleContext } from './message-bubble.js';
import type { MessageRequestEvent, RenderErrorEvent } from './request-events.js';

/** Gives the function that draws one row of the list. A new one, for a new context, draws all rows anew. */
export function rows(
  { peerName, peerAvatar, imageHosts, messageTypes: types }: ChatWindowOptions,
  strings: Strings,
  send: (text: string) => void,
  requested: (event: MessageRequestEvent) => void,
  failed: (error: Error) => void,
) {
  const context: BubbleContext = { strings, types, peerName, peerAvatar, imageHosts, send };
  return (message: Message, previous: Message | undefined, isLast: boolean): unknown =>
    html`<message-bubble
      .message=${message}
      .previous=${previous}
      .isLast=${isLast}
      .context=${context}
      exportparts="time, avatar, name, bubble, status, cancel, failure, link, more, image, file, voice, card, reply, system"
      @message-request=${requested}
      @render-error=${({ error }: RenderErrorEvent) => failed(error)}
    ></message-bubble>`;
}
