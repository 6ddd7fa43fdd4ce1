import { type Clock, systemClock } from '../client/clock.js';
import { type Message, MessageType } from '../client/message.js';
import { ownDocument } from '../client/own-document.js';
import type { Strings } from '../locales/strings.js';
import { AttentionTitle } from './attention-title.js';
import { chime } from './chime.js';
import { defineNotificationBell } from './notification-bell.js';
import { OneTab } from './one-tab.js';

/** Somebody who looks at the conversation, in whatever tab, has marked it as read within this time. */
const SETTLE_MS = 300;
/** Tabs hear of a message at different times, hidden ones up to a second later. */
const NOTIFIED_MS = 2_000;
/** At most one sound, and one notification, in this time. */
const SOUND_MS = 3_000;
const LONGEST_TEXT = 120;
const LONGEST_NAME = 60;
const READABLE: readonly number[] = [MessageType.unset, MessageType.text, MessageType.system];

/** Whose unread messages are told: a session. */
export interface AttentionSource {
  readonly client: { readonly userId: string };
  /** Of all conversations. */
  readonly unread: number;
  conversation(peerId: string): { readonly unread: number };
}

/** What a window wants to be told outside of it; `off` is nothing. */
export interface AttentionWishes {
  readonly unreadTitle: string;
  readonly sound: string;
  /** `private`: without the text. */
  readonly notifications: string;
  readonly peerId: string;
  readonly peerName: string;
}

export type AttentionTexts = Pick<Strings, 'userId' | 'newMessages'>;

/** The page and the browser around. */
export interface AttentionSurroundings {
  readonly clock: Clock;
  readonly document: Document;
  /** Whether somebody looks at it. */
  readonly page: Pick<Document, 'visibilityState' | 'hasFocus'>;
  readonly locks: Pick<LockManager, 'request'> | undefined;
  readonly Notification: typeof Notification | undefined;
  readonly AudioContext: typeof AudioContext | undefined;
  /** Whether this tab may be heard: browsers keep it silent until somebody has pressed something in it. */
  mayPlay(): boolean;
}

/**
 * Tells of a session's unread messages where nobody looks at them: their number before the page's title, and for a message
 * that arrives one sound and one notification in all tabs of the browser together. One for each session of a page, shared by
 * its windows: what one of them wants is told.
 */
export class Attention {
  readonly #around: AttentionSurroundings;
  readonly #windows = new Map<AttentionWishes, () => AttentionTexts>();
  readonly #told = new WeakSet<Message>();
  /** By peer, as long as they are to be seen. */
  readonly #notifications = new Map<string, Notification>();
  readonly #life = new AbortController();
  /** Peers of whom it is still to be seen whether somebody looks. */
  readonly #settling = new Set<string>();
  readonly #oneTab: OneTab;

