import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import { Gateway } from '../gateway/gateway.js';
import { hostClock } from '../gateway/host-clock.js';
import { buildDist, type DemoSite, demoSite, folderOf } from '../support/demo-site.js';
import { observeVisit, type Visit } from './visit.js';

/** A row of the table. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The goal is missed above it. Default: there is none. */
  readonly limit?: number;
}

const FIRST_PORT = 25_100;
const TRIALS = 20;
const SLOWER = 4;
/** How long a page is looked at after it has loaded, with its CPU slowed down. */
const LOOK_MS = 1_500;
const HOVER_MS = 200;

/** One visit that nobody uses the chat in. */
interface Look {
  readonly shift: number;
  readonly longTask: number;
  /** Milliseconds that scripts ran, and that the main thread worked: without what others did on its core meanwhile. */
  readonly scripts: number;
  readonly busy: number;
  /** What was asked for, besides the page. */
  readonly requests: readonly string[];
}

const pages = {
  plain: '',
  tag: (serverUrl: string) =>
    `<script async src="/dist/harmonychat.js" data-server-url="${serverUrl}" data-peer-id="support"></script>`,
  // What must not go unseen: it pushes the page down, and blocks it.
  rude: `<script>addEventListener('load', () => setTimeout(() => {
    document.body.prepend(Object.assign(document.createElement('div'), { style: 'height: 200px' }));
    for (const end = performance.now() + 100; performance.now() < end;);
  }, 200))</script>`,
  // The least that a press can lead to.
  field: `<script>addEventListener('load', () => {
    const button = Object.assign(document.createElement('button'), { id: 'opener', textContent: 'Chat' });
    button.style.cssText = 'position: fixed; right: 20px; bottom: 20px; width: 56px; height: 56px';
    button.onclick = () => {
      const field = document.createElement('textarea');
      field.style.cssText = 'position: fixed; right: 20px; bottom: 90px';
      document.body.append(field);
      field.focus();
    };
    document.body.append(button);
  })</script>`,
};

/**
 * What the script tag costs the page that it is on, against the same page without it, and how soon somebody can type.
 *
 * The baseline of that is the same page with a button whose press shows a plain `<textarea>` and focuses it: nothing to
 * load, to draw or to connect. All that the tag takes beyond it is its own.
 */
export async function scriptTagRows(browser: Browser): Promise<Row[]> {
  await buildDist('bench');
  const gateway = new Gateway({ clock: hostClock, robot: true, offlineStore: true });
  const site = await demoSite({ gateway, port: FIRST_PORT, name: 'bench' });
  try {
    await writePages(site);
    return [...(await guestRows(browser, site)), ...(await pressRows(browser, site))];
  } finally {
    await site.close();
  }
}

async function guestRows(browser: Browser, site: DemoSite): Promise<Row[]> {
  const rude = await look(browser, `${site.url}rude.html`);
  if (!(rude.shift > 0 && rude.longTask > 50)) throw new Error('expected the rude page to be found out');
  const plain: Look[] = [];
  const tag: Look[] = [];
  // In turns, so that whatever else the machine does meets both.
  for (let i = 0; i < TRIALS; i++) {
    plain.push(await look(browser, `${site.url}plain.html`));
    tag.push(await look(browser, `${site.url}tag.html`));
  }
  if (plain.some((seen) => seen.requests.length > 0))
    throw new Error('expected a page that asks for nothing by itself');
  const of = (looks: readonly Look[], what: (seen: Look) => number, share: number) => quantile(looks.map(what), share);
  const longTask = (seen: Look) => seen.longTask;
  const slow = `CPU ${SLOWER} × slower`;
  const long = `Long task before intent, ${slow}`;
  const worstWithout = of(plain, longTask, 1);
  // All runs together, which are no shorter than the longest. The scripts that look are on both pages.
  const scripts = tag.map((seen) => seen.scripts - of(plain, (other) => other.scripts, 0.5));
  const busy = of(tag, (seen) => seen.busy, 0.5) - of(plain, (seen) => seen.busy, 0.5);
  const requests = tag.map((seen) => seen.requests);
  const bytes = await Promise.all(requests.map((each) => gzipBytes(site, each)));
  return [
    {
      name: 'Layout shift before intent: with the tag, worst',
      value: of(tag, ({ shift }) => shift, 1),
      unit: '',
      limit: 0,
    },
    { name: 'Layout shift before intent: without it, worst', value: of(plain, ({ shift }) => shift, 1), unit: '' },
    { name: `${long}: with the tag, median`, value: of(tag, longTask, 0.5), unit: 'ms', limit: 50 },
    // A busy machine makes long tasks of any: what the page has without the tag is not the tag's.
    {
      name: `${long}: with the tag, worst`,
      value: of(tag, longTask, 1),
      unit: 'ms',
      limit: Math.max(50, worstWithout),
    },
    { name: `${long}: without it, median`, value: of(plain, longTask, 0.5), unit: 'ms' },
    { name: `${long}: without it, worst`, value: worstWithout, unit: 'ms' },
    {
      name: `All scripts of the tag before intent, ${slow}, median`,
      value: quantile(scripts, 0.5),
      unit: 'ms',
      limit: 50,
    },
    {
      name: `All scripts of the tag before intent, ${slow}, worst`,
      value: quantile(scripts, 1),
      unit: 'ms',
    },
    { name: `Main thread for the tag before intent, ${slow}, median`, value: busy, unit: 'ms' },
    {
      name: 'Requests of the tag before intent',
      value: Math.max(...requests.map(({ length }) => length)),
      unit: '',
      limit: 2,
    },
    { name: 'Bytes of them, gzip', value: Math.max(...bytes) / 1000, unit: 'kB', limit: 6 },
  ];
}

