import { expect, test } from '../support/chat-test.js';

/** One letter, which no line break can divide; where the font has no marks without width it is very wide. */
const heap = 'a letter with 9,000 marks';

const texts = {
  'a word of 500 letters': 'w'.repeat(500),
  'a long address': `https://example.com/${'path/'.repeat(60)}?${'q=1&'.repeat(40)}`,
  '5,000 characters': 'This is a sentence, 这是一句话。'.repeat(250).slice(0, 5_000),
  '100 emoji': '👩‍👩‍👧‍👦🏳️‍🌈👍🏽🎉'.repeat(25),
  'right-to-left text': `${'مرحبا بالعالم '.repeat(20)}${'שלום'.repeat(60)} (hello) 123`,
  'many lines': 'line\n'.repeat(100),
  'combining marks': `${'a\u0301'.repeat(200)} ${'Z\u0300\u0489\u0353'.repeat(20)}`,
  [heap]: `Z${'\u0300\u0489\u0353'.repeat(3_000)}`,
  'no break anywhere': '\u00a0'.repeat(200) + '字'.repeat(200),
};

for (const [name, text] of Object.entries(texts)) {
  test(`${name}: inside its bubble, the bubble inside the list, at 360 px (H4)`, async ({ enter, gateway, userId }) => {
    const alice = userId('alice');
    const chat = await enter({ user: alice, peer: 'bob' }, { viewport: { width: 360, height: 740 } });
    gateway.send(alice, text, { from: 'bob', typeu: 0 });
    await expect(chat.bubbles).toHaveCount(1);
    await chat.say(text);
    await expect(chat.bubbles.last()).toContainText('You: ');
    const found = await chat.list.evaluate((list) => {
      const view = list.getBoundingClientRect();
      const sides = ({ left, right, top, bottom }: DOMRect) => ({ left, right, top, bottom });
      const inside = (inner: DOMRect, outer: DOMRect) =>
        inner.left >= outer.left - 0.5 &&
        inner.right <= outer.right + 0.5 &&
        inner.top >= outer.top - 0.5 &&
        inner.bottom <= outer.bottom + 0.5;
      return [...list.querySelectorAll('message-bubble')].flatMap((row) => {
        const bubble = row.shadowRoot?.querySelector('[part~=bubble]');
        const content = bubble?.querySelector('text-bubble');
        if (!bubble || !content?.shadowRoot) return [];
        const range = document.createRange();
        range.selectNodeContents(content.shadowRoot);
        const box = bubble.getBoundingClientRect();
        return {
          isWithinList: box.left >= view.left + 8 && box.right <= view.right - 8,
          isContentWithin: inside(content.getBoundingClientRect(), box),
          overflow: content.scrollWidth - content.clientWidth,
          strayLines: [...range.getClientRects()]
            .filter(({ left, right }) => left < box.left - 0.5 || right > box.right + 0.5)
            .map(sides),
        };
      });
    });
    const whole = { overflow: 0, strayLines: [] };
    const clipped = { overflow: expect.any(Number), strayLines: expect.any(Array) };
    const good = { isWithinList: true, isContentWithin: true, ...(name === heap ? clipped : whole) };
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(found.map(() => good));
    const overflows = await chat.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(overflows).toBe(0);
    expect(await chat.list.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  });
}
