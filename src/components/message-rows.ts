import { html } from 'lit';
import type { Message } from '../client/message.js';
import type { BubbleContext } from './message-bubble.js';
import type { MessageRequestEvent, RenderErrorEvent } from './request-events.js';

/** Gives the function that draws one row of the list. A new one, for a new context, draws all rows anew. */
export function rows(
  context: BubbleContext,
  requested: (event: MessageRequestEvent) => void,
  failed: (error: Error) => void,
) {
  return (message: Message, previous: Message | undefined): unknown =>
    html`<message-bubble
      .message=${message}
      .previous=${previous}
      .context=${context}
      exportparts="time, avatar, name, bubble, status, cancel, failure, link, system"
      @message-request=${requested}
      @render-error=${({ error }: RenderErrorEvent) => failed(error)}
    ></message-bubble>`;
}
