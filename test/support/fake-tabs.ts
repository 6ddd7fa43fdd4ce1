import type { Clock } from '../../src/client/clock.js';
import { withArchived } from '../../src/tabs/archived-outbox.js';
import { Leadership, type Locks } from '../../src/tabs/leadership.js';
import { SharedClient } from '../../src/tabs/shared-client.js';
import type { NewsKeeper, SessionMemory, SharedClientOptions } from '../../src/tabs/shared-client-options.js';
import { type SharedText, StorageLease } from '../../src/tabs/storage-lease.js';
import type { ChannelLike } from '../../src/tabs/tab-channel.js';
import { Gateway } from '../gateway/gateway.js';
import type { GatewayOptions } from '../gateway/options.js';
import { FakeClock } from './fake-clock.js';
import { FakeDevice } from './fake-device.js';
import { FakePage } from './fake-page.js';
import { type FakeSocket, fakeSockets } from './fake-socket.js';
import { seededRandom } from './seeded-random.js';

type Task = () => void;

/** A page's request for a lock, from the first word to the last. */
interface Request {
  readonly page: FakeProcess;
  readonly begin: () => void;
  readonly reject: (reason: unknown) => void;
  isOver: boolean;
}

/** What runs a page: it may be stopped for a while, or be gone. Time and events reach the page through it. */
class FakeProcess {
  /** Timers that have not run. */
  readonly timers = new Set<unknown>();
  isGone = false;
  #isStopped = false;
  #waiting: Task[] = [];

