import type { LitElement, ReactiveController } from 'lit';
import type { Conversation } from '../store/conversation.js';
import type { MessageComposer } from './message-composer.js';
import type { MessageList } from './message-list.js';

const KEEP_AFTER_MS = 300;

/** What a person had before them in a conversation, beside its messages. */
interface View {
  /** What was typed and not sent. */
  readonly draft?: string | undefined;
  /** Where they were reading; undefined: at the end. */
  readonly anchor?: MessageList['anchor'];
  /** Id of the message behind which some are missing. */
  readonly missing?: string | undefined;
}

/** The window, as far as it matters here. */
interface Host extends LitElement {
  readonly conversation: Conversation | undefined;
  readonly serverUrl: string | undefined;
  readonly appId: string;
  readonly history: string;
}

/**
 * Keeps for each conversation what the person had before them, and puts it there again: when the window turns to another peer
 * and back, and, unless nothing may be stored, when the page is loaded anew in this tab.
 */
export class Views implements ReactiveController {
  readonly #views = new Map<string, View>();
  #conversation: Conversation | undefined;
  /** Of all that is stored of the user whose conversation is shown. */
  #scope = '';
  /** Of the conversation that is shown; empty: none. */
  #key = '';
  #isToRestore = false;
  /** Where the reader belongs, while the messages are still being loaded. */
  #awaited: View['anchor'];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly host: Host) {
    host.addController(this);
    host.addEventListener('input', () => this.#changed());
  }

  hostConnected(): void {
    addEventListener('pagehide', this.#keep);
    document.addEventListener('visibilitychange', this.#keep);
  }

  hostDisconnected(): void {
    this.#keep();
    removeEventListener('pagehide', this.#keep);
    document.removeEventListener('visibilitychange', this.#keep);
  }

  /** Before another conversation is drawn: what is there still belongs to the one before. */
  hostUpdate(): void {
    const { conversation, serverUrl = '', appId } = this.host;
    const scope = `harmonychat view ${JSON.stringify([serverUrl, appId, conversation?.userId])}`;
    const key = conversation ? scope + JSON.stringify(conversation.peerId) : '';
    if (key !== this.#key) {
      this.#keep();
      const composer = this.#composer;
      // What was typed before anybody was chosen is for whoever is chosen.
      if (composer && this.#key) composer.value = '';
      this.#awaited = undefined;
      this.#isToRestore = true;
    }
    this.#key = key;
    this.#scope = scope;
    this.#conversation = conversation;
  }

  hostUpdated(): void {
    const composer = this.#composer;
    if (this.#isToRestore && composer) {
      this.#isToRestore = false;
      const { draft, anchor, missing } = this.#read();
      composer.value ||= draft ?? '';
      if (this.#conversation && missing) this.#conversation.missing ??= missing;
      if (anchor) void this.#goBack(anchor);
    } else if (this.host.isConnected) this.#changed();
  }

  /** Forgets all of this user, what stands in the field included. */
  forget(): void {
    const composer = this.#composer;
    if (composer) composer.value = '';
    this.#views.clear();
    clearTimeout(this.#timer);
    this.#timer = this.#awaited = undefined;
    try {
      for (const key of this.#key ? Object.keys(sessionStorage) : []) {
        if (key.startsWith(this.#scope)) sessionStorage.removeItem(key);
      }
    } catch {
      // Nothing can be stored here, so nothing is.
    }
    this.#key = '';
  }

  get #composer(): MessageComposer | null {
    return this.host.renderRoot?.querySelector('message-composer');
  }

  get #list(): MessageList | null {
    return this.host.renderRoot?.querySelector('message-list');
  }

  #changed(): void {
    this.#timer ??= setTimeout(this.#keep, KEEP_AFTER_MS);
  }

  readonly #keep = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const composer = this.#composer;
    if (!this.#key || !composer || this.#isToRestore) return;
    const view: View = {
      draft: composer.value || undefined,
      anchor: this.#awaited ?? this.#list?.anchor,
      missing: this.#conversation?.missing,
    };
    this.#views.set(this.#key, view);
    const json = JSON.stringify(view);
    try {
      if (json === '{}' || this.host.history === 'none') sessionStorage.removeItem(this.#key);
      else sessionStorage.setItem(this.#key, json);
    } catch {
      // Full, or denied: then it lives as long as the page.
    }
  };

  #read(): View {
    const known = this.#views.get(this.#key);
    if (known || !this.#key || this.host.history === 'none') return known ?? {};
    try {
      const { draft, anchor, missing } = JSON.parse(sessionStorage.getItem(this.#key) ?? '{}');
      const isAnchor = typeof anchor?.id === 'string' && Number.isFinite(anchor.offset);
      return {
        draft: typeof draft === 'string' ? draft : undefined,
        anchor: isAnchor ? { id: anchor.id, offset: anchor.offset } : undefined,
        missing: typeof missing === 'string' ? missing : undefined,
      };
    } catch {
      return {};
    }
  }

  async #goBack(anchor: NonNullable<View['anchor']>): Promise<void> {
    this.#awaited = anchor;
    const isThere = await this.#conversation?.reach(anchor.id);
    await this.host.updateComplete;
    if (this.#awaited !== anchor) return;
    this.#awaited = undefined;
    // Whoever has scrolled meanwhile is where they want to be.
    if (isThere && !this.#list?.anchor) this.#list?.scrollToMessage(anchor.id, anchor.offset);
  }
}
