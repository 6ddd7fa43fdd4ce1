import type { Page } from '@playwright/test';
import { expect, expectAtEnd, expectHeld, test } from './list-test.js';

async function scrolledUp(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { create, frames, messages, scroller, scrollTo } = window.listPage;
    create(messages(0, 300));
    await frames(3);
    await scrollTo(scroller().scrollTop - 300);
  });
}

/** Whole px from the list's upper edge to the line, and from there to this row. */
function lineAndRow(page: Page, id: string) {
  return page.evaluate((id) => {
    const { list, row, scroller } = window.listPage;
    const line = list().renderRoot.querySelector('new-line');
    const rect = line?.getBoundingClientRect();
    return (
      rect && {
        top: Math.round(rect.top - scroller().getBoundingClientRect().top),
        gap: Math.round((row(id)?.getBoundingClientRect().top ?? Number.NaN) - rect.bottom),
        name: line?.getAttribute('aria-label'),
      }
    );
  }, id);
}

test('what comes while the reader is elsewhere is counted, and a press leads to the first of it', async ({ page }) => {
  await scrolledUp(page);
  const button = page.getByRole('button', { name: /new|latest/ });
  await expect(button).toHaveCount(0);
  const recorded = await page.evaluate(async () => {
    const { list, messages, record, firstInView } = window.listPage;
    return record(5, firstInView(), () => {
      list().messages = [...list().messages, ...messages(300, 20)];
    });
  });
  expectHeld(recorded);
  await expect(button).toHaveText('20 new');
  await button.click();
  expect(await lineAndRow(page, 'm300')).toEqual({ top: 0, gap: 0, name: 'New messages' });
  await expect(page.getByText(/\d+ new/)).toHaveCount(0);
  const focused = await page.evaluate(() => window.listPage.list().shadowRoot?.activeElement?.getAttribute('role'));
  expect(focused).toBe('log');
});

test('one by one they are counted, own notes are not, removed ones no more', async ({ page }) => {
  await scrolledUp(page);
  const button = page.getByRole('button', { name: /new/ });
  await page.evaluate(async () => {
    const { list, brief, frames } = window.listPage;
    list().messages = [...list().messages, brief(300)];
    await frames(2);
    list().messages = [...list().messages, brief(301), brief(302, { status: 'note' })];
    await frames(2);
  });
  await expect(button).toHaveText('2 new');
  await page.evaluate(() => {
    const { list } = window.listPage;
    list().messages = list().messages.filter(({ id }) => id !== 'm300');
  });
  await expect(button).toHaveText('1 new');
});

test('the line stays while more comes, moves when all was seen, and goes when something is said', async ({ page }) => {
  await scrolledUp(page);
  const add = (n: number, status: 'received' | 'sending' = 'received') =>
    page.evaluate(
      async ([n, status]) => {
        const { list, brief, frames } = window.listPage;
        list().messages = [...list().messages, brief(n, { status })];
        await frames(3);
      },
      [n, status] as const,
    );
  const end = () => page.evaluate(() => window.listPage.scrollTo(1e6));
  await add(300);
  await add(301);
  await end();
  expect(await lineAndRow(page, 'm300')).toMatchObject({ gap: 0 });
  await add(302);
  expect(await lineAndRow(page, 'm300')).toMatchObject({ gap: 0 });
  const held = await page.evaluate(async () => {
    const { scroller, scrollTo, list, brief, record, firstInView } = window.listPage;
    await scrollTo(scroller().scrollTop - 100);
    return record(5, firstInView(), () => {
      list().messages = [...list().messages, brief(303)];
    });
  });
  expectHeld(held);
  await end();
  expect(await lineAndRow(page, 'm303')).toMatchObject({ gap: 0 });
  await add(304, 'sending');
  expect(await lineAndRow(page, 'm303')).toBeUndefined();
});

