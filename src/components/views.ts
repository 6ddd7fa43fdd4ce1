import type { ReactiveController } from 'lit';
import { ownDocument } from '../client/own-document.js';
import type { Conversation } from '../store/conversation.js';
import { forgetEmoji } from './composer/emoji-memory.js';
import type { MessageComposer } from './message-composer.js';
import type { MessageList } from './message-list.js';
import { type ViewHost, viewKey } from './view-key.js';

const KEEP_AFTER_MS = 300;

/**
 * What a person had before them in a conversation, beside its messages: what was typed and not sent, the id of the message
 * behind which some are missing, that of the first in view and where its end was (none: at the end of the list).
 */
type View = readonly [draft: string, missing: string, id: string, offset: number];

/** Of a conversation in which there is nothing to remember. */
const NOTHING = JSON.stringify(['', '', '', 0] satisfies View);

/**
 * Keeps for each conversation what the person had before them, and puts it there again: when the window turns to another peer
 * and back, and, unless nothing may be stored, when the page is loaded anew in this tab.
 */
export class Views implements ReactiveController {
  readonly #views = new Map<string, string>();
  #conversation: Conversation | undefined;
  /** Begins the keys of all that is stored of the window's user. */
  #scope = '';
  #isToRestore = true;
  /** Where the reader belongs, while the messages are still being loaded. */
  #awaited: MessageList['anchor'];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What was kept of the field. */
  #draft = '';
  /** Of the conversation that is shown; empty: none. */
  #key: string;

  /** @param forgotten whose views are not to be there any more: what begins their keys */
  constructor(
    readonly host: ViewHost,
    key: string,
    forgotten: readonly string[],
  ) {
    this.#key = key;
    for (const scope of forgotten) remove(scope);
    host.addController(this);
    host.addEventListener('input', () => this.#changed());
    host.requestUpdate();
  }

  hostConnected(): void {
    addEventListener('pagehide', this.#keep);
    ownDocument.addEventListener('visibilitychange', this.#keep);
  }

  hostDisconnected(): void {
    this.#keep();
    removeEventListener('pagehide', this.#keep);
    ownDocument.removeEventListener('visibilitychange', this.#keep);
  }

  /** Before another conversation is drawn: what is there still belongs to the one before. */
  hostUpdate(): void {
    const [scope, key] = viewKey(this.host);
    if (key !== this.#key) {
      // A window that is gone has kept it.
      if (this.host.isConnected) this.#keep();
      // What was typed before anybody was chosen is for whoever is chosen.
      if (this.#key) this.#type('');
      this.#awaited = undefined;
      this.#isToRestore = true;
    }
    this.#key = key;
    this.#scope = scope;
    this.#conversation = this.host.conversation;
  }

  hostUpdated(): void {
    if (this.#isToRestore && this.#composer) this.#restore();
    else if (this.host.isConnected) this.#changed();
  }

  /** Forgets all of this user. */
  forget(): void {
    this.#views.clear();
    clearTimeout(this.#timer);
    this.#timer = this.#awaited = undefined;
    if (this.#scope) remove(this.#scope);
    this.#composer?.tools?.forget();
    this.#key = '';
  }

  get #composer(): MessageComposer | null {
    return this.host.renderRoot?.querySelector('message-composer');
  }

  get #list(): MessageList | null {
    return this.host.renderRoot?.querySelector('message-list');
  }

  #type(text: string): void {
    if (this.#composer) this.#composer.value = text;
  }

  #changed(): void {
    this.#timer ??= setTimeout(this.#keep, KEEP_AFTER_MS);
    // What was sent must not stand in the field again, should the page crash in the next moment.
    if (this.#draft && !this.#composer?.value) this.#keep();
  }

  readonly #keep = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#key || this.#isToRestore) return;
    const { id = '', offset = 0 } = this.#awaited ?? this.#list?.anchor ?? {};
    this.#draft = this.#composer?.value ?? '';
    const view: View = [this.#draft, this.#conversation?.missing ?? '', id, offset];
    const json = JSON.stringify(view);
    this.#views.set(this.#key, json);
    try {
      if (json === NOTHING) sessionStorage.removeItem(this.#key);
      else if (this.host.history !== 'none') sessionStorage.setItem(this.#key, json);
    } catch {
      // Full, or denied: then it lives as long as the page.
    }
  };

  #restore(): void {
    this.#isToRestore = false;
    let view: unknown;
    const own = this.#views.get(this.#key);
    try {
      const stored = this.host.history === 'none' ? null : sessionStorage.getItem(this.#key);
      view = JSON.parse(own ?? stored ?? '');
    } catch {
      // Nothing, or nothing of ours.
    }
    if (!isView(view) || !this.#conversation) return;
    const [draft, missing, id, offset] = view;
    this.#draft = draft;
    if (!this.#composer?.value) this.#type(draft);
    // A conversation of this page knows it.
    if (missing && own === undefined) this.#conversation.missing = missing;
    if (id) void this.#goBack({ id, offset });
  }

  async #goBack(anchor: { readonly id: string; readonly offset: number }): Promise<void> {
    this.#awaited = anchor;
    const isThere = await this.#conversation?.reach(anchor.id);
    await this.host.updateComplete;
    if (this.#awaited !== anchor) return;
    this.#awaited = undefined;
    // Whoever has scrolled meanwhile is where they want to be.
    if (isThere && !this.#list?.anchor) this.#list?.scrollToMessage(anchor.id, anchor.offset);
  }
}

function remove(scope: string): void {
  forgetEmoji();
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(scope)) sessionStorage.removeItem(key);
  } catch {
    // Nothing can be stored here, so nothing is.
  }
}

function isView(value: unknown): value is View {
  const kinds = Array.isArray(value) ? value.map((part) => typeof part) : [];
  return kinds.join() === 'string,string,string,number';
}
