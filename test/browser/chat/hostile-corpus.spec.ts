import type { Sink } from '../pages/hostile.js';
import { expect, test } from '../support/chat-test.js';
import { hostileCorpus, MARK } from '../support/hostile-corpus.js';

/** What a message is made of (I19). */
const ALLOWED = [
  ...[
    'a',
    'b',
    'bdi',
    'br',
    'button',
    'div',
    'em',
    'img',
    'input',
    'p',
    'path',
    'rect',
    'small',
    'span',
    'svg',
    'time',
    'circle',
  ],
  ...['card-bubble', 'file-bubble', 'image-bubble', 'quick-replies', 'rich-text', 'system-bubble', 'text-bubble'],
  ...['unknown-bubble', 'voice-bubble', 'text'],
];

const SINKS: readonly Sink[] = [
  ...(['text', 'an unknown type', 'a system message', 'a name', 'an image', 'an image, address alone'] as const),
  ...(['a voice message', 'a file', 'quick replies', 'a card'] as const),
];

const corpus = hostileCorpus();

test('the corpus has more than 2,000 texts, each but once', () => {
  expect(corpus.length).toBeGreaterThan(2_000);
  expect(new Set(corpus).size).toBe(corpus.length);
});

for (const sink of SINKS) {
  test(`G12: none of them does anything as ${sink}, under the strict policy`, async ({ page, site }) => {
    test.slow();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.addInitScript(() => {
      Object.assign(window, { violations: [] });
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        (window as unknown as { violations: string[] }).violations.push(`${violatedDirective} ${blockedURI}`),
      );
    });
    // A text that is an address is one of this page: there is nothing there.
    await page.route(/\/test\/browser\/pages\/(?!hostile)/, (route) =>
      route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' }),
    );
    await page.goto(`${site.url}test/browser/pages/hostile.html`);
    await page.waitForFunction(() => 'hostilePage' in window);
    expect(await page.evaluate(() => window.hostilePage.sinks)).toEqual(SINKS);
    const faults = await page.evaluate(([name, texts, allowed]) => window.hostilePage.draw(name, texts, allowed), [
      sink,
      corpus,
      ALLOWED,
    ] as const);
    expect(faults).toEqual([]);
    const state = await page.evaluate((mark) => {
      const { violations } = window as unknown as { violations: string[] };
      return { ran: mark in window, violations, title: document.title };
    }, MARK);
    expect(state).toEqual({ ran: false, violations: [], title: 'Hostile texts' });
    expect(requests.filter((url) => new URL(url).origin !== new URL(site.url).origin)).toEqual([]);
  });
}
