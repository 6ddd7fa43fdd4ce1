import type { Locator } from '@playwright/test';
import type { ChatWindow, MessageComposer } from '../../../src/index.js';
import { expectNoViolations } from '../support/accessibility.js';
import type { ChatPage } from '../support/chat-page.js';
import { expect, test } from '../support/chat-test.js';

/** The parts of the picker, in English, Chinese or Arabic. */
function picker({ root }: ChatPage) {
  const box = root.getByRole('dialog', { name: /emoji|表情|رمز/ });
  return {
    button: root.getByRole('button', { name: /^(Choose an emoji|选择表情|اختيار رمز تعبيري)$/ }),
    box,
    search: box.getByRole('searchbox'),
    tone: box.getByRole('combobox'),
    grid: box.getByRole('grid'),
    cells: box.getByRole('gridcell'),
    said: box.locator('chat-emoji').getByRole('status'),
    cell: (name: string) => box.getByRole('gridcell', { name, exact: true }).first(),
  };
}

async function open(chat: ChatPage) {
  const parts = picker(chat);
  await parts.button.click();
  await expect(parts.cells.first()).toBeVisible();
  return parts;
}

const edges = async (element: Locator) => {
  const { x, y, width, height } = (await element.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  return { left: x, top: y, right: x + width, bottom: y + height };
};

test('it comes when it is first opened, with the focus in the search; Escape closes it', async ({ visit, userId }) => {
  const asked: string[] = [];
  const chat = await visit({ user: userId('alice'), peer: 'bob' }, {}, async (context) =>
    context.on('request', (request) => asked.push(request.url())),
  );
  const { button, box, search, cells, grid } = picker(chat);
  await expect(button).toHaveAttribute('aria-expanded', 'false');
  expect(asked.filter((url) => /emoji-(en|data)|chat-emoji/.test(url))).toEqual([]);
  await button.click();
  await expect(search).toBeFocused();
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  expect(asked.filter((url) => /\/emoji-\w+\.js/.test(url) && !/memory/.test(url))).toEqual([
    expect.stringContaining('emoji-en'),
  ]);
  // Of two thousand only those near the view are in the document.
  expect(await cells.count()).toBeLessThan(100);
  expect(Number(await grid.getAttribute('aria-rowcount'))).toBeGreaterThan(200);
  await search.press('Escape');
  await expect(box).toHaveCount(0);
  await expect(button).toBeFocused();
  await expect(button).toHaveAttribute('aria-expanded', 'false');
});

test('a press chooses: at the caret, over what is marked, with the focus in the field', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: 'bob' });
  await chat.field.fill('one two');
  await chat.field.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(3, 3));
  let { cell, box } = await open(chat);
  await cell('grinning face').click();
  await expect(chat.field).toHaveValue('one😀 two');
  await expect(chat.field).toBeFocused();
  await expect(box).toHaveCount(0);
  await chat.page.keyboard.type('!');
  await expect(chat.field).toHaveValue('one😀! two');
  await chat.field.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(7, 10));
  ({ cell, box } = await open(chat));
  await cell('beaming face with smiling eyes').click();
  await expect(chat.field).toHaveValue('one😀! 😁');
  await chat.field.press('Enter');
  await expect(chat.bubbles).toHaveText(['You: one😀! 😁']);
});

test('what is chosen counts as typed: it is kept, and counted', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: 'bob' });
  await (await open(chat)).cell('grinning face').click();
  // Drafts are written down after a moment.
  await expect.poll(() => chat.page.evaluate(() => JSON.stringify({ ...sessionStorage }))).toContain('😀');
  await chat.page.reload();
  await expect(chat.field).toHaveValue('😀');
  await chat.field.fill('字'.repeat(20_000));
  await expect(chat.hint).toHaveText(/^5,\d{3} bytes left$/);
  const before = await chat.hint.textContent();
  await (await open(chat)).cell('grinning face').click();
  await expect(chat.hint).not.toHaveText(before ?? '');
});

