import { judge } from '../soak/judge.js';
import { soak } from '../soak/soak.js';
import { expect, test } from './fixtures.js';

const MINUTES = 1;

test.use({
  // A trace keeps nodes of the page for its pictures.
  trace: 'off',
  allowErrors: [/^console\.error: (WebSocket connection to|Failed to load resource)/],
});

test('G10: a minute of real use on a bad line leaves nothing behind and loses nothing', { tag: '@long' }, async ({
  browser,
  site,
}) => {
  test.setTimeout(300_000);
  const result = await soak({
    browser,
    url: site.url,
    gateway: site.gateway,
    minutes: MINUTES,
    faultEveryMs: 10_000,
    faultsPerSample: 1,
    seed: 1,
  });
  const { missed, lines } = judge(result, MINUTES);
  expect(missed, lines.join('\n')).toEqual([]);
});
