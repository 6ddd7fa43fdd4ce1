import { expect, expectAtEnd, expectGapless, test } from './list-test.js';

for (const [percent, block] of [
  [10, 'start'],
  [50, 'center'],
  [90, 'end'],
] as const) {
  test(`a jump to ${percent} % of 10,000 messages is exact in its first painted frame`, async ({ page }) => {
    const { offsets, frames } = await page.evaluate(
      async ([percent, block]) => {
        const { create, frames, messages, painted, look, row, scroller } = window.listPage;
        const list = create(messages(0, 10_000));
        await frames(5);
        const id = `m${percent * 100}`;
        list.scrollToMessage(id, block);
        const offsets: (number | undefined)[] = [];
        const seen = [];
        for (let frame = 0; frame < 10; frame++) {
          await painted();
          const view = scroller().getBoundingClientRect();
          const rect = row(id)?.getBoundingClientRect();
          const offset = {
            start: rect && rect.top - view.top,
            center: rect && (rect.top + rect.bottom - view.top - view.bottom) / 2,
            end: rect && rect.bottom - view.bottom,
          };
          offsets.push(offset[block]);
          seen.push(look());
        }
        return { offsets, frames: seen };
      },
      [percent, block] as const,
    );
    // Rows are of whole pixels, rounded up: the upper edge or the middle may be less than one off.
    for (const offset of offsets) expect(Math.abs(offset ?? Number.NaN)).toBeLessThan(1);
    expectGapless(frames);
  });
}

test('a jump may ask for a message that is just being added', async ({ page }) => {
  const top = await page.evaluate(async () => {
    const { create, frames, messages, row, scroller } = window.listPage;
    const list = create(messages(1000, 300));
    await frames(3);
    list.messages = [...messages(900, 100), ...list.messages];
    list.scrollToMessage('m950');
    await frames(1);
    return (row('m950')?.getBoundingClientRect().top ?? Number.NaN) - scroller().getBoundingClientRect().top;
  });
  expect(Math.abs(top)).toBeLessThan(1);
});

test('a jump may come before the first frame, and just when the list has become much shorter', async ({ page }) => {
  const { first, frames } = await page.evaluate(async () => {
    const { create, frames, messages, record, row, scroller } = window.listPage;
    const list = create(messages(0, 300));
    list.scrollToMessage('m150');
    await frames(1);
    const first = (row('m150')?.getBoundingClientRect().top ?? Number.NaN) - scroller().getBoundingClientRect().top;
    const seen = await record(5, undefined, () => {
      list.messages = messages(0, 6);
      list.scrollToEnd();
    });
    return { first, frames: seen.slice(1) };
  });
  expect(Math.abs(first)).toBeLessThan(1);
  expectAtEnd(frames);
});

test('an id that is not there moves nothing', async ({ page }) => {
  const frames = await page.evaluate(async () => {
    const { create, frames, messages, brief, record } = window.listPage;
    const list = create(messages(0, 300));
    await frames(3);
    const seen = await record(3, undefined, () => list.scrollToMessage('nobody'));
    list.messages = [...list.messages, brief(300)];
    return [...seen, ...(await record(3)).slice(1)];
  });
  expectAtEnd(frames);
});

test('Home goes to the oldest message, End to the newest, and then the end is followed', async ({ page }) => {
  await page.evaluate(async () => {
    const { create, frames, messages, scroller } = window.listPage;
    create(messages(0, 10_000));
    await frames(3);
    scroller().focus();
  });
  await page.keyboard.press('Home');
  const home = await page.evaluate(async () => {
    const { frames, look, row, scroller } = window.listPage;
    await frames(1);
    return { top: row('m0')?.getBoundingClientRect().top, scrollTop: scroller().scrollTop, frame: look() };
  });
  expect(home.scrollTop).toBe(0);
  expect(Math.abs(home.top ?? Number.NaN)).toBeLessThan(1);
  expectGapless([home.frame]);
  await page.keyboard.press('End');
  const end = await page.evaluate(async () => {
    const { brief, list, record } = window.listPage;
    const arrived = (await record(5)).slice(1);
    list().messages = [...list().messages, brief(10_000)];
    return [...arrived, ...(await record(5)).slice(1)];
  });
  expectAtEnd(end);
});

