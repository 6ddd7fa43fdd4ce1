import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { Gateway } from '../gateway/gateway.js';
import { hostClock } from '../gateway/host-clock.js';
import { chromiumArgs, ensureChromium } from '../support/chromium.js';
import { buildDemoSite, demoSite } from '../support/demo-site.js';
import { judge } from './judge.js';
import { type SoakSample, soak } from './soak.js';

const FIRST_PORT = 24_900;

/**
 * G10: `--minutes 10` (the default), 1 for a quick look, 60 and more for a slope; `--seed` gives the same faults again.
 * @returns The goals that were missed, in words.
 */
export async function run(args: readonly string[]): Promise<readonly string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } },
  });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new RangeError(`--minutes: expected a number above 0, got ${values.minutes}`);
  const gateway = new Gateway({ clock: hostClock, offlineStore: true });
  await buildDemoSite('soak');
  const site = await demoSite({ gateway, port: FIRST_PORT, name: 'soak' });
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumArgs });
  const seed = Number(values.seed);
  console.log(
    `Chromium ${browser.version()}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, seed ${seed}\n`,
  );
  console.log('| minute | faults | heap, MB | nodes | listeners | timers | sockets |');
  console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  try {
    const isShort = minutes < 5;
    const result = await soak({
      browser,
      url: site.url,
      gateway,
      minutes,
      faultEveryMs: isShort ? 10_000 : 20_000,
      faultsPerSample: isShort ? 1 : minutes < 60 ? 2 : 6,
      seed,
      onSample: (sample) => console.log(row(sample)),
    });
    const { missed, lines } = judge(result, minutes);
    console.log(`\n${lines.join('\n')}`);
    console.log(`\nSoak: ${missed.length === 0 ? 'every goal met' : missed.join('; ')}`);
    return missed;
  } finally {
    await browser.close();
    await site.close();
  }
}

function row({ minute, faults, heapBytes, nodes, listeners, timers, sockets }: SoakSample): string {
  return `| ${minute.toFixed(1)} | ${faults} | ${(heapBytes / 1e6).toFixed(3)} | ${nodes} | ${listeners} | ${timers} | ${sockets} |`;
}