test('the search knows the names of the language, and English ones', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: 'bob', locale: 'zh-CN' });
  const { search, cells, said, box } = await open(chat);
  await search.fill('猫脸');
  await expect(cells.first()).toHaveText('🐱');
  await expect(cells.first()).toHaveAccessibleName('猫脸');
  await search.fill('cat face');
  await expect(cells.first()).toHaveText('🐱');
  await expect(said).toHaveText(/^找到 \d+ 个表情$/);
  await search.fill('qqqq');
  await expect(cells).toHaveCount(0);
  await expect(said).toHaveText('没有找到表情。');
  await search.fill('birthday cake');
  await expect(cells.first()).toHaveText('🎂');
  await search.press('Enter');
  await expect(chat.field).toHaveValue('🎂');
  await expect(box).toHaveCount(0);
});

test('keys: into the grid, about it, out of it; Enter chooses', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: 'bob' });
  const { search, cells, cell, grid, box, button } = await open(chat);
  const { keyboard } = chat.page;
  await keyboard.press('ArrowDown');
  await expect(cells.first()).toBeFocused();
  await keyboard.press('ArrowRight');
  await expect(cells.nth(1)).toBeFocused();
  await keyboard.press('ArrowUp');
  await expect(search).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(cells.nth(1)).toBeFocused();
  await keyboard.press('Home');
  await expect(cells.first()).toBeFocused();
  // Far beyond what was drawn, and always in view.
  for (let n = 0; n < 40; n++) await keyboard.press('ArrowDown');
  const focused = grid.locator(':focus');
  await expect(focused).toHaveCount(1);
  const [inner, outer] = await Promise.all([edges(focused), edges(grid)]);
  expect(inner.top).toBeGreaterThanOrEqual(outer.top - 1);
  expect(inner.bottom).toBeLessThanOrEqual(outer.bottom + 1);
  await keyboard.press('Control+End');
  await expect(cell('flag: Wales')).toBeFocused();
  // Scrolled away, the focus stays, and so does the place.
  await grid.evaluate((element) => {
    element.scrollTop = 0;
  });
  await expect(cell('flag: Wales')).toHaveCount(0);
  await expect(grid).toBeFocused();
  await keyboard.press('ArrowLeft');
  await expect(cell('flag: Scotland')).toBeFocused();
  await keyboard.press('Enter');
  await expect(chat.field).toHaveValue('🏴󠁧󠁢󠁳󠁣󠁴󠁿');
  await expect(chat.field).toBeFocused();

  await button.focus();
  await keyboard.press('Enter');
  await expect(search).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(cells.first()).toBeFocused();
  await keyboard.press('Tab');
  await expect(box).toHaveCount(0);
  await expect(chat.send).toBeFocused();
});

test('the tabs lead to their groups, by mouse and by keys', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: 'bob' });
  const { box, cell } = await open(chat);
  const tab = (name: string) => box.getByRole('button', { name });
  await tab('Food and drink').click();
  await expect(cell('grapes')).toBeInViewport();
  await expect(tab('Food and drink')).toHaveAttribute('aria-pressed', 'true');
  await tab('Food and drink').press('ArrowRight');
  await expect(tab('Travel and places')).toBeFocused();
  await expect(cell('globe showing Europe-Africa')).toBeInViewport();
});

test('what was chosen is there first after a reload, in the skin tone that was', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: 'bob' });
  let parts = await open(chat);
  await expect(parts.box.getByText('Recently used')).toHaveCount(0);
  await parts.tone.selectOption('3');
  await parts.search.fill('waving hand');
  await expect(parts.cells.first()).toHaveText('👋🏽');
  await parts.cells.first().click();
  await expect(chat.field).toHaveValue('👋🏽');
  await chat.page.reload();
  parts = await open(chat);
  await expect(parts.box.getByText('Recently used')).toBeVisible();
  await expect(parts.cells.first()).toHaveText('👋🏽');
  await expect(parts.tone).toHaveValue('3');
  await parts.tone.selectOption('0');
  await expect(parts.cells.first()).toHaveText('👋');
});

