import { expect, expectHeld, test } from './list-test.js';

test('a single notch of the wheel escapes from a stream of messages, which then moves nothing', async ({ page }) => {
  const streaming = await page.evaluateHandle(async () => {
    const { create, frames, messages, brief } = window.listPage;
    const list = create(messages(0, 300));
    await frames(5);
    const state = { running: true };
    const stream = async () => {
      for (let n = 300; state.running; n++) {
        list.messages = [...list.messages, brief(n)];
        await frames(2);
      }
    };
    void stream();
    return state;
  });
  await page.mouse.move(200, 300);
  await page.mouse.wheel(0, -120);
  // The wheel has been turned: what follows is measured, however long the browser takes to scroll.
  await page.waitForFunction(() => {
    const { scrollTop, scrollHeight, clientHeight } = window.listPage.scroller();
    return scrollHeight - clientHeight - scrollTop >= 120;
  });
  const recorded = await page.evaluate(async () => {
    const { record, firstInView } = window.listPage;
    await window.listPage.frames(10);
    return record(40, firstInView());
  });
  await streaming.evaluate((state) => {
    state.running = false;
  });
  expectHeld(recorded);
});

test('scrolling up over rows never seen before moves them by just what was scrolled', async ({ page }) => {
  const { worst, blank } = await page.evaluate(async () => {
    const { create, frames, messages, rows, scroller, painted, look } = window.listPage;
    create(messages(0, 1000));
    await frames(5);
    const tops = () => new Map(rows().map((row) => [row.dataset['id'], row.bubble?.getBoundingClientRect().top ?? 0]));
    let worst = 0;
    let blank = 0;
    for (let step = 0; step < 150; step++) {
      const before = tops();
      scroller().scrollTop -= 150;
      await painted();
      for (const [id, top] of tops()) {
        const old = before.get(id);
        if (old !== undefined && top > 0 && top < 500) worst = Math.max(worst, Math.abs(top - old - 150));
      }
      blank = Math.max(blank, look().blank);
    }
    return { worst, blank };
  });
  expect(worst).toBeLessThan(0.1);
  expect(blank).toBe(0);
});
