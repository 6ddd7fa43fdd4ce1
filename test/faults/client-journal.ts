import { performance } from 'node:perf_hooks';
import type { ChatClient } from '../../src/client/index.js';
import type { LoadHistory } from '../../src/store/history.js';
import type { MessageStore } from '../../src/store/message-store.js';
import { parseFrame } from '../gateway/frames.js';

/** What happened at a client, with the monotonic time in ms. */
export type ClientEntry = { readonly t: number; readonly user: string } & ClientFact;

export type ClientFact =
  /** The user sent a message. */
  | { readonly what: 'typed'; readonly fp: string; readonly to: string; readonly content: string }
  /** A socket was made; it opened; the client let go of it; it closed. */
  | { readonly what: 'socket' | 'open' | 'abandon' | 'gone'; readonly generation: number }
  | ClientFrame
  | { readonly what: 'state'; readonly state: string }
  | { readonly what: 'login' }
  /** `since` is monotonic time here, too. */
  | { readonly what: 'resync'; readonly since: number | undefined; readonly reason: string }
  | { readonly what: 'delivery'; readonly fp: string; readonly status: string }
  /** A message of somebody else was announced. */
  | { readonly what: 'message'; readonly fp: string; readonly from: string; readonly content: string }
  /** The history was asked what came after a message or a time, and answered with so many messages; undefined: it failed. */
  | {
      readonly what: 'history';
      readonly after: string | undefined;
      readonly since: number | undefined;
      readonly found: number | undefined;
    }
  /** A message, own or not, is on the screen from now on, or no more. */
  | { readonly what: 'row' | 'row gone'; readonly fp: string }
  /** What is on the screen in the end, from top to bottom. */
  | { readonly what: 'screen'; readonly rows: readonly ScreenRow[] };

export interface ScreenRow {
  readonly fp: string;
  readonly status: string;
}

export interface ClientFrame {
  readonly what: 'frame';
  readonly generation: number;
  readonly dir: 'in' | 'out';
  /** Undefined for what is no frame. */
  readonly type: number | undefined;
  readonly fp: string | null;
  readonly content: string | null;
  readonly text: string;
}

/** Everything that one client did and was told, in order. It stands between the client and its sockets and believes neither. */
export class ClientJournal {
  readonly entries: ClientEntry[] = [];

  constructor(readonly user: string) {}

  add(fact: ClientFact): void {
    this.entries.push({ t: performance.now(), user: this.user, ...fact });
  }

  frame(generation: number, dir: 'in' | 'out', text: string): void {
    const frame = parseFrame(text);
    const [type, fp = null, content = null] = [frame?.type, frame?.fp, frame?.dataContent];
    this.add({ what: 'frame', generation, dir, type, fp, content, text });
  }

  /** Notes the client's events. Its wall clock must run with the monotonic one, see `performance.timeOrigin`. */
  follow(client: ChatClient): void {
    client.addEventListener('state', ({ state }) => this.add({ what: 'state', state: state.name }));
    client.addEventListener('login', () => this.add({ what: 'login' }));
    client.addEventListener('delivery', ({ message, status }) =>
      this.add({ what: 'delivery', fp: message.id, status }),
    );
    client.addEventListener('message', ({ message: { id, from, content } }) =>
      this.add({ what: 'message', fp: id, from, content }),
    );
    client.addEventListener('resync', ({ since, reason }) => {
      const monotonic = since === undefined ? undefined : since - performance.timeOrigin;
      this.add({ what: 'resync', since: monotonic, reason });
    });
  }

  /** Notes what the history is asked, and how it answers. */
  ask(load: LoadHistory): LoadHistory {
    return async (request) => {
      const [after, since] = [request.after?.id, request.since];
      const note = (found: number | undefined) => this.add({ what: 'history', after, since, found });
      try {
        const answer = await load(request);
        note(answer.length);
        return answer;
      } catch (error) {
        note(undefined);
        throw error;
      }
    };
  }

  /** Notes what a conversation shows: its list, without the notes of the client itself. */
  watch(store: MessageStore): void {
    store.addEventListener('change', ({ change }) => {
      if ('messages' in change) {
        for (const { id, status } of change.messages) if (status !== 'note') this.add({ what: 'row', fp: id });
      } else if (change.kind === 'remove' && change.message.status !== 'note') {
        this.add({ what: 'row gone', fp: change.message.id });
      }
    });
  }

  /** Notes the whole list. */
  look(store: MessageStore): void {
    const rows = store.messages.filter(({ status }) => status !== 'note').map(({ id, status }) => ({ fp: id, status }));
    this.add({ what: 'screen', rows });
  }
}
