import { expect, test } from '../support/chat-test.js';

declare global {
  interface Window {
    /** Parts that a script has set in motion. */
    moved: (string | null)[];
  }
}

function recordMotion(): void {
  window.moved = [];
  const { animate } = Element.prototype;
  Element.prototype.animate = function (...args) {
    window.moved.push(this.getAttribute('part'));
    return animate.apply(this, args);
  };
}

test('contexts of these tests ask for no motion, unless they say so', async ({ emptyPage }) => {
  const isReduced = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
  expect(await (await emptyPage()).page.evaluate(isReduced)).toBe(true);
  expect(await (await emptyPage({ reducedMotion: 'no-preference' })).page.evaluate(isReduced)).toBe(false);
});

for (const reducedMotion of ['no-preference', 'reduce'] as const) {
  test(`a message that comes enters, where motion is wanted (${reducedMotion})`, async ({ emptyPage }) => {
    const chat = await emptyPage({ reducedMotion }, (context) => context.addInitScript(recordMotion));
    await chat.page.evaluate(() => {
      const { message, open, storeOf } = window.windowPage;
      open({ 'user-id': 'me', 'peer-id': 'bob', locale: 'en' }, { store: storeOf(message(1), message(2)) });
    });
    await chat.toolsCame();
    await chat.root.evaluate((root) => {
      const { message } = window.windowPage;
      const { store } = (root as HTMLElementTagNameMap['chat-window']).conversation ?? {};
      store?.append(message(3), message(4));
      store?.prepend([message(0)]);
    });
    await expect(chat.bubbles).toHaveCount(5);
    await chat.page.evaluate(() => window.windowPage.painted());
    expect(await chat.page.evaluate(() => window.moved)).toEqual(
      reducedMotion === 'reduce' ? [] : ['bubble', 'bubble'],
    );
  });
}