  constructor(readonly browser: FakeBrowser) {}

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Runs a task now, when the page goes on, or never. */
  readonly run = (task: Task): void => {
    if (this.isGone) return;
    if (this.#isStopped || this.#waiting.length > 0) this.#waiting.push(task);
    else task();
  };

  /** In a task of its own. */
  later(task: Task): void {
    this.browser.clock.setTimeout(() => this.run(task), 0);
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** What has waited comes first, each in a task of its own. */
  goOn(): void {
    if (!this.#isStopped) return;
    this.#isStopped = false;
    this.#drain();
  }

  #drain(): void {
    if (this.#waiting.length === 0) return;
    this.browser.clock.setTimeout(() => {
      if (this.isGone || this.#isStopped) return;
      this.#waiting.shift()?.();
      this.#drain();
    }, 0);
  }

  readonly clock: Clock = {
    now: () => this.browser.clock.now(),
    monotonic: () => this.browser.clock.monotonic(),
    setTimeout: (fn, ms) => {
      const handle = {};
      this.timers.add(handle);
      this.browser.clock.setTimeout(() => this.run(() => this.timers.delete(handle) && fn()), ms);
      return handle;
    },
    clearTimeout: (handle) => this.timers.delete(handle),
  };
}

/** Exclusive Web Locks. A page that is stopped keeps what it has; one that is gone does not. */
class FakeTabLocks {
  readonly #queues = new Map<string, Request[]>();

  /** Names of the locks that are held, or waited for, by a page. */
  of(page: FakeProcess): string[] {
    return [...this.#queues].flatMap(([name, queue]) => queue.filter((it) => it.page === page).map(() => name));
  }

  for(page: FakeProcess, refusal?: DOMException): Locks {
    const request = (name: string, options: LockOptions, callback: LockGrantedCallback<unknown>) =>
      new Promise((resolve, reject) => {
        if (refusal) reject(refusal);
        else this.#request(page, name, options, callback, resolve, reject);
      });
    // Behind what was said before.
    const query = () => new Promise((resolve) => page.later(() => resolve({})));
    return { request, query } as Locks;
  }

  /** The browser gives on what it had. */
  gone(page: FakeProcess): void {
    for (const name of this.of(page)) this.#end(name, (it) => it.page === page);
  }

  #request(
    page: FakeProcess,
    name: string,
    { signal, steal = false, ifAvailable = false }: LockOptions,
    callback: LockGrantedCallback<unknown>,
    resolve: (value: unknown) => void,
    reject: (reason: unknown) => void,
  ): void {
    if (signal && steal) throw new DOMException('Not both', 'NotSupportedError');
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    const begin = () =>
      page.later(() => {
        if (request.isOver) return;
        Promise.resolve(callback({ name, mode: 'exclusive' }))
          .then(resolve, reject)
          .finally(() => {
            if (!request.isOver) this.#end(name, (it) => it === request);
          });
      });
    const request: Request = { page, begin, reject, isOver: false };
    const [holder] = queue;
    if (ifAvailable && holder) page.later(() => resolve(callback(null)));
    else if (steal) {
      queue.splice(0, 1, request);
      if (holder) {
        holder.isOver = true;
        holder.page.run(() => holder.reject(new DOMException('Stolen', 'AbortError')));
      }
      begin();
    } else {
      queue.push(request);
      if (queue[0] === request) begin();
      signal?.addEventListener('abort', () => {
        // Once it has the lock, the signal has no say.
        if (queue.indexOf(request) <= 0) return;
        this.#end(name, (it) => it === request);
        reject(signal.reason);
      });
    }
  }

  #end(name: string, which: (request: Request) => boolean): void {
    const queue = this.#queues.get(name) ?? [];
    const [holder] = queue;
    for (const request of queue.filter(which)) {
      request.isOver = true;
      queue.splice(queue.indexOf(request), 1);
    }
    if (queue[0] !== holder) queue[0]?.begin();
  }
}

/** One end of a BroadcastChannel: what it says arrives everywhere else, a task later, in its order. */
class FakeChannel implements ChannelLike {
  onmessage: ChannelLike['onmessage'] = null;

  constructor(readonly process: FakeProcess) {
    process.browser.channels.add(this);
  }

  postMessage(message: unknown): void {
    const { browser } = this.process;
    if (!browser.channels.has(this)) throw new DOMException('Channel is closed', 'InvalidStateError');
    const data = structuredClone(message);
    for (const other of browser.channels) {
      if (other === this) continue;
      other.process.later(() => {
        if (browser.channels.has(other)) other.onmessage?.({ data: structuredClone(data) } as MessageEvent);
      });
    }
  }

  close(): void {
    this.process.browser.channels.delete(this);
  }
}

/** The text that all pages share where there are no locks. Others hear of a change a task later. */
class FakeText {
  value: string | null = null;
  readonly listeners = new Map<FakeProcess, { changed: Task; leave: Task }>();

  for(process: FakeProcess): SharedText {
    return {
      read: () => this.value,
      write: (text) => {
        if (this.value === text) return;
        this.value = text;
        for (const [other, { changed }] of this.listeners) {
          if (other !== process) other.later(() => this.listeners.get(other)?.changed === changed && changed());
        }
      },
      listen: (changed, leave, signal) => {
        this.listeners.set(process, { changed, leave });
        signal.addEventListener('abort', () => this.listeners.delete(process));
      },
    };
  }
}

/** A browser profile with any number of tabs, all of one user, and the server at the other end of their line. */
export class FakeBrowser {
  readonly clock = new FakeClock();
  readonly device = new FakeDevice();
  readonly locks = new FakeTabLocks();
  readonly channels = new Set<FakeChannel>();
  readonly text = new FakeText();
  /** What all tabs know of the last end of a session, as it is stored. */
  stamp: string | undefined;
  readonly gateway: Gateway;
  /** Those that were opened, gone ones too. */
  readonly tabs: FakeTab[] = [];
  /** For tabs that are opened from now on. */
  options: Partial<SharedClientOptions> = {};
  keeper: NewsKeeper | undefined;
  /** False: there are no Web Locks. */
  hasLocks = true;
  /** What requests for a lock are refused with. */
  refusal: DOMException | undefined;
  /** Whether what waits is kept on the device. */
  isKept = true;

  constructor(options: Partial<GatewayOptions> = {}) {
    this.gateway = new Gateway({ clock: this.clock, random: seededRandom(1), offlineStore: true, ...options });
  }

  /** Opens a tab with the chat in it. */
  open(memory?: string): FakeTab {
    const tab = new FakeTab(this, memory);
    this.tabs.push(tab);
    tab.client.join();
    return tab;
  }

  /** Several of them, connected. */
  async online(tabs: number): Promise<FakeTab[]> {
    const opened = Array.from({ length: tabs }, () => this.open());
    await this.advance(1_000);
    return opened;
  }

  /** Lets time pass, and everything that waits for its turn come. */
  advance(ms: number): Promise<void> {
    return this.clock.advanceAsync(ms);
  }

  /** Something that was neither said by a tab nor by this widget comes to all tabs. */
  say(data: unknown): void {
    for (const channel of this.channels) {
      channel.process.later(() => channel.onmessage?.({ data: structuredClone(data) } as MessageEvent));
    }
  }

  /** Sockets that are open for the server, of pages that run. */
  get liveSockets(): FakeSocket[] {
    return this.tabs.filter(({ process }) => !process.isStopped).flatMap(({ open }) => open);
  }
}

/** A tab: one page after the other, each with a shared client, and what a person would see in it. */
export class FakeTab {
  process: FakeProcess;
  page = new FakePage();
  client: SharedClient;
  sockets: readonly FakeSocket[] = [];
  /** What session storage holds. */
  memory: string | undefined;
  /** Each event of the client, in a word or two. */
  events: string[] = [];
  /** Ids of messages received, as they were announced. */
  received: string[] = [];
  /** Contents of own messages, each with what became of it so far. */
  readonly own = new Map<string, string[]>();
  /** Hears of each socket that a page of this tab makes. */
  onSocket: (() => void) | undefined;
  /** How each promise of this tab ended. */
  readonly settled = new Map<string, string>();

  constructor(
    readonly browser: FakeBrowser,
    memory?: string,
  ) {
    this.memory = memory;
    this.process = new FakeProcess(browser);
    this.client = this.#load();
  }

  get state(): string {
    const { state } = this.client;
    return state.name === 'disconnected' ? state.reason : state.name;
  }

  get leads(): boolean {
    return this.open.length > 0;
  }

  /** Its sockets that are open. */
  get open(): FakeSocket[] {
    return this.sockets.filter(({ readyState, dead }) => readyState < 2 && !dead);
  }

  /** Own messages by content, with their last status. */
  get bubbles(): Record<string, string> {
    return Object.fromEntries([...this.own].map(([content, statuses]) => [content, statuses.at(-1) ?? '']));
  }

  /** Writes a message to bob. */
  send(content: string, qos = true): string {
    const { id, delivered } = this.client.send(content, { to: 'bob', qos });
    delivered.then(
      () => this.settled.set(content, 'delivered'),
      (error) => this.settled.set(content, error.reason ?? error.message),
    );
    return id;
  }

  idOf(content: string): string {
    return this.#ids.get(content) ?? '';
  }
  readonly #ids = new Map<string, string>();

  /** The page stops in the midst of what it does, and nobody tells it. */
  hang(): void {
    this.process.stop();
  }

  goOn(): void {
    this.process.goOn();
  }

  /** The browser stops a page that nobody looks at, and says so. */
  freeze(): void {
    this.page.hidden = true;
    this.page.tell('frozen');
    this.process.stop();
  }

  resume(): void {
    this.process.goOn();
    this.process.run(() => {
      this.page.tell('resumed');
      this.page.hidden = false;
      this.page.tell('visible');
    });
  }

  /** Gone without a word. */
  crash(): void {
    const { process, browser } = this;
    process.isGone = true;
    for (const channel of browser.channels) if (channel.process === process) channel.close();
    browser.locks.gone(process);
    browser.text.listeners.delete(process);
    for (const socket of this.sockets) {
      if (socket.readyState < 2) socket.onClose?.();
      socket.dead = true;
      socket.readyState = 3;
    }
  }

  /** The person closes it, or goes to another page: pages learn of that. */
  close(): void {
    if (!this.process.isStopped) this.browser.text.listeners.get(this.process)?.leave();
    this.crash();
  }

  /** The next page of the same tab. */
  navigate(): void {
    this.close();
    this.process = new FakeProcess(this.browser);
    this.page = new FakePage();
    this.events = [];
    this.received = [];
    this.own.clear();
    this.client = this.#load();
    this.client.join();
  }

  #load(): SharedClient {
    const { browser, process, page } = this;
    const { WebSocket, sockets } = fakeSockets(browser.clock, {
      onSocket: (socket) => {
        this.onSocket?.();
        queueMicrotask(() => connect(browser.gateway, socket, process));
      },
    });
    this.sockets = sockets;
    const locks = browser.locks.for(process, browser.refusal);
    const text = browser.text.for(process);
    const storage = browser.isKept ? browser.device.storage(false) : undefined;
    const client = new SharedClient({
      serverUrl: 'ws://localhost/websocket',
      userId: 'alice',
      clock: process.clock,
      WebSocket,
      page,
      random: () => 0.5,
      storage,
      keeper: browser.keeper,
      revise: storage && (async (...left) => withArchived(storage, ...left)),
      ...(browser.hasLocks
        ? {
            candidate: (clock, owner) => new Leadership('alice', locks, clock, owner),
            channel: () => new FakeChannel(process),
          }
        : { candidate: (clock, owner) => new StorageLease(text, clock, owner) }),
      ...this.#memories,
      ...browser.options,
    });
    this.#listen(client);
    return client;
  }

  /** What this tab remembers, and what all tabs of the browser do. */
  get #memories(): Record<'memory' | 'stamp', SessionMemory> {
    const { browser } = this;
    return {
      memory: {
        read: () => JSON.parse(this.memory ?? 'null'),
        write: (value) => {
          this.memory = JSON.stringify(value);
        },
      },
      stamp: {
        read: () => JSON.parse(browser.stamp ?? 'null'),
        write: (value) => {
          browser.stamp = JSON.stringify(value);
        },
      },
    };
  }

  #listen(client: SharedClient): void {
    const note = (event: string) => this.events.push(event);
    client.addEventListener('state', ({ state }) => {
      note(
        `state ${state.name === 'disconnected' ? state.reason : `${state.name} ${'attempt' in state ? state.attempt : ''}`}`.trim(),
      );
    });
    client.addEventListener('login', ({ firstLoginTime }) => note(`login ${firstLoginTime}`));
    client.addEventListener('resync', ({ reason }) => note(`resync ${reason}`));
    client.addEventListener('message', ({ message }) => {
      note(`message ${message.content}`);
      this.received.push(message.content);
    });
    client.addEventListener('delivery', ({ message: { id, content }, status }) => {
      note(`delivery ${content} ${status}`);
      this.#ids.set(content, id);
      this.own.set(content, [...(this.own.get(content) ?? []), status]);
    });
    client.addEventListener('kickout', ({ kickout }) => note(`kickout ${kickout.code}`));
    client.addEventListener('error', ({ error }) => note(`error ${error.constructor.name} ${error.message}`));
    client.addEventListener('told', ({ fact }) => note(`told ${textOf(fact)}`));
    client.addEventListener('close', ({ code }) => note(`close ${code}`));
    client.addEventListener('durability', ({ durability }) => note(`durability ${durability}`));
    const target: EventTarget = client;
    target.addEventListener('expired', () => note('expired'));
  }
}

/** Leads a socket of a page to the gateway. What comes for a page that is stopped waits for it. */
function connect(gateway: Gateway, socket: FakeSocket, { run }: FakeProcess): void {
  if (socket.abandoned) return;
  if (!gateway.running) {
    run(() => socket.serverClose(1006));
    return;
  }
  const end = (code: number, reason: string) =>
    queueMicrotask(() => {
      run(() => socket.serverClose(code));
      session.onClose(code, reason);
    });
  const session = gateway.accept({
    send: (text) => queueMicrotask(() => run(() => socket.deliver(text))),
    close: end,
    terminate: () => end(1006, ''),
  });
  socket.onFrame = (_, text) => session.onText(text);
  socket.onClose = () => session.onClose(1005, '');
  run(() => socket.readyState === 0 && socket.open());
}

/** Of anything: what others may say has cycles and big numbers. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
