import { LitElement } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ChatClient } from '../client/chat-client.js';
import type { LogEntry } from '../client/client-log.js';
import type { ConfigurationError } from '../client/errors.js';
import type { Strings } from '../locales/strings.js';
import type { LoadHistory } from '../store/history.js';
import type { MessageStore } from '../store/message-store.js';
import { type MessageTypes, messageTypes } from './bubbles/message-types.js';
import { WindowLanguage } from './window-language.js';
import { followLook } from './window-look.js';

/** An attribute that is taken away is empty again. */
const orEmpty = (text: string | null) => text ?? '';
const orOn = (value: string | null) => value ?? 'on';
const orNever = (seconds: string | null) => Number(seconds ?? Number.POSITIVE_INFINITY);

/**
 * What a `<chat-window>` is told: its attributes, each also a property in camel case, and its properties.
 *
 * @cssprop [--chat-font=system-ui, sans-serif] - Font family.
 */
export class ChatWindowOptions extends LitElement {
  static override get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: Lit collects the attributes of the class it is called on
    return [...super.observedAttributes, 'token'];
  }

  /** Address of the server's WebSocket, `wss://…` (`ws://…` on pages without https). */
  @property({ attribute: 'server-url' }) serverUrl: string | undefined;
  /** Keeps apart several chats on one origin. Default: empty. */
  @property({ attribute: 'app-id', converter: orEmpty }) appId = '';
  /** Who logs in. */
  @property({ attribute: 'user-id' }) userId: string | undefined;
  /** The other side. Without one a field asks for it. Default: empty. */
  @property({ attribute: 'peer-id' }) peerId = '';
  /** The peer's name, above their bubbles. Default: "UID: " and the id. */
  @property({ attribute: 'peer-name' }) peerName = '';
  /** Address of the peer's picture. Default: the first letter of the name. */
  @property({ attribute: 'peer-avatar', converter: orEmpty }) peerAvatar = '';
  /**
   * Hosts beside the page's own from which pictures and sound in messages are loaded, separated by spaces or commas:
   * `img.example.com cdn.example.com:8443`. What lies elsewhere is a link. Default: none.
   */
  @property({ attribute: 'image-hosts', converter: orEmpty }) imageHosts = '';
  /** The title. Default: the peer's name, or "Chat". */
  @property() heading = '';
  /**
   * BCP 47 language tag; the closest of zh-CN, zh-TW, en, ja, ko, de, fr, es, pt-BR, ru, ar, he. Default: that of the page, or
   * of the browser.
   */
  @property() locale: string | undefined;
  /** `light`, `dark` or `auto`, the default: as the system has it. */
  @property({ reflect: true }) theme: 'light' | 'dark' | 'auto' = 'auto';
  /**
   * `classic`, the default; `messenger`: green and round; `neutral`: quiet, for the page of a shop. The page's own `--chat-*`
   * properties come before a look's. The last two are loaded when they are asked for.
   */
  @property({ converter: orEmpty }) look: 'classic' | 'messenger' | 'neutral' = 'classic';
  /** Any CSS colour. Buttons, links and own bubbles take it on, in shades that can be read, light and dark. Default: none. */
  @property({ converter: orEmpty }) brand = '';
  /** The server's heartbeat mode in seconds: 3, 5, 10, 15, 30, 60 or 120. Read when the session begins. Default: 5. */
  @property({ converter: (seconds) => Number(seconds ?? 5) }) heartbeat = 5;
  /**
   * Seconds after which a message that nobody confirms fails by itself. Default: never, it is kept and sent again.
   */
  @property({ attribute: 'give-up-after', converter: orNever }) giveUpAfter: number = Number.POSITIVE_INFINITY;
  /**
   * What is kept on the device. `session`, the default: the conversation, as long as a tab of the visit lives; `device`: the
   * conversation, until it is cleared; `none`: nothing, what waits for its delivery included. Read when the session begins.
   */
  @property({ converter: (value) => value ?? 'session' }) history: 'session' | 'device' | 'none' = 'session';
  /** `on`, the default: the page's title begins with the number of unread messages, `(2) Shop`. `off`: it stays as it is. */
  @property({ attribute: 'unread-title', converter: orOn }) unreadTitle: 'on' | 'off' = 'on';
  /** `on`, the default: a quiet sound for a message that nobody looks at, in one tab of the browser. `off`: none. */
  @property({ converter: orOn }) sound: 'on' | 'off' = 'on';
  /**
   * `on`: a notification of the system for a message that nobody looks at; `private`: one without the text. The title bar has
   * a button that asks for the permission, until it is given or denied. `off`, the default: neither.
   */
  @property({ converter: (value) => value ?? 'off' }) notifications: 'on' | 'off' | 'private' = 'off';
  /** Shows the user's own id in the title bar. A made-up visitor id is a credential. Default: off. */
  @property({ type: Boolean, attribute: 'show-user-id' }) showUserId = false;

  /** Function that gives the login token, asked at every login; after 10 s the attempt counts as failed. Default: an empty token. */
  @property({ attribute: false }) getToken: (() => string | Promise<string>) | undefined;
  /** Extra login data for the application behind the server. Read when the session begins. Default: none. */
  @property({ attribute: false }) extra: string | undefined;
  /**
   * A `ChatClient` that the page made. Hand it over before it connects, so that no message arrives unseen; the page connects it.
   * Default: one is made from the attributes.
   */
  @property({ attribute: false }) client: ChatClient | undefined;
  /**
   * A `MessageStore` to show. It belongs to the user and peer with whom it is first shown, and is not used for others, nor where
   * another window of the page shows them already. Without `server-url` the window shows it and connects nowhere. Default: one
   * is made.
   */
  @property({ attribute: false }) store: MessageStore | undefined;
  /** Function that loads what was missed, after each login; see {@link HistoryRequest}. Default: none, and nothing is said of gaps. */
  @property({ attribute: false }) loadHistory: LoadHistory | undefined;
  /** Function that hears the client's detailed log while it is set; never tokens or what people write. Default: none. */
  @property({ attribute: false }) log: ((entry: LogEntry) => void) | undefined;
  /** Map from message types of the page's own to functions that render them, before the built-in ones. Default: none. */
  @property({ attribute: false }) messageTypes: MessageTypes = messageTypes;
  /** Replaces single texts of the language in use. Default: none. */
  @property({ attribute: false }) strings: Partial<Strings> = {};

  /** The texts of the language in use; nothing is drawn before they have come. Not to be set: see `locale` and `strings`. @internal */
  @state() language: Strings | undefined;

  readonly #language = new WindowLanguage((strings) => {
    this.language = strings;
  });

  constructor() {
    super();
    followLook(this);
  }

  /** Asks for the language that `locale` names. Returns what is wrong. */
  protected chooseLanguage(): ConfigurationError | undefined {
    return this.#language.choose(this.locale);
  }

  /** When it is drawn in its language. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#language.settled;
    return super.getUpdateComplete();
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'token') this.requestUpdate(name, old);
    // Without the attribute there would be no theme at all.
    if (name === 'theme' && value === null) this.setAttribute(name, 'auto');
  }
}
