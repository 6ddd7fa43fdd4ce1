import { expect, expectHeld, test } from './list-test.js';

test.describe('away from its end nothing in view moves, in any painted frame', () => {
  for (const [where, top] of [
    ['in the middle', 20_000],
    ['at the very top', 0],
    ['137 px below the top', 137],
    ['where the first time line is cut', 20],
  ] as const) {
    test(`when 50 older messages come, ${where}`, async ({ page }) => {
      const recorded = await page.evaluate(async (top) => {
        const { create, frames, messages, record, scrollTo, firstInView, row } = window.listPage;
        // The row before the first one takes its time line away.
        const list = create(messages(1002, 300));
        await frames(3);
        await scrollTo(top);
        const had = row('m1002')?.renderRoot.querySelector('time') != null;
        const recorded = await record(20, firstInView(), () => {
          list.messages = [...messages(952, 50), ...list.messages];
        });
        return { recorded, lost: had && row('m1002')?.renderRoot.querySelector('time') === null };
      }, top);
      expectHeld(recorded.recorded);
      expect(recorded.lost, 'the first message loses its time line').toBe(top < 1000);
    });
  }

  test('when page after page of older messages comes at the very top', async ({ page }) => {
    const recorded = await page.evaluate(async () => {
      const { create, frames, messages, look, scrollTo, firstInView, painted } = window.listPage;
      const list = create(messages(1002, 100));
      await frames(3);
      await scrollTo(0);
      const id = firstInView();
      const seen = [look(id)];
      for (let n = 1; n <= 10; n++) {
        list.messages = [...messages(1002 - n * 10, 10), ...list.messages];
        await painted();
        seen.push(look(id));
      }
      return seen;
    });
    expectHeld(recorded);
  });

  test('when a message is put before the first one in view and takes its time line', async ({ page }) => {
    const recorded = await page.evaluate(async () => {
      const { create, frames, messages, message, record, scrollTo, scroller, row } = window.listPage;
      const list = create(messages(0, 300));
      await frames(3);
      // Every seventh has a time line; show it at the very top.
      list.scrollToMessage('m140');
      await scrollTo(scroller().scrollTop);
      const before = row('m140')?.renderRoot.querySelector('time') != null;
      const recorded = await record(20, 'm140', () => {
        const at = list.messages.findIndex(({ id }) => id === 'm140');
        const added = message(9000, { sentAt: (list.messages[at]?.sentAt ?? 0) - 1000 });
        list.messages = [...list.messages.slice(0, at), added, ...list.messages.slice(at)];
      });
      return { recorded, before, after: row('m140')?.renderRoot.querySelector('time') != null };
    });
    expect([recorded.before, recorded.after]).toEqual([true, false]);
    expectHeld(recorded.recorded);
  });

  test('when the message before the first one in view is removed, which gives that a time line', async ({ page }) => {
    const recorded = await page.evaluate(async () => {
      const { create, frames, messages, record, scrollTo, scroller, row } = window.listPage;
      const list = create(messages(0, 300));
      await frames(3);
      list.scrollToMessage('m145');
      await scrollTo(scroller().scrollTop);
      const before = row('m145')?.renderRoot.querySelector('time') != null;
      const recorded = await record(20, 'm145', () => {
        list.messages = list.messages.filter(({ id }) => !['m142', 'm143', 'm144'].includes(id));
      });
      return { recorded, before, after: row('m145')?.renderRoot.querySelector('time') != null };
    });
    expect([recorded.before, recorded.after]).toEqual([false, true]);
    expectHeld(recorded.recorded);
  });

  test('when 17 messages above are removed', async ({ page }) => {
    const recorded = await page.evaluate(async () => {
      const { create, frames, messages, record, scrollTo, firstInView } = window.listPage;
      const list = create(messages(0, 300));
      await frames(3);
      await scrollTo(15_000);
      const id = firstInView();
      return record(20, id, () => {
        const at = list.messages.findIndex((message) => message.id === id);
        list.messages = list.messages.filter((_, index) => index < at - 20 || index >= at - 3);
      });
    });
    expectHeld(recorded);
  });

  test('when the first message in view is removed, the next one stays', async ({ page }) => {
    const recorded = await page.evaluate(async () => {
      const { create, frames, messages, brief, record, scrollTo, firstInView, message } = window.listPage;
      const list = create([...messages(0, 100), ...Array.from({ length: 40 }, (_, n) => brief(100 + n)), message(140)]);
      await frames(3);
      list.scrollToMessage('m110');
      await frames(3);
      await scrollTo(window.listPage.scroller().scrollTop + 10);
      const at = list.messages.findIndex(({ id }) => id === firstInView());
      return record(20, list.messages[at + 1]?.id, () => {
        list.messages = list.messages.filter((_, index) => index !== at);
      });
    });
    expectHeld(recorded);
  });

  test('when messages come at the end', async ({ page }) => {
    const recorded = await page.evaluate(async () => {
      const { create, frames, messages, brief, record, scrollTo, firstInView } = window.listPage;
      const list = create(messages(0, 300));
      await frames(3);
      await scrollTo(15_000);
      return record(10, firstInView(), () => {
        list.messages = [...list.messages, brief(300)];
      });
    });
    expectHeld(recorded);
  });

  test('when a row above grows, also the one that is cut off at the top', async ({ page }) => {
    const { recorded, cut } = await page.evaluate(async () => {
      const { create, frames, messages, grow, record, row, rows, scroller, scrollTo, firstInView } = window.listPage;
      create(messages(0, 300));
      await frames(3);
      await scrollTo(15_000);
      // A scroll position at which a row is cut off.
      await scrollTo(scroller().scrollTop + 20);
      const id = firstInView();
      const ids = rows().map((mounted) => mounted.dataset['id']);
      const [farther, above] = ids.slice(ids.indexOf(id) - 2);
      const cut = (row(above)?.getBoundingClientRect().bottom ?? 0) > scroller().getBoundingClientRect().top;
      const first = await record(10, id, () => grow(above, 200));
      const second = await record(10, id, () => grow(farther, 200));
      return { recorded: [...first, ...second], cut };
    });
    expect(cut).toBe(true);
    expectHeld(recorded);
  });

  test('when it becomes lower and higher again', async ({ page }) => {
    const recorded = await page.evaluate(async () => {
      const { create, frames, messages, record, scrollTo, firstInView } = window.listPage;
      const list = create(messages(0, 300));
      await frames(3);
      await scrollTo(15_000);
      const id = firstInView();
      const lower = await record(10, id, () => list.style.setProperty('block-size', '350px'));
      const higher = await record(10, id, () => list.style.setProperty('block-size', '600px'));
      return [...lower, ...higher];
    });
    expectHeld(recorded);
  });

  test('when it becomes narrower and wider again, the first message in view stays', async ({ page }) => {
    const recorded = await page.evaluate(async () => {
      const { create, frames, messages, record, scrollTo, firstInView } = window.listPage;
      const list = create(messages(0, 300));
      await frames(3);
      await scrollTo(15_000);
      const id = firstInView();
      const narrower = await record(10, id, () => list.style.setProperty('inline-size', '300px'));
      const wider = await record(10, id, () => list.style.setProperty('inline-size', '400px'));
      return [...narrower, ...wider];
    });
    expectHeld(recorded);
  });

  test('when it is hidden, gets older and newer messages, and is shown', async ({ page }) => {
    const recorded = await page.evaluate(async () => {
      const { create, frames, messages, look, record, scrollTo, firstInView } = window.listPage;
      const list = create(messages(1002, 300));
      await frames(3);
      await scrollTo(15_000);
      const id = firstInView();
      const before = look(id);
      list.hidden = true;
      await frames(3);
      list.messages = [...messages(952, 50), ...list.messages, ...messages(1302, 3)];
      await frames(3);
      const shown = await record(10, id, () => {
        list.hidden = false;
      });
      return [before, ...shown.slice(1)];
    });
    expectHeld(recorded);
  });

  test('when it is taken out of the document and put back, or moved within it', async ({ page }) => {
    const recorded = await page.evaluate(async () => {
      const { create, frames, messages, look, record, scrollTo, firstInView } = window.listPage;
      const list = create(messages(0, 300));
      await frames(3);
      await scrollTo(15_000);
      const id = firstInView();
      const before = look(id);
      list.remove();
      await frames(3);
      const back = await record(10, id, () => document.body.append(list));
      const moved = await record(10, id, () => {
        const box = document.createElement('div');
        document.body.append(box);
        box.append(list);
      });
      return [before, ...back.slice(1), ...moved.slice(1)];
    });
    expectHeld(recorded);
  });

  test('when an older page comes between the native scroll and its event', async ({ page }) => {
    const jumps = await page.evaluate(async () => {
      const { create, frames, messages, rows, scroller, scrollTo, painted } = window.listPage;
      const list = create(messages(5000, 400));
      await frames(3);
      await scrollTo(40_000);
      const tops = () =>
        new Map(rows().map((row) => [row.dataset['id'], row.bubble?.getBoundingClientRect().top ?? 0]));
      const jumps: number[] = [];
      for (let step = 0; step < 60; step++) {
        const before = tops();
        scroller().scrollTop -= 60;
        if (step % 10 === 5) {
          const first = Number(list.messages[0]?.id.slice(1));
          list.messages = [...messages(first - 50, 50), ...list.messages];
        }
        await painted();
        const after = tops();
        const moved = [...after].flatMap(([id, top]) => {
          const old = before.get(id);
          return old === undefined || top < 0 || top > 500 ? [] : [top - old];
        });
        jumps.push(...moved.map((px) => Math.abs(px - 60)));
      }
      return Math.max(...jumps);
    });
    expect(jumps).toBeLessThan(0.1);
  });
});
