/** Text that stands exactly once in a file, and what a bug makes of it. */
export interface Replacement {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A bug that a client of this kind is likely to have one day. */
export interface Mutant {
  readonly name: string;
  readonly replacements: readonly Replacement[];
}

const mutant = (
  name: string,
  ...replacements: readonly (readonly [file: string, from: string, to: string])[]
): Mutant => ({
  name,
  replacements: replacements.map(([file, from, to]) => ({ file: `src/${file}.ts`, from, to })),
});

const WALL_CLOCK = '(this.clock as never as { now(): number }).now()';

export const mutants: readonly Mutant[] = [
  mutant('a copy of a message is shown again', [
    'client/inbox',
    'if (this.#isOwn(packet) || (isFingerprint(fp) && this.#seen.note(fp))) return undefined;',
    'if (this.#isOwn(packet)) return undefined;',
  ]),
  mutant(
    'the wall clock tells how long a message is remembered',
    ['client/recent-fingerprints', 'const now = this.clock.monotonic();', `const now = ${WALL_CLOCK};`],
    ['client/recent-fingerprints', '&& this.clock.monotonic() - at', `&& ${WALL_CLOCK} - at`],
  ),
  mutant('a retransmission has a new fingerprint', [
    'client/outbox',
    'if (!this.line.write(packet)) {',
    'if (!this.line.write(entry.written ? { ...packet, fp: crypto.randomUUID() } : packet)) {',
  ]),
  mutant(
    'what an old socket says late is heard',
    [
      'client/connection',
      'const { signal } = this.#life;',
      'const { signal: ended } = this.#life;\n    const { signal } = new AbortController();',
    ],
    ['client/connection', "signal.addEventListener('abort', ", "ended.addEventListener('abort', "],
  ),
  mutant('a kick-out is followed by a reconnect', [
    'client/link',
    "this.#finish({ name: 'disconnected', reason: 'kicked', kickout });",
    'this.#lost(1006);',
  ]),
  mutant('a timer is left after the end', ['client/link', '    this.#watch.stop();\n', '']),
  mutant('a message is acknowledged before the page has it', [
    'client/chat-client',
    `    if (event) this.dispatchEvent(event);
    if (signal.aborted) return;
`,
    `    if (this.#inbox.owesAck(packet)) this.#link.send(ack(packet));
    if (event) this.dispatchEvent(event);
    if (signal.aborted || this.#inbox.owesAck(packet)) return;
`,
  ]),
  mutant('a socket that opens makes the waits short again', [
    'client/reconnect',
    'opened(): void {\n',
    'opened(): void {\n    this.attempt = this.#previousMs = 0;\n',
  ]),
  mutant('the next attempt waits for the close event of the last', [
    'client/connection',
    'fail(): void {\n    this.#lose(ABNORMAL);',
    'fail(): void {\n    this.#socket.close();',
  ]),
  mutant('keepalives follow a timer, not the answers', [
    'client/heartbeat',
    'this.#arrived = Math.max(asked.written, this.#arrived);\n    this.#plan();',
    'this.#arrived = Math.max(asked.written, this.#arrived);',
  ]),
  mutant('the size of a frame is counted in characters', [
    'protocol/frame-size',
    'return text.length * 3 > limit && utf8Length(text) > limit;',
    'return false;',
  ]),
  mutant('a message is shown before it is written down', [
    'client/outbox-keeper',
    'const turn: Turn = { done, isDue: false };',
    'done?.();\n    const turn: Turn = { done: undefined, isDue: false };',
  ]),
  mutant(
    'tries are used up while there is no connection',
    [
      'client/outbox',
      'for (const entry of this.#entries.values()) entry.writes = entry.repeats = entry.dueAt = 0;',
      'for (const entry of this.#entries.values()) entry.repeats = entry.dueAt = 0;',
    ],
    [
      'client/outbox',
      "else if (entry.message.status === 'sending') this.#announce(entry, 'queued');",
      "else if (entry.message.status === 'sending') {\n        this.#announce(entry, 'queued');\n        entry.writes += 1;\n      }",
    ],
  ),
  mutant('a message for which the server closes is sent for ever', [
    'client/poison',
    'return this.#suspect.times >= TIMES ? first.id : undefined;',
    'return undefined;',
  ]),
  mutant('nudges come as often as they like', [
    'client/reconnect',
    'const at = Math.max(now, this.#nudgedAt + BETWEEN_NUDGES_MS);',
    'const at = now;',
  ]),
  mutant('nobody is told of a gap', ['client/link', 'this.owner.resync(since, reason);', '']),
  mutant('a gap is told of twice', [
    'client/link',
    'this.owner.resync(since, reason);',
    'this.owner.resync(since, reason);\n      this.owner.resync(since, reason);',
  ]),
  mutant('what an earlier page left goes after what is typed', [
    'client/outbox',
    'new Map([...this.#entries].sort(([, a], [, b]) => a.seq - b.seq))',
    'new Map(this.#entries)',
  ]),
  mutant(
    'what an earlier page left goes out in reverse',
    ['client/outbox', '.sort(([, a], [, b]) => a.seq - b.seq)', ''],
    ['client/outbox-keeper', 'records.sort((a, b) => a.seq - b.seq);', 'records.sort((a, b) => b.seq - a.seq);'],
  ),
  mutant('a second page does not wait for the outbox', [
    'client/indexed-db-outbox',
    'await this.#lock(signal);',
    'void this.#lock(signal).catch(() => {});',
  ]),
  mutant('the log holds the token', [
    'client/link',
    "this.log.note('connecting', { ",
    "this.log.note('connecting', { token, ",
  ]),
  mutant('a tab that is frozen, or leaves, keeps the lock', [
    'tabs/leadership',
    "signal.addEventListener('abort', () => release());",
    '',
  ]),
  mutant('a tab that follows connects and acknowledges too', [
    'tabs/shared-client',
    "    this.#ask('hello');\n    this.#candidate.start();",
    "    this.#ask('hello');\n    this.#lead();\n    this.#candidate.start();",
  ]),
  mutant('a message is acknowledged before the device has it', ['tabs/reign', '      event.waitUntil(kept);\n', '']),
  mutant('the next leader begins a new session', [
    'tabs/reign',
    'this.client.connect(this.mirror.past)',
    'this.client.connect()',
  ]),
  mutant('a new leader shows once more what came before', ['tabs/mirror', '!this.#isNew(event.message.id)', 'false']),
  mutant('a wipe forgets a store', [
    'store/archive-room',
    "    transaction.objectStore('marks').delete(under(scope)),\n",
    '',
  ]),
  mutant('a page in the back-forward cache keeps its part in the visit', [
    'store/archive-visit',
    "  onPageCache('pagehide', () => leave(), signal);\n",
    '',
  ]),
  mutant('what a leader could not write down is written by nobody', [
    'tabs/reign',
    '    this.#keep(keeper?.replay?.(mirror.latest));\n',
    '',
  ]),
  mutant('what a page left that knew no leader waits for the next one', [
    'tabs/reign',
    '    if (this.client.reclaim()) await this.#soon(this.#nextRead());\n',
    '',
  ]),
  mutant('a gap is forgotten before what was found is written down', [
    'store/gap',
    '!this.#isOpen && systemClock.monotonic() - this.#closedAt > WRITTEN_MS',
    '!this.#isOpen',
  ]),
  mutant('what a page left is written once more, though it was written', [
    'store/unwritten',
    'if (!(Number(Object(note).n) <= Number(last.done))) replay(note, keeper);',
    'replay(note, keeper);',
  ]),
  mutant('what a page left is written though another tab has written since', [
    'store/unwritten',
    'writer !== undefined && last?.page === writer',
    'writer !== undefined && last',
  ]),
  mutant('a part of the history is put without regard to the one before', [
    'store/merge',
    'isEarlier: behind === undefined ? undefined : ({ id }) => this.#earlier.has(id),',
    'isEarlier: undefined,',
  ]),
];
