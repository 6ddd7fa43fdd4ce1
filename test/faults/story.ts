import { type Frame, FrameType } from '../gateway/frames.js';
import type { JournalEntry } from '../gateway/journal.js';
import type { ClientEntry, ClientFact } from './client-journal.js';
import type { Evidence } from './evidence.js';

type Line =
  | { readonly at: 'server'; readonly t: number; readonly entry: Omit<JournalEntry, 'n' | 't'> }
  | { readonly at: 'client'; readonly t: number; readonly user: string; readonly fact: ClientFact };

/**
 * Journals made by hand, for tests of the oracle: alice and bob log in and write to each other, and every step of a
 * message can be left out. Time goes on by 10 ms with each entry.
 */
export class Story {
  readonly lines: Line[] = [];
  readonly #typed = new Map<string, { from: string; to: string; content: string }>();
  #now = 0;

  /** Each screen shows the rows as they came, unless `screen()` says otherwise. */
  evidence(history = false): Evidence {
    const clients = new Map<string, ClientEntry[]>([
      ['alice', []],
      ['bob', []],
    ]);
    const server: JournalEntry[] = [];
    for (const line of this.lines) {
      if (line.at === 'server') server.push({ n: server.length, t: line.t, ...line.entry });
      else clients.get(line.user)?.push({ t: line.t, user: line.user, ...line.fact });
    }
    for (const [user, entries] of clients) {
      if (entries.some(({ what }) => what === 'screen')) continue;
      const shown = new Set(entries.flatMap((entry) => (entry.what === 'row' ? [entry.fp] : [])));
      const rows = [...shown].map((fp) => ({ fp, status: this.#statusOf(fp) }));
      entries.push({ t: this.#now, user, what: 'screen', rows });
    }
    return { clients, server, history };
  }

  wait(ms: number): this {
    this.#now += ms;
    return this;
  }

  client(user: string, fact: ClientFact): this {
    this.#now += 10;
    this.lines.push({ at: 'client', t: this.#now, user, fact });
    return this;
  }

  server(user: string, dir: 'in' | 'out', generation: number, frame: Partial<Frame>, text = ''): this {
    this.#now += 10;
    const whole = { ...BLANK, ...frame };
    this.lines.push({
      at: 'server',
      t: this.#now,
      entry: { dir, user, socket: socketOf(user, generation), frame: whole, text },
    });
    return this;
  }

  /** A socket and a login. `since` is what the client announces. */
  login(user: string, generation: number, since?: number): this {
    const content = JSON.stringify({ loginUserId: user, loginToken: String(generation), firstLoginTime: 0 });
    const frame = (dir: 'in' | 'out', type: number, text: string | null): ClientFact => {
      return { what: 'frame', generation, dir, type, fp: null, content: text, text: '' };
    };
    return this.client(user, { what: 'socket', generation })
      .client(user, { what: 'open', generation })
      .client(user, frame('out', FrameType.login, content))
      .server(user, 'in', generation, { type: FrameType.login, dataContent: content })
      .server(user, 'out', generation, { type: FrameType.loginResponse })
      .client(user, frame('in', FrameType.loginResponse, null))
      .client(user, { what: 'resync', since, reason: 'lost' })
      .client(user, { what: 'state', state: 'connected' })
      .client(user, { what: 'login' });
  }

  /** The client lets go of a socket. */
  leave(user: string, generation: number): this {
    return this.client(user, { what: 'abandon', generation }).client(user, { what: 'state', state: 'connecting' });
  }

  type(from: string, fp: string): this {
    const message = { from, to: from === 'alice' ? 'bob' : 'alice', content: `text of ${fp}` };
    this.#typed.set(fp, message);
    return this.row(from, fp).client(from, { what: 'typed', fp, to: message.to, content: message.content });
  }

  row(user: string, fp: string): this {
    return this.client(user, { what: 'row', fp });
  }

  /** What is on a screen in the end, and how far it says that each message has come. */
  screen(user: string, rows: Readonly<Record<string, string>>): this {
    const list = Object.entries(rows).map(([fp, status]) => ({ fp, status }));
    return this.client(user, { what: 'screen', rows: list });
  }

  write(fp: string, generation = 1, text = `frame of ${fp}`): this {
    const { from, content } = this.#message(fp);
    return this.client(from, { what: 'frame', generation, dir: 'out', type: FrameType.data, fp, content, text });
  }

  /** The server reads a copy. */
  read(fp: string, generation = 1, text = `frame of ${fp}`): this {
    const { from, to, content } = this.#message(fp);
    return this.server(from, 'in', generation, { type: FrameType.data, from, to, fp, dataContent: content }, text);
  }

  /** The server writes a copy to the receiver. */
  pass(fp: string, generation = 1): this {
    const { from, to, content } = this.#message(fp);
    return this.server(to, 'out', generation, { type: FrameType.data, from, to, fp, dataContent: content });
  }

  /** The server answers that it has accepted it. */
  accept(fp: string, generation = 1): this {
    return this.server(this.#message(fp).from, 'out', generation, { type: FrameType.received, dataContent: fp });
  }

  /** That answer reaches the sender. */
  hear(fp: string, generation = 1): this {
    return this.client(this.#message(fp).from, {
      what: 'frame',
      generation,
      dir: 'in',
      type: FrameType.received,
      fp: null,
      content: fp,
      text: '',
    });
  }

  status(fp: string, status: string): this {
    return this.client(this.#message(fp).from, { what: 'delivery', fp, status });
  }

  /** A copy reaches the receiver. */
  arrive(fp: string, generation = 1): this {
    const { to, content } = this.#message(fp);
    return this.client(to, { what: 'frame', generation, dir: 'in', type: FrameType.data, fp, content, text: '' });
  }

  show(fp: string, content = this.#message(fp).content): this {
    const { from, to } = this.#message(fp);
    return this.client(to, { what: 'message', fp, from, content }).row(to, fp);
  }

  /** The receiver acknowledges a copy. */
  thank(fp: string, generation = 1): this {
    return this.client(this.#message(fp).to, {
      what: 'frame',
      generation,
      dir: 'out',
      type: FrameType.received,
      fp: null,
      content: fp,
      text: '',
    });
  }

  /** The way of a message from its being typed until the server has answered. */
  send(from: string, fp: string, generation = 1): this {
    return this.type(from, fp)
      .write(fp, generation)
      .read(fp, generation)
      .pass(fp)
      .accept(fp, generation)
      .hear(fp, generation)
      .status(fp, 'delivered');
  }

  receive(fp: string, generation = 1): this {
    return this.arrive(fp, generation).show(fp).thank(fp, generation);
  }

  #statusOf(fp: string): string {
    const last = this.lines.findLast(
      (line) => line.at === 'client' && line.fact.what === 'delivery' && line.fact.fp === fp,
    );
    return last?.at === 'client' && last.fact.what === 'delivery' ? last.fact.status : 'received';
  }

  #message(fp: string): { from: string; to: string; content: string } {
    return this.#typed.get(fp) ?? { from: 'alice', to: 'bob', content: `text of ${fp}` };
  }
}

const BLANK: Frame = {
  bridge: false,
  type: 0,
  dataContent: null,
  from: null,
  to: null,
  fp: null,
  QoS: true,
  typeu: 0,
  sm: -1,
};

function socketOf(user: string, generation: number): number {
  return generation * 10 + (user === 'alice' ? 1 : 2);
}
