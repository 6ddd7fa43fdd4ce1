import { expect, expectAtEnd, test } from './list-test.js';

test.describe('at its end the list stays there, in every painted frame', () => {
  for (const count of [1, 3, 300, 10_000]) {
    test(`from the first frame on, with ${count} messages`, async ({ page }) => {
      const frames = await page.evaluate(async (count) => {
        const { create, messages, record } = window.listPage;
        create(messages(0, count));
        return (await record(12)).slice(1);
      }, count);
      expectAtEnd(frames);
    });
  }

  test('when a message comes', async ({ page }) => {
    const frames = await page.evaluate(async () => {
      const { create, frames, messages, brief, record } = window.listPage;
      const list = create(messages(0, 300));
      await frames(5);
      return record(10, undefined, () => {
        list.messages = [...list.messages, brief(300)];
      });
    });
    expectAtEnd(frames);
  });

  for (const [count, total] of [
    [10, 300],
    [30, 10_000],
  ] as const) {
    test(`when ${count} messages come, one in each frame, to ${total}`, async ({ page }) => {
      const frames = await page.evaluate(
        async ([count, total]) => {
          const { create, frames, messages, brief, look, painted } = window.listPage;
          const list = create(messages(0, total));
          await frames(5);
          const seen = [];
          for (let n = 0; n < count; n++) {
            list.messages = [...list.messages, brief(total + n)];
            await painted();
            seen.push(look());
          }
          return seen;
        },
        [count, total] as const,
      );
      expectAtEnd(frames);
    });
  }

  test('when 30 messages come at once', async ({ page }) => {
    const frames = await page.evaluate(async () => {
      const { create, frames, messages, record } = window.listPage;
      const list = create(messages(0, 300));
      await frames(5);
      return record(10, undefined, () => {
        list.messages = [...list.messages, ...messages(300, 30)];
      });
    });
    expectAtEnd(frames);
  });

  test('when the first message of all comes, and the ones that fill the view', async ({ page }) => {
    const frames = await page.evaluate(async () => {
      const { create, frames, brief, look, painted } = window.listPage;
      const list = create();
      await frames(3);
      const seen = [];
      for (let n = 0; n < 15; n++) {
        list.messages = [...list.messages, brief(n)];
        await painted();
        seen.push(look());
      }
      return seen;
    });
    expectAtEnd(frames);
  });

  test('when the last message changes and grows', async ({ page }) => {
    const frames = await page.evaluate(async () => {
      const { create, frames, messages, message, brief, record } = window.listPage;
      const list = create([...messages(0, 299), brief(299)]);
      await frames(5);
      return record(10, undefined, () => {
        list.messages = [...list.messages.slice(0, -1), message(299, { content: 'grown '.repeat(80) })];
      });
    });
    expectAtEnd(frames);
  });

  test('when a row grows by itself, as a late image makes it', async ({ page }) => {
    const { frames, grown } = await page.evaluate(async () => {
      const { create, frames, messages, brief, grow, record, row } = window.listPage;
      create([...messages(0, 297), brief(297), brief(298), brief(299)]);
      await frames(5);
      const height = () => row('m298')?.clientHeight ?? 0;
      const before = height();
      const recorded = await record(10, undefined, () => grow('m298', 120));
      return { frames: recorded, grown: height() - before };
    });
    expect(grown).toBeGreaterThan(100);
    expectAtEnd(frames);
  });

  for (const [what, property, sizes] of [
    ['a keyboard opens and closes', 'block-size', ['350px', '600px']],
    ['it becomes narrower and wider', 'inline-size', ['300px', '400px']],
  ] as const) {
    test(`when ${what}`, async ({ page }) => {
      const frames = await page.evaluate(
        async ([property, sizes]) => {
          const { create, frames, messages, record } = window.listPage;
          const list = create(messages(0, 300));
          await frames(5);
          const seen = [];
          for (const size of sizes) {
            seen.push(...(await record(10, undefined, () => list.style.setProperty(property, size))).slice(1));
          }
          return seen;
        },
        [property, sizes] as const,
      );
      expectAtEnd(frames);
    });
  }

  test('when the last messages are removed', async ({ page }) => {
    const frames = await page.evaluate(async () => {
      const { create, frames, messages, record } = window.listPage;
      const list = create(messages(0, 300));
      await frames(5);
      return record(10, undefined, () => {
        list.messages = list.messages.slice(0, -5);
      });
    });
    expectAtEnd(frames);
  });

  test('when messages come while it is hidden', async ({ page }) => {
    const frames = await page.evaluate(async () => {
      const { create, frames, messages, brief, record } = window.listPage;
      const list = create(messages(0, 300));
      await frames(5);
      list.hidden = true;
      await frames(3);
      list.messages = [...list.messages, brief(300), brief(301)];
      await frames(3);
      const shown = await record(10, undefined, () => {
        list.hidden = false;
      });
      return shown.slice(1);
    });
    expectAtEnd(frames);
  });

  test('when it was created hidden', async ({ page }) => {
    const frames = await page.evaluate(async () => {
      const { create, frames, messages, record } = window.listPage;
      const list = create(messages(0, 300));
      list.hidden = true;
      await frames(5);
      const shown = await record(10, undefined, () => {
        list.hidden = false;
      });
      return shown.slice(1);
    });
    expectAtEnd(frames);
  });

  test('when it is taken out of the document and put back, with a message more', async ({ page }) => {
    const frames = await page.evaluate(async () => {
      const { create, frames, messages, brief, record } = window.listPage;
      const list = create(messages(0, 300));
      await frames(5);
      list.remove();
      await frames(2);
      list.messages = [...list.messages, brief(300)];
      await frames(2);
      return (await record(10, undefined, () => document.body.append(list))).slice(1);
    });
    expectAtEnd(frames);
  });

  test('when another conversation takes its place, shorter or longer', async ({ page }) => {
    const frames = await page.evaluate(async () => {
      const { create, frames, messages, brief, record, scrollTo } = window.listPage;
      const list = create(messages(0, 300));
      await frames(5);
      await scrollTo(3000);
      const few = await record(10, undefined, () => {
        list.messages = [5000, 5001, 5002, 5003, 5004, 5005].map((n) => brief(n));
      });
      const many = await record(10, undefined, () => {
        list.messages = messages(8000, 400);
      });
      return [...few.slice(1), ...many.slice(1)];
    });
    expectAtEnd(frames);
  });

  test('when the page around it is scrolled, so that only a part of it is in the window', async ({ page }) => {
    const frames = await page.evaluate(async () => {
      const { create, frames, messages, brief, record } = window.listPage;
      const list = create(messages(0, 300));
      list.style.marginTop = '400px';
      document.body.style.height = '3000px';
      await frames(5);
      const below = await record(5, undefined, () => {
        list.messages = [...list.messages, brief(300)];
      });
      document.documentElement.scrollTop = 700;
      await frames(5);
      const above = await record(5, undefined, () => {
        list.messages = [...list.messages, brief(301)];
      });
      return [...below, ...above];
    });
    expectAtEnd(frames);
  });
});