test('what came while nobody looked, and begins above what is in view, is counted there; a press leads to the line', async ({
  page,
}) => {
  const newFrom = (id: string) =>
    page.evaluate(async (id) => {
      window.listPage.list().newFrom = id;
      await window.listPage.frames(3);
    }, id);
  await page.evaluate(async () => {
    const { brief, create, frames } = window.listPage;
    create(Array.from({ length: 300 }, (_, n) => brief(n)));
    await frames(3);
  });
  const button = page.getByRole('button', { name: /new/ });
  // In view already.
  await newFrom('m299');
  expect(await lineAndRow(page, 'm299')).toMatchObject({ gap: 0 });
  await expect(button).toHaveCount(0);
  await newFrom('m250');
  await expect(button).toHaveText('50 new');
  await page.evaluate(async () => {
    const { list, brief, frames } = window.listPage;
    list().messages = [...list().messages, brief(300)];
    await frames(3);
  });
  await expect(button).toHaveText('51 new');
  await button.click();
  expect(await lineAndRow(page, 'm250')).toEqual({ top: 0, gap: 0, name: 'New messages' });
  await expect(button).toHaveCount(0);
});

test('older messages that are loaded are not counted', async ({ page }) => {
  await scrolledUp(page);
  await page.evaluate(async () => {
    const { list, messages, frames } = window.listPage;
    list().messages = [...messages(-50, 50), ...list().messages];
    await frames(3);
  });
  await expect(page.getByRole('button', { name: /new/ })).toHaveCount(0);
});

test('the button goes when the reader comes to the end', async ({ page }) => {
  await scrolledUp(page);
  await page.evaluate(async () => {
    const { list, brief, frames } = window.listPage;
    list().messages = [...list().messages, brief(300)];
    await frames(2);
  });
  await expect(page.getByRole('button', { name: '1 new' })).toBeVisible();
  const frames = await page.evaluate(async () => {
    const { brief, frames, list, record, scroller } = window.listPage;
    scroller().scrollTop = scroller().scrollHeight;
    await frames(3);
    return record(5, undefined, () => {
      list().messages = [...list().messages, brief(301)];
    });
  });
  expectAtEnd(frames);
  await expect(page.getByRole('button', { name: /new|latest/ })).toHaveCount(0);
});

test('far from the end an arrow leads there', async ({ page }) => {
  await scrolledUp(page);
  await page.evaluate(() => window.listPage.scrollTo(5000));
  await page.getByRole('button', { name: 'Jump to the latest message' }).click();
  const frames = await page.evaluate(() => window.listPage.record(3));
  expectAtEnd(frames);
  await expect(page.getByRole('button', { name: 'Jump to the latest message' })).toHaveCount(0);
});

for (const status of ['queued', 'sending', 'sent'] as const) {
  test(`an own message (${status}) brings the reader to the end`, async ({ page }) => {
    await scrolledUp(page);
    const frames = await page.evaluate(async (status) => {
      const { list, brief, record } = window.listPage;
      const sent = await record(5, undefined, () => {
        list().messages = [...list().messages, brief(300, { status })];
      });
      return sent.slice(1);
    }, status);
    expectAtEnd(frames);
    await expect(page.getByRole('button', { name: /new|latest/ })).toHaveCount(0);
  });
}

test('edge-reached comes once when the oldest messages come near, does not leave the shadow tree, and again after a change', async ({
  page,
}) => {
  const counts = await page.evaluate(async () => {
    const { create, frames, messages, scrollTo } = window.listPage;
    const list = create(messages(1000, 300));
    let count = 0;
    let composed = false;
    list.addEventListener('edge-reached', (event) => {
      count++;
      composed ||= event.composed;
    });
    await frames(5);
    const counts = [count];
    await scrollTo(1500);
    await scrollTo(200);
    await scrollTo(0);
    counts.push(count);
    list.messages = [...messages(900, 100), ...list.messages];
    await frames(5);
    counts.push(count);
    await scrollTo(100);
    counts.push(count);
    return { counts, composed };
  });
  expect(counts).toEqual({ counts: [0, 1, 1, 2], composed: false });
});
