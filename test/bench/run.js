// `npm run bench [-- messages | tag]`: what a message costs, and what the script tag does to a page, measured in Chromium
// on the production build. Prints a Markdown table, writes test-results/bench.json, and fails if something is over its
// limit.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build, runnerImport } from 'vite';
import { chromiumArgs, ensureChromium } from '../support/chromium.js';

const few = 100;
const many = 10_000;
const samples = 150;

const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);
const parts = { messages: messageRows, tag: tagRows };
const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !Object.hasOwn(parts, name));
if (unknown) throw new RangeError(`expected one of ${Object.keys(parts)}, got ${unknown}`);
// What others do on it meanwhile makes every time longer.
const loadAtStart = loadavg()[0]?.toFixed(1);
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumArgs });
const rows = [];
try {
  for (const [name, measure] of Object.entries(parts)) {
    if (chosen.length === 0 || chosen.includes(name)) rows.push(...(await measure()));
  }
  report(rows, browser.version());
} finally {
  await browser.close();
}

async function tagRows() {
  const { scriptTagRows } = await load('./test/bench/script-tag.ts');
  return scriptTagRows(browser);
}

/** A module of TypeScript. */
async function load(file) {
  return (await runnerImport(file, { configFile: false, envDir: false })).module;
}

async function messageRows() {
  const page = await openPage();
  const metrics = await page.context().newCDPSession(page);
  await metrics.send('Performance.enable');
  const call = (step, argument) => page.evaluate(([name, value]) => globalThis.bench[name](value), [step, argument]);

  await call('open', few);
  const elements = await call('open', many);
  const costs = await messageCosts(call, metrics);
  const store = await call('storeCosts', many);
  await page.close();
  return [
    { name: `Main thread, a new message, ${few} there`, value: costs.few, unit: 'ms' },
    { name: `Main thread, a new message, ${many} there`, value: costs.many, unit: 'ms' },
    { name: `A new message, ${many} against ${few} there`, value: costs.many / costs.few, unit: 'times', limit: 2 },
    { name: `Elements at 380 × 640 px, ${many} messages`, value: elements, unit: '', limit: 400 },
    { name: `Store of ${many}: append`, value: store.append, unit: 'µs' },
    { name: `Store of ${many}: new status`, value: store.update, unit: 'µs' },
    { name: `Store of ${many}: new status and the new list`, value: store.list, unit: 'µs' },
  ];
}

/** Medians. In turns, so that whatever else the machine does meets both; less what waiting alone costs. */
async function messageCosts(call, metrics) {
  const busy = async () => {
    const { metrics: all } = await metrics.send('Performance.getMetrics');
    return all.find(({ name }) => name === 'TaskDuration').value * 1000;
  };
  /** Milliseconds that the page's main thread worked: script, style, layout, painting. */
  const busyDuring = async (step, argument) => {
    const before = await busy();
    await call(step, argument);
    return (await busy()) - before;
  };
  const taken = { few: [], many: [], idle: [] };
  for (let i = 0; i < samples; i++) {
    taken.few.push(await busyDuring('append', few));
    taken.many.push(await busyDuring('append', many));
    taken.idle.push(await busyDuring('idle', i % 2 === 0 ? few : many));
  }
  const idle = median(taken.idle);
  return { few: median(taken.few) - idle, many: median(taken.many) - idle };
}

async function openPage() {
  const { emojiWords } = await load('./emoji-words.ts');
  const { output } = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [emojiWords],
    build: {
      write: false,
      modulePreload: false,
      copyPublicDir: false,
      rolldownOptions: { input: 'test/bench/page.ts', output: { codeSplitting: false } },
    },
  });
  const page = await browser.newPage({ viewport: { width: 380, height: 640 } });
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.route('**/*', (route) =>
    route.fulfill({
      contentType: 'text/html',
      // Isolated, a page's clock ticks every 5 µs instead of every 100.
      headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
      body: '<!doctype html><title>Benchmark</title><style>body { margin: 0 }</style>',
    }),
  );
  await page.goto('http://localhost/');
  await page.addScriptTag({ type: 'module', content: output[0].code });
  await page.waitForFunction(() => globalThis.bench);
  return page;
}

function report(rows, version) {
  console.log(
    `Chromium ${version}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadAtStart}\n`,
  );
  console.log('| measured | value | limit |\n| --- | ---: | ---: |');
  for (const { name, value, unit, limit = '' } of rows) {
    console.log(`| ${name} | ${Number(value.toPrecision(3))} ${unit} | ${limit} |`);
  }
  mkdirSync(`${root}test-results`, { recursive: true });
  writeFileSync(
    `${root}test-results/bench.json`,
    `${JSON.stringify({ chromium: version, load: loadAtStart, rows }, null, 2)}\n`,
  );
  for (const { name, value, limit } of rows) {
    if (value > limit) {
      console.error(`Over its limit: ${name}`);
      process.exitCode = 1;
    }
  }
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