test('a message higher than the list, coming alone at the end, is shown from its beginning', async ({ page }) => {
  const { frames, next } = await page.evaluate(async () => {
    const { create, frames, messages, message, brief, record, scroller, row } = window.listPage;
    const list = create(messages(0, 300));
    await frames(5);
    const view = scroller().getBoundingClientRect();
    const tops: (number | undefined)[] = [];
    const top = () => tops.push(row('m300')?.getBoundingClientRect().top);
    await record(1, undefined, () => {
      list.messages = [...list.messages, message(300, { content: 'long '.repeat(900) })];
    });
    top();
    await frames(1);
    top();
    const next = await record(5, 'm300', () => {
      list.messages = [...list.messages, brief(301)];
    });
    return { frames: tops.map((value) => (value === undefined ? null : value - view.top)), next };
  });
  // Rows end on whole pixels, so they may begin less than one below.
  for (const top of frames) expect(Math.abs(top ?? Number.NaN)).toBeLessThan(1);
  expect(frames[1]).toBe(frames[0]);
  expect(new Set(next.map(({ held }) => held)).size, 'what comes after it moves nothing').toBe(1);
});

test('an empty list, and one that is emptied, throw nothing and follow the end afterwards', async ({ page }) => {
  const frames = await page.evaluate(async () => {
    const { create, frames, messages, brief, record, scrollTo } = window.listPage;
    const list = create();
    await frames(3);
    list.scrollToEnd();
    list.scrollToMessage('nobody');
    list.messages = messages(0, 100);
    await frames(3);
    await scrollTo(500);
    list.messages = [];
    await frames(3);
    return (
      await record(5, undefined, () => {
        list.messages = [brief(1)];
      })
    ).slice(1);
  });
  expectAtEnd(frames);
});
