import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { OnDemand } from '../client/on-demand.js';
import type { ConnectionState } from '../client/state.js';
import type { Strings } from '../locales/strings.js';
import { MAX_OUTBOUND_BYTES } from '../protocol/index.js';
import type { Conversation } from '../store/conversation.js';
import type { Announcement } from './announcement.js';
import { swept } from './list/swept.js';
import type { MessageList } from './message-list.js';
import type { ReceiverRequestEvent, SendRequestEvent } from './request-events.js';

/** All that is to be seen of a window, and what its parts may ask. */
export interface ChatWindowView {
  readonly strings: Strings;
  /** Told instead of the chat. */
  readonly problem: Error | undefined;
  readonly heading: string;
  /** The user's id to show; empty: none. */
  readonly user: string;
  /** Undefined where there is no connection to speak of. */
  readonly connection: ConnectionState | undefined;
  readonly beats: number;
  /** Whether notifications may be asked for. */
  readonly bell: boolean;
  readonly conversation: Conversation | undefined;
  readonly renderMessage: MessageList['renderMessage'] | undefined;
  /** Somebody else who wrote; empty: nobody. */
  readonly heardFrom: string;
  /** The receiver as typed; undefined where it is fixed. */
  readonly receiver: string | undefined;
  readonly bytesOf: (text: string) => number;
  /** What is read out. */
  readonly announcements: readonly Announcement[];
  readonly connect: () => void;
  /** Somebody who wrote is to be read. */
  readonly open: (peerId: string) => void;
  readonly choose: (peerId: string) => void;
  readonly send: (event: SendRequestEvent) => void;
  /** The oldest message that is shown comes into view. */
  readonly older: () => void;
}

export function chatWindowTemplate(view: ChatWindowView): unknown {
  const { strings, problem, announcements, conversation } = view;
  return html`<div class="window" lang=${strings.locale} dir=${strings.direction}>
    ${problem ? problemBox(problem, strings) : chat(view)}
    <div class="visually-hidden" role="log" aria-live="polite">
      ${swept(
        repeat(
          announcements.filter(({ id }) => !conversation?.store.erased.has(id)),
          ({ id }) => id,
          ({ text }) => html`<p>${text}</p>`,
        ),
      )}
    </div>
  </div>`;
}

function problemBox({ message }: Error, strings: Strings) {
  return html`<div part="problem" class="middle" role="alert">
    <strong>${strings.cannotStart}</strong>
    <p>${message}</p>
  </div>`;
}

function chat(view: ChatWindowView) {
  const { strings, connection, receiver } = view;
  void strip.want(wakes);
  const ended = connection?.name === 'disconnected' && /^(kicked|refused|elsewhere)$/.test(connection.reason);
  return html`<chat-title-bar
      .heading=${view.heading}
      .connection=${connection}
      .beats=${view.beats}
      .bell=${view.bell}
      .user=${view.user}
      .strings=${strings}
      exportparts="header, heading, user, light, bell"
      ><slot name="badge"></slot
    ></chat-title-bar>
    <connection-strip
      .connection=${connection}
      .strings=${strings}
      exportparts="strip, action"
      @connect-request=${view.connect}
    ></connection-strip>
    ${messages(view)}${heard(view)}
    ${ended ? sessionEnded(view) : nothing}
    <message-composer
      .strings=${strings}
      .bytesOf=${view.bytesOf}
      .limit=${MAX_OUTBOUND_BYTES}
      .receiver=${receiver ?? ''}
      ?ask-receiver=${receiver !== undefined}
      ?readonly=${ended}
      exportparts="form, field, receiver, send, bytes, emoji-button, emoji"
      @send-request=${view.send}
      @receiver-request=${({ peerId }: ReceiverRequestEvent) => view.choose(peerId)}
    ></message-composer>`;
}

/** Nobody needs it to chat: it comes when the window is drawn. */
const strip = new OnDemand(() => import('./connection-strip.js'));

/** As a rule the server has just spoken, and there is a network to fetch it by. Until it has come two words have to do. */
const ending = new OnDemand(() => import('./session-ended.js'));

/** An element that was drawn before it was defined wakes by itself. */
const wakes = () => {};

function sessionEnded({ connection, strings, connect }: ChatWindowView) {
  void ending.want(wakes);
  return html`<session-ended
    .connection=${connection}
    .strings=${strings}
    exportparts="ended, action"
    @connect-request=${connect}
    >${strings.disconnected}<slot name="ended" slot="more"></slot></session-ended
  >`;
}

function messages({ conversation, strings, renderMessage, older }: ChatWindowView) {
  if (!conversation || conversation.store.shown.length === 0) {
    const text = conversation ? strings.empty : strings.chooseReceiver;
    return html`<p part="empty" class="middle">${conversation?.isLoading ? nothing : text}</p>`;
  }
  return html`<message-list
    .messages=${conversation.store.shown}
    .renderMessage=${renderMessage}
    .strings=${strings}
    .newFrom=${conversation.newFrom}
    @edge-reached=${older}
    exportparts="messages, jump, new-line, actions, menu, toast, time, avatar, name, bubble,
      status, cancel, failure, link, more, image, file, voice, card, reply, system"
  ></message-list>`;
}

/** @csspart heard - the button that leads to somebody else who wrote */
function heard({ heardFrom, strings, open }: ChatWindowView) {
  if (!heardFrom) return nothing;
  return html`<button type="button" part="heard" class="heard" @click=${() => open(heardFrom)}>
    ${strings.newFrom(strings.userId(heardFrom))}
  </button>`;
}