  constructor(
    readonly source: AttentionSource,
    around: Partial<AttentionSurroundings> = {},
  ) {
    const { document, navigator, Notification, AudioContext } = globalThis;
    this.#around = {
      clock: systemClock,
      locks: navigator.locks,
      mayPlay: () => navigator.userActivation?.hasBeenActive !== false,
      document,
      page: ownDocument,
      Notification,
      AudioContext,
      ...around,
    };
    this.#oneTab = new OneTab(this.#around.clock, this.#around.locks, this.#life.signal);
  }

  /** Takes a window in, or hears what it wants now. Returns whether it is new. */
  join(wishes: AttentionWishes, texts: () => AttentionTexts): boolean {
    const isNew = !this.#windows.has(wishes);
    this.#windows.set(wishes, texts);
    this.update();
    return isNew;
  }

  /** Lets a window go. The last one closes it; then it returns true. */
  leave(wishes: AttentionWishes): boolean {
    this.#windows.delete(wishes);
    if (this.#windows.size > 0) this.update();
    else this.close();
    return this.#life.signal.aborted;
  }

  /** The number of unread messages has changed. */
  update(): void {
    this.#title.set(this, this.#wants('unreadTitle') ? this.source.unread : 0);
    for (const [peerId, notification] of this.#notifications) {
      if (this.source.conversation(peerId).unread === 0) notification.close();
    }
  }

  /** A message has just arrived. However often that is said, it is told once. */
  async tell(message: Message): Promise<void> {
    const { from } = message;
    // Of a thousand a second, one is enough to ask for attention.
    if (this.#told.has(message) || this.#settling.has(from)) return;
    this.#told.add(message);
    this.#settling.add(from);
    const tabs = this.#oneTab;
    const name = `notification ${message.id}`;
    // Who sits before one tab needs no notification by another: this one is the first to ask, and shows none.
    if (this.#isWatched) void tabs.once(name, NOTIFIED_MS, () => undefined);
    await tabs.pause(SETTLE_MS);
    this.#settling.delete(from);
    if (this.#life.signal.aborted || this.source.conversation(from).unread === 0) return;
    const { AudioContext, Notification, mayPlay } = this.#around;
    if (AudioContext && this.#wants('sound') && mayPlay()) void tabs.once('chime', SOUND_MS, () => chime(AudioContext));
    if (Notification?.permission === 'granted' && this.#wants('notifications') && !this.#isWatched) {
      const notify = () => tabs.once('notification', SOUND_MS, () => this.#notify(Notification, message));
      void tabs.once(name, NOTIFIED_MS, () => void notify());
    }
  }

  /** Leaves nothing: the title is the page's own again, no timer runs, no lock is held, no notification is to be seen. */
  close(): void {
    this.#life.abort();
    this.#title.set(this, undefined);
    for (const notification of this.#notifications.values()) notification.close();
  }

  get #title(): AttentionTitle {
    return AttentionTitle.of(this.#around.document);
  }

  get #isWatched(): boolean {
    const { page } = this.#around;
    return page.visibilityState === 'visible' && page.hasFocus();
  }

  #wants(what: 'unreadTitle' | 'sound' | 'notifications'): boolean {
    return [...this.#windows.keys()].some((wishes) => wishes[what] !== 'off');
  }

  #notify(Notification: typeof globalThis.Notification, { from, type, content }: Message): undefined {
    const windows = [...this.#windows];
    const [wishes, textsOf] = windows.find(([{ peerId }]) => peerId === from) ?? windows[0] ?? [];
    if (!wishes || !textsOf) return;
    const texts = textsOf();
    const name = (wishes.peerId === from && wishes.peerName) || texts.userId(from);
    const isPrivate = windows.some(([{ notifications }]) => notifications === 'private');
    const body =
      isPrivate || !READABLE.includes(type)
        ? texts.newMessages(this.source.conversation(from).unread)
        : shortened(content, LONGEST_TEXT);
    // One for each conversation, in whatever tab: the next takes its place. The sound is our own.
    const tag = `harmonychat ${JSON.stringify([this.source.client.userId, from])}`;
    const notification = new Notification(shortened(name, LONGEST_NAME), { body, tag, silent: true });
    this.#notifications.set(from, notification);
    notification.onclose = () => {
      if (this.#notifications.get(from) === notification) this.#notifications.delete(from);
    };
    notification.onclick = () => {
      this.#around.document.defaultView?.focus();
      notification.close();
    };
  }
}

/** A text in so many characters, without those that could rearrange what the system writes around it. */
function shortened(content: string, most: number): string {
  const text = content.replace(/[\u202A-\u202E\u2066-\u2069]/g, '').replace(/\p{Cc}+/gu, ' ');
  const characters = [...text.slice(0, 2 * most + 2)];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}

const ofSources = new WeakMap<AttentionSource, Attention>();

/**
 * Calls for attention in the name of a window, until the signal is aborted. To be called again when something has changed.
 *
 * @param message what has just arrived, if anything
 */
export function attend(
  source: AttentionSource,
  wishes: AttentionWishes,
  texts: () => AttentionTexts,
  signal: AbortSignal,
  message?: Message,
): void {
  if (signal.aborted) return;
  if (wishes.notifications !== 'off') defineNotificationBell();
  const attention = ofSources.get(source) ?? new Attention(source);
  ofSources.set(source, attention);
  if (attention.join(wishes, texts)) {
    signal.addEventListener('abort', () => {
      if (attention.leave(wishes)) ofSources.delete(source);
    });
  }
  if (message) void attention.tell(message);
}
