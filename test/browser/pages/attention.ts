import { MessageReceivedEvent } from '../../../src/client/events.js';
import { watchUnread } from '../../../src/components/unread-watch.js';
import { en } from '../../../src/index.js';

/** A session as all tabs of a browser have it: each hears the same messages, and what was read in any of them. */
class SharedSession extends EventTarget {
  unread = 0;
  readonly client = Object.assign(new EventTarget(), { userId: 'alice' });

  conversation(): { readonly unread: number } {
    return this;
  }

  receive(id: string): void {
    this.unread += 1;
    const message = { id, type: 0, content: `text of ${id}`, from: 'bob', to: 'alice', sentAt: 0 } as const;
    this.client.dispatchEvent(new MessageReceivedEvent({ ...message, status: 'received' }));
  }

  read(): void {
    this.unread = 0;
    this.dispatchEvent(new Event('unread'));
  }
}

const session = new SharedSession();
const ended = new AbortController();
const wishes = { unreadTitle: 'on', sound: 'on', notifications: 'on', peerId: 'bob', peerName: 'Bob' };
watchUnread(session, wishes, () => en, ended.signal)();

const attentionPage = { session, close: () => ended.abort() };

declare global {
  interface Window {
    attentionPage: typeof attentionPage;
  }
}

window.attentionPage = attentionPage;