async function pressRows(browser: Browser, site: DemoSite): Promise<Row[]> {
  const times = { field: [] as number[], cold: [] as number[], hovered: [] as number[] };
  for (let i = 0; i < TRIALS; i++) {
    times.field.push(await press(browser, `${site.url}field.html`, 0));
    times.cold.push(await press(browser, `${site.url}tag.html`, 0));
    times.hovered.push(await press(browser, `${site.url}tag.html`, HOVER_MS));
  }
  const baseline = quantile(times.field, 0.5);
  const beyond = (name: string, values: readonly number[]): Row[] => [
    { name: `${name}, median`, value: quantile(values, 0.5) - baseline, unit: 'ms', limit: 300 },
    { name: `${name}, 95th percentile`, value: quantile(values, 0.95) - baseline, unit: 'ms', limit: 300 },
  ];
  return [
    { name: 'Press to a plain field, the baseline: median', value: baseline, unit: 'ms' },
    { name: 'Press to a plain field, the baseline: 95th percentile', value: quantile(times.field, 0.95), unit: 'ms' },
    ...beyond('Press to a usable composer, beyond the baseline: nothing cached', times.cold),
    ...beyond(`Press to a usable composer, beyond the baseline: after ${HOVER_MS} ms of hover`, times.hovered),
  ];
}

/** Opens the page with an empty cache, and leaves it alone. */
async function look(browser: Browser, url: string): Promise<Look> {
  return visit(browser, async (page) => {
    const requests: string[] = [];
    page.on('request', (request) => request.isNavigationRequest() || requests.push(request.url()));
    page.on('websocket', (socket) => requests.push(socket.url()));
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.goto(url);
    // What happens in this time is what is counted: there is no event to wait for.
    await page.waitForTimeout(LOOK_MS);
    const { metrics } = await devTools.send('Performance.getMetrics');
    const milliseconds = (wanted: string) => (metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN) * 1000;
    const { shift, longTask } = await page.evaluate(() => ({ ...globalThis.visit, usableAt: 0 }));
    return { shift, longTask, scripts: milliseconds('ScriptDuration'), busy: milliseconds('TaskDuration'), requests };
  });
}

/**
 * Milliseconds from a press until the field for a text can be seen, is enabled and has the focus, in a visit with an
 * empty cache. Without hovering the clock starts when the pointer comes, which is a moment before it presses.
 */
async function press(browser: Browser, url: string, hoverMs: number): Promise<number> {
  return visit(browser, async (page) => {
    await page.goto(url, { waitUntil: 'networkidle' });
    const box = await page.locator('chat-launcher .button, #opener').boundingBox();
    if (!box) throw new Error('expected a button');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    // So long somebody hovers: it is a part of what is measured.
    if (hoverMs) await page.waitForTimeout(hoverMs);
    await page.mouse.down();
    await page.mouse.up();
    await page.waitForFunction(() => globalThis.visit.usableAt);
    const { cameAt, pressedAt, usableAt }: Visit = await page.evaluate(() => ({ ...globalThis.visit }));
    await page.keyboard.type('Hello');
    await page.waitForFunction(() => globalThis.visit.typed === 'Hello');
    return usableAt - (hoverMs ? pressedAt : cameAt);
  });
}

/** A context of its own is a visitor who has never been there. */
async function visit<Result>(browser: Browser, use: (page: Page) => Promise<Result>): Promise<Result> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(observeVisit);
    return await use(page);
  } finally {
    await context.close();
  }
}

/** A page as shops have them, with these heads. */
async function writePages({ url }: DemoSite): Promise<void> {
  const folder = folderOf('bench');
  await mkdir(folder, { recursive: true });
  const server = `${url.replace('http', 'ws')}websocket`;
  const shelf = Array.from(
    { length: 12 },
    (_, i) => `<article><svg viewBox="0 0 4 3"><rect width="4" height="3" fill="hsl(${i * 30} 50% 70%)"/></svg>
      <h2>Teapot ${i + 1}</h2><p>${'Holds a litre, pours without a drop. '.repeat(1 + (i % 4))}</p></article>`,
  ).join('');
  for (const [name, head] of Object.entries(pages)) {
    await writeFile(
      `${folder}/${name}.html`,
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
      <style>body { margin: 0; font: 16px/1.5 sans-serif }
      main { display: grid; grid-template-columns: repeat(4, 1fr) }</style>
      ${typeof head === 'string' ? head : head(server)}</head><body><h1>Shop</h1><main>${shelf}</main></body></html>`,
    );
  }
}

/** Of the files that were asked for, each as often as it was. */
async function gzipBytes({ url }: DemoSite, requests: readonly string[]): Promise<number> {
  const sizes = requests.map(async (request) => {
    // A socket is a request, and no file.
    if (request.startsWith('ws')) return 0;
    if (!request.startsWith(url)) throw new Error(`expected nothing but files of the site, got ${request}`);
    const body = await readFile(`${folderOf('bench')}/${new URL(request).pathname}`);
    return gzipSync(body).length;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** The value below which that share of them lies; 1 is the largest. */
function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;
}
