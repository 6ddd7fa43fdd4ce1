// `npm run bench`: what a message costs, measured in Chromium on the production build. Prints a Markdown table, writes
// test-results/bench.json, and fails if something is over its limit.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { chromiumArgs, ensureChromium } from '../support/chromium.js';

const few = 100;
const many = 10_000;
const samples = 150;

const root = fileURLToPath(new URL('../..', import.meta.url));
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumArgs });
const page = await openPage();
const metrics = await page.context().newCDPSession(page);
await metrics.send('Performance.enable');

await call('open', few);
const elements = await call('open', many);
const costs = await messageCosts();
const store = await call('storeCosts', many);
const rows = [
  { name: `Main thread, a new message, ${few} there`, value: costs.few, unit: 'ms' },
  { name: `Main thread, a new message, ${many} there`, value: costs.many, unit: 'ms' },
  { name: `A new message, ${many} against ${few} there`, value: costs.many / costs.few, unit: 'times', limit: 2 },
  { name: `Elements at 380 × 640 px, ${many} messages`, value: elements, unit: '', limit: 400 },
  { name: `Store of ${many}: append`, value: store.append, unit: 'µs' },
  { name: `Store of ${many}: new status`, value: store.update, unit: 'µs' },
  { name: `Store of ${many}: new status and the new list`, value: store.list, unit: 'µs' },
];
report(rows, browser.version());
await browser.close();

/** Medians. In turns, so that whatever else the machine does meets both; less what waiting alone costs. */
async function messageCosts() {
  const taken = { few: [], many: [], idle: [] };
  for (let i = 0; i < samples; i++) {
    taken.few.push(await busyDuring('append', few));
    taken.many.push(await busyDuring('append', many));
    taken.idle.push(await busyDuring('idle', i % 2 === 0 ? few : many));
  }
  const idle = median(taken.idle);
  return { few: median(taken.few) - idle, many: median(taken.many) - idle };
}

/** Milliseconds that the page's main thread worked: script, style, layout, painting. */
async function busyDuring(step, argument) {
  const before = await busy();
  await call(step, argument);
  return (await busy()) - before;
}

async function busy() {
  const { metrics: all } = await metrics.send('Performance.getMetrics');
  return all.find(({ name }) => name === 'TaskDuration').value * 1000;
}

function call(step, argument) {
  return page.evaluate(([name, value]) => globalThis.bench[name](value), [step, argument]);
}

async function openPage() {
  const { output } = await build({
    root,
    configFile: false,
    logLevel: 'warn',
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
  console.log(`Chromium ${version}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`);
  console.log('| measured | value | limit |\n| --- | ---: | ---: |');
  for (const { name, value, unit, limit = '' } of rows) {
    console.log(`| ${name} | ${Number(value.toPrecision(3))} ${unit} | ${limit} |`);
  }
  mkdirSync(`${root}test-results`, { recursive: true });
  writeFileSync(`${root}test-results/bench.json`, `${JSON.stringify({ chromium: version, rows }, null, 2)}\n`);
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
