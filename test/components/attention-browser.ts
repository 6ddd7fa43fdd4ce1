import type { Message } from '../../src/client/message.js';
import { Attention, type AttentionSurroundings, type AttentionWishes } from '../../src/components/attention.js';
import { en } from '../../src/locales/en.js';
import { FakeClock } from '../support/fake-clock.js';

/** A notification that a tab has shown. */
export interface Shown {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly silent: boolean;
  readonly click: () => void;
  isOpen: boolean;
}

/** What the tabs of one browser share: time, Web Locks, what is heard and shown. */
export class AttentionBrowser {
  readonly clock = new FakeClock();
  readonly held = new Set<string>();
  readonly notifications: Shown[] = [];
  chimes = 0;
  /** Sound devices in use. */
  sounding = 0;
  locksFail = false;

  readonly locks = {
    request: async (name: string, _: object, hold: (lock: Lock | null) => unknown) => {
      if (this.locksFail) throw new DOMException('no locks here', 'SecurityError');
      if (this.held.has(name)) {
        await hold(null);
        return;
      }
      this.held.add(name);
      await hold({ name, mode: 'exclusive' });
      this.held.delete(name);
    },
  } as Pick<LockManager, 'request'>;

  /** What was heard and seen so far. */
  get told(): [chimes: number, notifications: number] {
    return [this.chimes, this.notifications.length];
  }
}

const everything = { unreadTitle: 'on', sound: 'on', notifications: 'on', peerId: 'bob', peerName: 'Bob' };
const param = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} };
const node = { frequency: { value: 0 }, gain: param, connect: () => node, start() {}, stop() {} };
let ids = 0;

/** A message of this peer. */
export function messageOf(from: string, content = 'hi', type = 0): Message {
  return { id: `m${++ids}`, type, content, from, to: 'alice', sentAt: 0, status: 'received' };
}

/** A tab in the background, with one window and one session. */
export class AttentionTab {
  visible = false;
  hasFocus = false;
  permission: NotificationPermission = 'granted';
  notificationFails = false;
  /** How often a notification brought it to the front. */
  fronts = 0;
  readonly attention: Attention;
  readonly wishes: AttentionWishes;
  readonly page = pageOf(this);
  readonly #unread = new Map<string, number>();

  constructor(
    readonly browser: AttentionBrowser,
    wishes: Partial<AttentionWishes> = {},
    around: Partial<AttentionSurroundings> = {},
  ) {
    const { clock, locks } = browser;
    this.attention = new Attention(this.#source(), {
      ...{ clock, locks, document: this.page as never, page: this.page, mayPlay: () => true },
      ...{ Notification: notificationOf(this) as never, AudioContext: audioOf(browser) as never },
      ...around,
    });
    this.wishes = this.join(wishes);
  }

  /** Another window of this session. */
  join(wishes: Partial<AttentionWishes>): AttentionWishes {
    const whole = { ...everything, ...wishes };
    this.attention.join(whole, () => en);
    return whole;
  }

  /** A message that has just come, and counts as unread. */
  receive(message = messageOf('bob')): void {
    this.set(message.from, (this.#unread.get(message.from) ?? 0) + 1);
    void this.attention.tell(message);
  }

  set(peerId: string, unread: number): void {
    this.#unread.set(peerId, unread);
    this.attention.update();
  }

  #source() {
    const counts = this.#unread;
    return {
      client: { userId: 'alice' },
      get unread() {
        return [...counts.values()].reduce((sum, count) => sum + count, 0);
      },
      conversation: (peerId: string) => ({ unread: counts.get(peerId) ?? 0 }),
    };
  }
}

function pageOf(tab: AttentionTab) {
  return {
    title: 'Shop',
    head: document.createElement('head'),
    hasFocus: () => tab.hasFocus,
    get visibilityState() {
      return tab.visible ? 'visible' : 'hidden';
    },
    defaultView: {
      focus: () => {
        tab.fronts += 1;
      },
    },
  };
}

function notificationOf(tab: AttentionTab) {
  return class {
    onclick = () => {};
    onclose = () => {};
    readonly #shown: Shown;

    static get permission() {
      return tab.permission;
    }

    constructor(title: string, { body = '', tag = '', silent }: NotificationOptions) {
      if (tab.notificationFails) throw new TypeError('Illegal constructor');
      this.#shown = { title, body, tag, silent: silent ?? false, click: () => this.onclick(), isOpen: true };
      tab.browser.notifications.push(this.#shown);
    }

    close() {
      this.#shown.isOpen = false;
      this.onclose();
    }
  };
}

function audioOf(browser: AttentionBrowser) {
  return class {
    readonly currentTime = 0;
    readonly createOscillator = () => node;
    readonly createGain = () => node;

    constructor() {
      browser.chimes += 1;
      browser.sounding += 1;
    }

    async close() {
      browser.sounding -= 1;
    }
  };
}
