import { html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { type Message, MessageType } from '../client/message.js';
import type { Strings } from '../locales/strings.js';
import { formatTime } from '../locales/time.js';
import { startsTimeLine } from '../store/time-line.js';
import { anyMessage, type BubbleSurroundings, type MessageTypes } from './bubbles/message-types.js';
import { messageBubbleStyles } from './message-bubble.styles.js';
import { MessageRequestEvent, RenderErrorEvent } from './request-events.js';
import { theme } from './theme.js';
import { visuallyHidden } from './visually-hidden.styles.js';

/** What all bubbles of one list have in common. */
export interface BubbleContext {
  readonly strings: Strings;
  readonly types: MessageTypes;
  /** The peer's name; without one the user id stands above their bubbles. */
  readonly peerName: string;
  /** Address of the peer's picture; without one, the first letter of the name. */
  readonly peerAvatar: string;
  /** See {@link BubbleSurroundings}. */
  readonly imageHosts: string;
  readonly send: (text: string) => void;
}

/**
 * One row of the transcript: time line where one is due, avatar, bubble, delivery status.
 *
 * @fires message-request - retry, remove, take back or give up was pressed
 * @fires render-error - a renderer of the page failed
 * @csspart time - the time line
 * @csspart avatar - the picture or letter
 * @csspart name - the sender's name
 * @csspart bubble - the bubble
 * @csspart status - the delivery mark
 * @csspart cancel - the button that takes back a message that waits
 * @csspart failure - what is said below a message that failed, or that nobody confirms
 */
export class MessageBubble extends LitElement {
  static override styles = [theme, visuallyHidden, messageBubbleStyles];

  /** What is shown; nothing without it, or without `context`. */
  @property({ attribute: false }) message: Message | undefined;
  /** The message before this one, for the time line. */
  @property({ attribute: false }) previous: Message | undefined;
  /** Nothing has been said after it. */
  @property({ attribute: false }) isLast = false;
  /** What all bubbles of a list have in common. */
  @property({ attribute: false }) context: BubbleContext | undefined;

  protected override render() {
    const { message, context } = this;
    if (!message || !context) return nothing;
    return html`${this.#timeLine(message, context)}${
      message.type === MessageType.system || message.status === 'note'
        ? this.#systemLine(message, context)
        : message.status === 'received'
          ? this.#incoming(message, context)
          : this.#outgoing(message, context)
    }`;
  }

  #timeLine(message: Message, { strings }: BubbleContext) {
    if (!startsTimeLine(message, this.previous)) return nothing;
    const { locale, times: style } = strings;
    const text = formatTime(message.sentAt, { now: Date.now(), locale, style });
    return html`<time part="time" datetime=${isoTime(message.sentAt)}>${text}</time
    >`;
  }

  #systemLine(message: Message, context: BubbleContext) {
    const sender = message.status === 'note' ? undefined : nameOf(message, context);
    const note = sender === undefined && message.content;
    const line = html`<system-bubble
      .message=${message}
      .strings=${context.strings}
      .sender=${sender}
      exportparts="system"
    ></system-bubble>`;
    const retry = () => this.#button(message, 'fill', context.strings.retry);
    if (note === 'gap') return html`${line}<p class="gap">${retry()}</p>`;
    // As high as the line that stands there in the end: above the reader nothing may change.
    if (note === 'older') return html`<div class="top"><span class="status sending"></span>${line}</div>`;
    return note === 'olderFailed' ? html`<div class="top">${line}${retry()}</div>` : line;
  }

  #incoming(message: Message, context: BubbleContext) {
    const name = nameOf(message, context);
    return html`<div class="row in">
      ${this.#avatar(name, context.peerAvatar)}
      <div class="column">
        <div part="name" class="name"><bdi>${name}</bdi></div>
        <div part="bubble" class="bubble">${this.#content(message, context)}</div>
      </div>
    </div>`;
  }

  #outgoing(message: Message, context: BubbleContext) {
    const { strings } = context;
    return html`<div class="row out">
        <span part="avatar" class="avatar self" aria-hidden="true"></span>
        <div part="bubble" class="bubble">
          <span class="visually-hidden">${strings.said(strings.you, '')}</span>${this.#content(message, context)}
        </div>
        ${this.#status(message, strings)}
      </div>
      ${this.#trouble(message, strings)}`;
  }

  #content(message: Message, context: BubbleContext) {
    const { types, strings } = context;
    const surroundings: BubbleSurroundings = { ...context, isLast: this.isLast };
    const renderer = types?.get(message.type) ?? anyMessage;
    try {
      return renderer(message, strings, surroundings);
    } catch (cause) {
      // A renderer of the page: contents come from others, and may be anything.
      const error = new Error(`The renderer of message type ${message.type} failed`, { cause });
      queueMicrotask(() => this.dispatchEvent(new RenderErrorEvent(error)));
      return anyMessage(message, strings, surroundings);
    }
  }

  #avatar(name: string, picture: string) {
    return picture === ''
      ? html`<span part="avatar" class="avatar" aria-hidden="true">${firstLetter(name)}</span>`
      : html`<img part="avatar" class="avatar" src=${picture} alt="" referrerpolicy="no-referrer" />`;
  }

  #status(message: Message, strings: Strings) {
    const { status } = message;
    if (status === 'received' || status === 'note') return nothing;
    const label = strings.status[status];
    const mark = html`<span part="status" class="status ${status}" role="img" aria-label=${label} title=${label}></span>`;
    if (status !== 'queued') return mark;
    return html`<span class="waiting">${mark}<button
      type="button"
      part="cancel"
      aria-label=${strings.cancel}
      title=${strings.cancel}
      @click=${() => this.#ask('cancel', message)}
    ></button></span>`;
  }

  #trouble(message: Message, strings: Strings) {
    if (message.status === 'failed') {
      return html`<p part="failure" class="failure">
        ${strings.notDelivered} ${this.#button(message, 'retry', strings.retry)}
        ${this.#button(message, 'remove', strings.remove)}
      </p>`;
    }
    if (message.status !== 'unconfirmed') return nothing;
    return html`<p part="failure" class="failure quiet">
      ${strings.notReceived} ${this.#button(message, 'cancel', strings.giveUp)}
    </p>`;
  }

  #button(message: Message, action: MessageRequestEvent['action'], label: string) {
    return html`<button type="button" @click=${() => this.#ask(action, message)}>${label}</button>`;
  }

  #ask(action: MessageRequestEvent['action'], { id }: Message): void {
    this.dispatchEvent(new MessageRequestEvent(action, id));
  }
}

function nameOf({ from, status }: Message, { peerName, strings }: BubbleContext): string {
  return status === 'received' ? peerName || strings.userId(from) : strings.you;
}

function firstLetter(name: string): string {
  // By code points: Firefox before 125 has no Intl.Segmenter.
  const [letter = ''] = name.replace(/^UID:\s*/, '');
  return letter.toUpperCase();
}

/** A date out of range (a hostile clock) has no ISO form. */
function isoTime(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.valueOf()) ? '' : date.toISOString();
}