test('where nothing may be kept, nothing is; a wipe takes all along', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: 'bob' });
  const stored = () =>
    chat.page.evaluate(() =>
      [localStorage, sessionStorage].map((storage) => storage.getItem('harmonychat emoji') !== null),
    );
  await chat.root.evaluate((root: ChatWindow) => Object.assign(root, { history: 'none' }));
  await (await open(chat)).cell('grinning face').click();
  const { box, button } = await open(chat);
  await expect(box.getByText('Recently used')).toBeVisible();
  expect(await stored()).toEqual([false, false]);
  await button.click();
  for (const [history, where] of [
    ['session', [false, true]],
    ['device', [true, true]],
  ] as const) {
    await chat.root.evaluate((root: ChatWindow, change) => Object.assign(root, change), { history });
    await (await open(chat)).cell('grinning face').click();
    expect(await stored()).toEqual(where);
  }
  await chat.root.evaluate((root: ChatWindow) => root.logout({ wipe: true }));
  await expect.poll(stored).toEqual([false, false]);
  await open(chat);
  await expect(box.getByText('Recently used')).toHaveCount(0);
});

test('a language without data has English names, and is read from right to left', async ({ visit, userId }) => {
  const chat = await visit(
    { user: userId('alice'), peer: 'bob', locale: 'ar' },
    { viewport: { width: 360, height: 640 } },
  );
  const { box, search, cells, button } = await open(chat);
  await expect(box.getByText('الوجوه والمشاعر')).toBeVisible();
  await expect(cells.first()).toHaveAccessibleName('grinning face');
  const [first, second, tools, field] = await Promise.all(
    [cells.first(), cells.nth(1), button, chat.root.locator('textarea')].map(edges),
  );
  expect(second?.right).toBeLessThanOrEqual((first?.left ?? 0) + 1);
  expect(tools?.right).toBeLessThanOrEqual(field?.left ?? 0);
  await search.press('ArrowDown');
  await chat.page.keyboard.press('ArrowLeft');
  await expect(cells.nth(1)).toBeFocused();
  await search.fill('cake');
  await search.press('Enter');
  await expect(chat.root.locator('textarea')).toHaveValue(/^\p{Extended_Pictographic}$/u);
});

for (const [name, file] of [
  ['the picker', /chat-emoji\.js/],
  ['the data', /emoji-en/],
] as const) {
  test.describe(`${name} that does not load`, () => {
    test.use({ allowErrors: [/Failed to load resource/] });

    test('is told, and comes at the next try', async ({ enter, userId }) => {
      const chat = await enter({ user: userId('alice'), peer: 'bob' });
      await chat.page.route(file, (route) => route.abort());
      const { button, box, search } = picker(chat);
      await button.click();
      await expect(box.getByRole('status')).toContainText('The emoji did not load.');
      await expectNoViolations(chat);
      await chat.page.unroute(file);
      await box.getByRole('button', { name: 'Retry' }).press('Enter');
      await expect(search).toBeFocused();
    });
  });
}

for (const [width, height] of [
  [320, 256],
  [360, 640],
  [1280, 800],
] as const) {
  test(`at ${width} x ${height} px the box is within the window`, async ({ enter, userId }) => {
    const chat = await enter({ user: userId('alice') }, { viewport: { width, height } });
    const { box, cells, cell } = await open(chat);
    await expect(cells.first()).toBeInViewport({ ratio: 1 });
    // Two lines at least, however small it is.
    await expect(cell('slightly smiling face')).toBeInViewport({ ratio: 1 });
    const [inner, outer, composer] = await Promise.all([
      edges(box),
      edges(chat.root),
      edges(chat.root.locator('message-composer')),
    ]);
    expect(inner.left).toBeGreaterThanOrEqual(outer.left);
    expect(inner.right).toBeLessThanOrEqual(outer.right);
    expect(inner.top).toBeGreaterThanOrEqual(outer.top);
    expect(inner.bottom).toBeLessThanOrEqual(composer.top);
    const wide = await box
      .locator('chat-emoji')
      .evaluate(({ shadowRoot }) =>
        [...(shadowRoot?.querySelectorAll('*') ?? [])]
          .filter(
            (element) =>
              !element.matches('.visually-hidden, select, option') && element.scrollWidth > element.clientWidth + 1,
          )
          .map(({ outerHTML }) => outerHTML.slice(0, 80)),
      );
    expect(wide).toEqual([]);
  });
}

