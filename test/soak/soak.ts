import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import { WebSocket } from 'ws';
import { ChatClient, type SocketConstructor } from '../../src/client/index.js';
import { EVERYONE } from '../gateway/faults.js';
import type { Gateway } from '../gateway/gateway.js';
import { seededRandom } from '../support/seeded-random.js';
import { detachedNodes } from './detached-nodes.js';
import { HeapProbe, type HeapSample } from './heap-probe.js';
import { Ledger, type LedgerCounts } from './ledger.js';
import { countTimers, drive, type PageNews, type PageState } from './page-driver.js';
import { PageTeller } from './page-teller.js';

/** 5 messages a second, both ways. */
const EVERY_MS = 200;
const SLOW_MS = 1_500;
const DOWN_MS = 3_000;
const WARM_UP_MS = 5_000;
/** After a fault everything must be delivered by then, or something is stuck. */
const HEALED_MS = 60_000;
const kinds = ['cut', 'half-open', 'slow', 'restart', 'duplicate'] as const;

export type FaultKind = (typeof kinds)[number];

export interface SoakOptions {
  readonly browser: Browser;
  /** Address of the demo page. */
  readonly url: string;
  readonly gateway: Gateway;
  readonly minutes: number;
  /** From the beginning of one fault to that of the next. */
  readonly faultEveryMs: number;
  /** A sample of the heap is taken after so many faults. */
  readonly faultsPerSample: number;
  readonly seed: number;
  readonly onSample?: (sample: SoakSample) => void;
}

/** What the page held at a moment of rest: nothing under way, the transcript emptied, the garbage collected. */
export interface SoakSample extends HeapSample {
  readonly minute: number;
  readonly faults: number;
  readonly timers: number;
  readonly sockets: number;
}

export interface SoakResult {
  readonly samples: readonly SoakSample[];
  readonly faults: ReadonlyMap<FaultKind, number>;
  readonly ledger: LedgerCounts;
  /** DOM nodes that were held at the end although they are in no document, by name. */
  readonly detached: ReadonlyMap<string, number>;
}

/** A chat page in a real browser and somebody who talks with it, for a long time and on a bad line (goal G10). */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { browser, url, gateway, minutes, faultEveryMs, faultsPerSample, seed, onSample = () => {} } = options;
  const random = seededRandom(seed);
  const page = `page-${seed}`;
  const other = `other-${seed}`;
  const ledger = new Ledger(gateway, page, other);
  const context = await browser.newContext();
  const tab = await context.newPage();
  const cdp = await context.newCDPSession(tab);
  const teller = new PageTeller(tab, cdp);
  await teller.start();
  const tell = (expression: string) => teller.tell(expression);
  await cdp.send('Runtime.addBinding', { name: 'soakNews' });
  cdp.on('Runtime.bindingCalled', ({ payload }) => ledger.note(JSON.parse(payload) as PageNews));
  await tab.addInitScript(countTimers);
  await tab.goto(`${url}?user=${page}&peer=${other}&locale=en`);
  await tab.waitForFunction(() => document.querySelector('chat-window')?.connectionState.name === 'connected');
  await tab.evaluate(drive);
  const probe = new HeapProbe(cdp);
  await probe.start();
  const partner = new Partner(url, other, page, random);
  partner.client.connect();

  const state = async () => JSON.parse(String(await tell('soak.state()'))) as PageState;
  const rest = async (): Promise<PageState> => {
    const end = performance.now() + HEALED_MS;
    for (let now = await state(); ; now = await state()) {
      const isDelivered = now.pending === 0 && gateway.unacknowledged === 0;
      if (now.connection === 'connected' && partner.isAtRest && isDelivered) return now;
      if (performance.now() > end) throw new Error(`Expected rest within ${HEALED_MS} ms, got ${JSON.stringify(now)}`);
      await wait(100);
    }
  };

  const faults = new Map<FaultKind, number>();
  /** Both sides talk, and are struck by a fault. */
  const endure = async (kind: FaultKind, user: string, ms: number): Promise<void> => {
    await tell(`soak.start(${EVERY_MS})`);
    partner.start(EVERY_MS);
    strike(gateway, kind, user);
    faults.set(kind, (faults.get(kind) ?? 0) + 1);
    await wait(ms);
    await tell('soak.stop()');
    partner.stop();
    gateway.faults.clear(EVERYONE);
  };
  /** Waits until all is delivered, and empties the transcript. */
  const settle = async (): Promise<PageState> => {
    await rest();
    // For an answer of the history that is under way.
    await wait(1_000);
    await tell('soak.clear()');
    return rest();
  };

  // What is loaded at the first outage and stays is no growth.
  for (const kind of ['cut', 'slow', 'restart'] as const) await endure(kind, EVERYONE, WARM_UP_MS);
  await settle();
  const started = performance.now();
  const minute = () => (performance.now() - started) / 60_000;
  const samples: SoakSample[] = [];
  for (let count = 1; minute() < minutes || samples.length < 2; count++) {
    const kind = kinds[(count - 1) % kinds.length] ?? 'cut';
    const user = [page, other, EVERYONE][Math.floor(random() * 3)] ?? EVERYONE;
    await endure(kind, user, faultEveryMs);
    if (count % faultsPerSample !== 0) continue;
    const { timers, sockets } = await settle();
    const sample = { minute: minute(), faults: count, timers, sockets, ...(await probe.sample()) };
    samples.push(sample);
    onSample(sample);
  }
  const detached = detachedNodes(await probe.snapshot());
  partner.client.disconnect();
  await context.close();
  return { samples, faults, ledger: ledger.close(), detached };
}

function strike({ faults }: Gateway, kind: FaultKind, user: string): void {
  if (kind === 'cut') faults.cut(user);
  else if (kind === 'half-open') faults.halfOpen(user);
  else if (kind === 'slow') faults.slow(user, SLOW_MS);
  else if (kind === 'duplicate') faults.duplicate(user);
  else faults.restart(DOWN_MS);
}

/** The other side: a client without a page. */
class Partner {
  readonly client: ChatClient;
  #said = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    url: string,
    userId: string,
    readonly to: string,
    random: () => number,
  ) {
    this.client = new ChatClient({
      serverUrl: `${url.replace('http', 'ws')}websocket`,
      userId,
      random,
      WebSocket: WebSocket as unknown as SocketConstructor,
    });
  }

  get isAtRest(): boolean {
    return this.client.state.name === 'connected' && this.client.pending === 0;
  }

  start(everyMs: number): void {
    this.#timer = setInterval(() => {
      this.#said += 1;
      this.client.send(`message ${this.#said} of the other side, as long as messages are, 好`, { to: this.to });
    }, everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
