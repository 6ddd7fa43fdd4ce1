import type { Message } from '../../src/client/index.js';
import { archivist } from '../../src/store/archivist.js';
import { ChatSession } from '../../src/store/chat-session.js';
// Loaded before it is asked for: no fake clock waits for a file.
import '../../src/store/device.js';
import { checkFact } from '../../src/store/facts.js';
import { FrameType } from '../gateway/frames.js';
import { parseLogin } from '../gateway/login.js';
import { FakeArchive } from '../support/fake-archive.js';
import { FakeBrowser, type FakeTab } from '../support/fake-tabs.js';

/** Three tabs at most, connected, of which the first leads; a test takes as many as it asked for. */
export async function online(count: number, browser = new FakeBrowser()): Promise<[FakeTab, FakeTab, FakeTab]> {
  const tabs = await browser.online(count);
  return tabs as FakeTab[] & [FakeTab, FakeTab, FakeTab];
}

/** A browser without locks: one tab has the chat, and the other says so. */
export async function withoutLocks(browser = new FakeBrowser()): Promise<[FakeBrowser, FakeTab, FakeTab]> {
  browser.hasLocks = false;
  const holder = browser.open();
  await browser.advance(1_000);
  const other = browser.open();
  await browser.advance(1_000);
  if (other.state !== 'elsewhere') throw new Error(`Expected a tab without the chat, it is ${other.state}`);
  return [browser, holder, other];
}

/** The session that each login of alice named, 0 for a new one. */
export const logins = ({ gateway }: FakeBrowser) =>
  gateway.journal.logins('alice').map(({ frame }) => parseLogin(frame?.dataContent ?? null)?.firstLoginTime);

/** What alice's tabs wrote to the server, in this order. */
export const sent = ({ gateway }: FakeBrowser) =>
  gateway.journal.filter({ dir: 'in', type: FrameType.data, user: 'alice' }).map(({ frame }) => frame?.dataContent);

/** A message of the conversation with bob. */
export function message(id: string, status: Message['status'] = 'received'): Message {
  const [from, to] = status === 'received' ? ['bob', 'alice'] : ['alice', 'bob'];
  return { id, type: 0, content: id, from, to, sentAt: 1_767_605_000_000, status };
}

/** A browser that keeps what happens, with what is kept already. */
export function keeping(archive = new FakeArchive(), browser = new FakeBrowser()): [FakeBrowser, Promise<FakeArchive>] {
  const kept = Promise.resolve(archive);
  browser.keeper = archivist(kept);
  return [browser, kept];
}

/** What a page has on its shared client: the conversations, which other tabs tell of. */
export function sessionOf({ client }: FakeTab, archive?: Promise<FakeArchive>): ChatSession {
  const tabs: ChatSession['tabs'] = {
    tell: (fact) => client.tell(fact),
    listen(listener, signal) {
      const told = ({ fact }: { readonly fact: unknown }) => {
        const checked = checkFact(fact);
        if (checked) listener(checked);
      };
      client.addEventListener('told', told, { signal });
      client.addEventListener('expired', () => listener({ fact: 'over' }), { signal });
    },
  };
  return new ChatSession(client, tabs, archive, (_name, _signal, run) => run());
}

/** What is seen of the conversation with bob. */
export function shown(session: ChatSession): string[] {
  const { messages } = session.conversation('bob').store;
  return messages.filter(({ status }) => status !== 'note').map(({ content }) => content);
}

/** What a person who leaves has the widget do: nothing of theirs may stay. */
export function wipe({ client }: FakeTab): void {
  client.disconnect();
  client.discard();
  client.tell({ fact: 'wiped' });
}