test('a finger chooses several, and no keyboard opens', async ({ enter, userId }) => {
  const chat = await enter(
    { user: userId('alice'), peer: 'bob' },
    { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true },
  );
  const { button, box, cells, cell, search } = picker(chat);
  await chat.field.tap();
  await expect(chat.field).toBeFocused();
  const { left, right, top, bottom } = await button.evaluate((element) => {
    const { width, height } = element.getBoundingClientRect();
    const { left, right, top, bottom } = getComputedStyle(element, '::after');
    return {
      left: width - Number.parseFloat(left),
      right: -Number.parseFloat(right),
      top: height - Number.parseFloat(top),
      bottom: -Number.parseFloat(bottom),
    };
  });
  expect([left + right >= 44, top + bottom >= 44]).toEqual([true, true]);
  await button.tap();
  await expect(cells.first()).toBeVisible();
  await expect(chat.field).not.toBeFocused();
  await expect(search).not.toBeFocused();
  await expect(search).toHaveCSS('font-size', '16px');
  await cell('grinning face').tap();
  await cell('grinning face').tap();
  await expect(chat.field).toHaveValue('😀😀');
  await expect(chat.field).not.toBeFocused();
  await expect(box.getByText('Recently used')).toHaveCount(0);
  await chat.list.tap({ position: { x: 20, y: 20 } });
  await expect(box).toHaveCount(0);
});

test('a press beside it closes it, and the button does too', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: 'bob' });
  const { box, button } = await open(chat);
  await button.click();
  await expect(box).toHaveCount(0);
  await open(chat);
  await chat.field.click();
  await expect(box).toHaveCount(0);
  await expect(chat.field).toBeFocused();
});

test('keys that are typed in it do not reach the page', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: 'bob' });
  await chat.page.evaluate(() => {
    Object.assign(window, { heard: [] });
    for (const type of ['keydown', 'keypress', 'keyup', 'input'])
      document.addEventListener(type, (event) =>
        (window as unknown as { heard: string[] }).heard.push(`${type} ${(event as KeyboardEvent).key}`),
      );
  });
  const { box } = await open(chat);
  await chat.page.keyboard.type('c/');
  await chat.page.keyboard.press('ArrowDown');
  await chat.page.keyboard.press('Escape');
  await expect(box).toHaveCount(0);
  expect(await chat.page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual(['keyup Escape']);
});

test('in a session that has ended there is none', async ({ enter, gateway, userId }) => {
  const alice = userId('alice');
  const chat = await enter({ user: alice, peer: 'bob' });
  const { box, button } = await open(chat);
  gateway.kick(alice, 2);
  await expect(chat.panel).toBeVisible();
  await expect(box).toHaveCount(0);
  await expect(button).toHaveCount(0);
  // Nor does it come back by itself when the session does.
  await chat.root.locator('message-composer').evaluate((composer: MessageComposer) => {
    composer.readonly = false;
  });
  await expect(button).toBeVisible();
  await expect(box).toHaveCount(0);
});

test('axe finds nothing: open, found, not found, with what was chosen', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: 'bob' });
  await (await open(chat)).cell('grinning face').click();
  const { search } = await open(chat);
  await expectNoViolations(chat);
  await search.fill('cat');
  await expectNoViolations(chat);
  await search.fill('qqqq');
  await expectNoViolations(chat);
});