test.describe('as fast as the browser scrolls', () => {
  test.use({ allowResizeLoops: true });

  test('a native smooth scroll over 9,000 messages arrives at the oldest one', { tag: '@long' }, async ({ page }) => {
    await page.evaluate(async () => {
      const { create, frames, messages, scroller } = window.listPage;
      const list = create(messages(0, 10_000));
      await frames(3);
      list.scrollToMessage('m9000');
      await frames(3);
      scroller().scrollTo({ top: 0, behavior: 'smooth' });
    });
    // Where it stands is told if it does not.
    await expect.poll(() => page.evaluate(() => window.listPage.scroller().scrollTop)).toBe(0);
    const first = await page.evaluate(async () => {
      const { frames, row } = window.listPage;
      await frames(5);
      return row('m0')?.getBoundingClientRect().top;
    });
    expect(Math.abs(first ?? Number.NaN)).toBeLessThan(1);
  });
});

test('a list higher than a browser can lay out is reached from end to end', async ({ page }) => {
  const { end, home, middle } = await page.evaluate(async () => {
    const { create, frames, brief, record, painted, scroller, rows, row } = window.listPage;
    const count = 150_000;
    const list = create(Array.from({ length: count }, (_, n) => brief(n)));
    list.estimate = () => 83;
    const end = (await record(5)).slice(1);
    list.scrollToMessage('m0');
    await painted();
    const home = row('m0')?.getBoundingClientRect().top;
    list.scrollToMessage('m60000');
    await frames(3);
    const numbers = () => rows().map((mounted) => Number(mounted.dataset['id']?.slice(1)));
    scroller().scrollTop -= 2000;
    await frames(30);
    return { end, home, middle: Math.min(...numbers()), height: scroller().scrollHeight };
  });
  // Half a million px down, floats are not finer than half a px.
  expect(end.map(({ off }) => Math.abs(off ?? Number.NaN) < 1)).toEqual(end.map(() => true));
  expect(Math.abs(home ?? Number.NaN)).toBeLessThan(1);
  expect(middle).toBeGreaterThan(59_940);
  expect(middle).toBeLessThan(60_000);
});

test('focus in a row that leaves the document goes to the list, and the keyboard goes on scrolling', async ({
  page,
}) => {
  const before = await page.evaluate(async () => {
    const { create, frames, messages, rows, scroller } = window.listPage;
    create(messages(0, 300));
    await frames(3);
    rows().at(-2)?.renderRoot.querySelector('button')?.focus();
    await frames(3);
    const row = window.listPage.list().shadowRoot?.activeElement?.localName;
    scroller().scrollTop -= 5000;
    await frames(5);
    const active = window.listPage.list().shadowRoot?.activeElement;
    return { row, list: active === scroller(), scrollTop: scroller().scrollTop };
  });
  expect(before.row).toBe('list-row');
  expect(before.list, 'the list has the focus').toBe(true);
  await page.keyboard.press('PageUp');
  await page.waitForFunction((old) => window.listPage.scroller().scrollTop < old - 100, before.scrollTop);
});

test('focus in a row that stays mounted is left alone', async ({ page }) => {
  const focused = await page.evaluate(async () => {
    const { create, frames, messages, brief, rows, row, list } = window.listPage;
    create(messages(1000, 300));
    await frames(3);
    const id = rows().at(-2)?.dataset['id'];
    row(id)?.renderRoot.querySelector('button')?.focus();
    list().messages = [...messages(990, 10), ...list().messages, brief(1300)];
    await frames(3);
    return list().shadowRoot?.activeElement === row(id);
  });
  expect(focused).toBe(true);
});
