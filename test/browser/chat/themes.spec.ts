import type { ChatWindow } from '../../../src/index.js';
import { violations } from '../support/accessibility.js';
import type { ChatPage } from '../support/chat-page.js';
import { expect, test } from '../support/chat-test.js';

const OWN_STATUSES = ['queued', 'sending', 'unconfirmed', 'sent', 'delivered', 'failed'] as const;

/** A window that shows one message of each status, without a connection; the last is not an own one. */
async function marks({ page }: ChatPage, attributes: Readonly<Record<string, string>> = {}): Promise<void> {
  await page.evaluate(
    ({ statuses, all }) => {
      const { message, open, storeOf } = window.windowPage;
      const messages = statuses.map((status, n) =>
        message(n, { status, content: `${status}, see https://example.com/`, sentAt: Date.now(), from: 'bob' }),
      );
      open({ 'user-id': 'me', 'peer-id': 'bob', locale: 'en', ...all }, { store: storeOf(...messages) }).style.height =
        '900px';
    },
    { statuses: [...OWN_STATUSES, 'received' as const], all: attributes },
  );
  await expect(page.getByRole('link')).toHaveCount(7);
}

const wear = ({ root }: ChatPage, clothes: Partial<Pick<ChatWindow, 'look' | 'brand' | 'theme'>>) =>
  root.evaluate((element: ChatWindow, all) => {
    Object.assign(element, all);
  }, clothes);

const background = 'background-color';

test('look and brand change while the chat goes on; nothing is drawn anew', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: 'support', theme: 'light' });
  await chat.say('many');
  await expect(chat.message('20').last()).toBeInViewport();
  await chat.say('my own');
  const own = chat.bubbles.filter({ hasText: 'my own' });
  const theirs = chat.message('20').last().locator('[part~=bubble]');
  await expect(own).toHaveCSS(background, 'rgb(179, 239, 179)');
  await own.evaluate((bubble) => Object.assign(window, { bubble }));
  await chat.field.fill('a draft');

  await wear(chat, { look: 'messenger' });
  await expect(own).toHaveCSS(background, 'rgb(213, 245, 198)');
  await expect(own).toHaveCSS('border-radius', '12px');
  await wear(chat, { look: 'neutral' });
  await expect(own).toHaveCSS(background, 'rgb(51, 85, 200)');
  await expect(own).toHaveCSS('color', 'rgb(255, 255, 255)');
  await expect(theirs).toHaveCSS(background, 'rgb(238, 240, 243)');
  await expect(own).toHaveCSS('border-radius', '16px');
  await wear(chat, { brand: '#ffd400' });
  await expect(own).toHaveCSS(background, 'rgb(255, 212, 0)');
  await expect(chat.send).toHaveCSS(background, 'rgb(255, 212, 0)');
  await wear(chat, { theme: 'dark' });
  await expect(theirs).toHaveCSS(background, 'rgb(42, 46, 51)');
  await wear(chat, { look: 'classic', brand: '', theme: 'light' });
  await expect(own).toHaveCSS(background, 'rgb(179, 239, 179)');
  await expect(own).toHaveCSS('border-radius', '8px');

  expect(await own.evaluate((bubble) => bubble === (window as unknown as { bubble: Element }).bubble)).toBe(true);
  await expect(chat.bubbles.last()).toBeInViewport();
  await expect(chat.field).toHaveValue('a draft');
  expect(await chat.events('chat-error')).toEqual([]);
});

test('what the page sets itself comes before look and brand', async ({ emptyPage }) => {
  const chat = await emptyPage();
  await chat.page.addStyleTag({
    content: `chat-window { --chat-bubble-out: #102030; --chat-radius: 2px }
      chat-window::part(bubble) { border-radius: 3px }`,
  });
  await marks(chat, { theme: 'light', look: 'neutral', brand: '#e91e63' });
  await expect(chat.send).toHaveCSS(background, 'rgb(233, 30, 99)');
  await expect(chat.send).toHaveCSS('border-radius', '2px');
  await expect(chat.bubbles.first()).toHaveCSS(background, 'rgb(16, 32, 48)');
  await expect(chat.bubbles.first()).toHaveCSS('border-radius', '3px');
});

test('any colour that the browser knows is a brand; what is none is told of once', async ({ emptyPage }) => {
  const chat = await emptyPage();
  await marks(chat, { theme: 'light', 'server-url': '' });
  for (const [brand, colour] of [
    ['rebeccapurple', 'rgb(102, 51, 153)'],
    ['#abc', 'rgb(170, 187, 204)'],
    ['rgb(10 20 30)', 'rgb(10, 20, 30)'],
    ['hsl(120deg 100% 25%)', 'rgb(0, 128, 0)'],
    ['rgb(0 0 0 / 50%)', 'rgb(127, 127, 127)'],
    ['color(srgb 1 0 0)', 'rgb(255, 0, 0)'],
    ['white', 'rgb(255, 255, 255)'],
    ['black', 'rgb(0, 0, 0)'],
  ] as const) {
    await wear(chat, { brand });
    await expect(chat.send, brand).toHaveCSS(background, colour);
  }
  expect(await chat.events('chat-error')).toEqual([]);
  for (const brand of ['greenish', '#12', 'red; background: url(https://example.com)', 'var(--x)']) {
    await wear(chat, { brand });
    await expect(chat.send, brand).toHaveCSS(background, 'rgb(0, 222, 122)');
  }
  await wear(chat, { look: 'neutral' });
  await expect(chat.send).toHaveCSS(background, 'rgb(51, 85, 200)');
  const errors = await chat.events('chat-error');
  expect(errors).toHaveLength(4);
});

for (const look of ['classic', 'messenger', 'neutral']) {
  for (const brand of ['', '#ffd400', '#7a3ff2']) {
    const tag = brand && look !== 'classic' ? '@long' : [];
    test(`${look} ${brand || 'as it is'}: axe finds nothing, light and dark`, { tag }, async ({ emptyPage }) => {
      const chat = await emptyPage({ viewport: { width: 400, height: 940 } });
      await marks(chat, { look, brand });
      for (const theme of ['light', 'dark'] as const) {
        await wear(chat, { theme });
        expect(await violations(chat), theme).toEqual([]);
      }
    });
  }
}

test('the button of a session that has ended has the brand, and a line around it', async ({ enter, userId }) => {
  const user = userId('alice');
  const clothes = { theme: 'light', look: 'messenger', brand: '#ffffff' };
  const chat = await enter({ user, peer: 'bob', ...clothes });
  await enter({ user, peer: 'bob' });
  await expect(chat.useHere).toHaveCSS(background, 'rgb(255, 255, 255)');
  await expect(chat.useHere).toHaveCSS('border-radius', '12px');
  await expect(chat.useHere).not.toHaveCSS('border-color', /255, 255, 255|rgba/);
});

/** What moves, or is about to, in and below the page's elements. */
const moving = ({ page }: ChatPage) =>
  page.evaluate(() => {
    const roots = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => [
      root,
      ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? roots(shadowRoot) : [])),
    ];
    const found = new Set(roots(document).flatMap((root) => root.getAnimations()));
    return [...found]
      .filter((one) => one instanceof CSSAnimation || one instanceof CSSTransition)
      .filter(({ effect }) => Number(effect?.getComputedTiming().activeDuration) > 0)
      .map((one) => (one instanceof CSSAnimation ? one.animationName : 'transition'));
  });

for (const reducedMotion of ['reduce', 'no-preference'] as const) {
  test.describe(() => {
    test.use({ allowErrors: [/^console\.error: WebSocket connection to /] });
    test(`with motion ${reducedMotion}, spinners and strips ${reducedMotion === 'reduce' ? 'stand still' : 'move'}`, async ({
      emptyPage,
    }) => {
      const chat = await emptyPage({ reducedMotion, viewport: { width: 400, height: 940 } });
      // Nobody listens there.
      await marks(chat, { 'server-url': 'ws://127.0.0.1:9/' });
      await expect(chat.strip).toHaveText('The network is poor. Trying to recover…');
      const found = await moving(chat);
      if (reducedMotion === 'reduce') expect(found).toEqual([]);
      else expect(found).toContain('turn');
      // Also then, what waits for 2 s can be taken back after them.
      await expect(chat.root.locator('[part~=cancel]')).toBeVisible();
    });
  });
}

test('in forced colours every mark is told from the others, and every region has an edge', async ({ emptyPage }) => {
  for (const [colorScheme, theme] of [
    ['dark', 'auto'],
    ['light', 'dark'],
  ] as const) {
    const chat = await emptyPage({
      colorScheme,
      forcedColors: 'active',
      reducedMotion: 'reduce',
      viewport: { width: 400, height: 940 },
    });
    await marks(chat, { theme, look: 'neutral', brand: '#ffd400' });
    const pictures = new Map<string, string>();
    for (const status of OWN_STATUSES.filter((each) => each !== 'sent')) {
      const picture = await chat.statusOf(`${status},`).screenshot({ animations: 'allow' });
      pictures.set(status, picture.toString('base64'));
    }
    expect(new Set(pictures.values()).size).toBe(pictures.size);
    for (const region of [chat.bubbles.first(), chat.bubbles.last(), chat.send, chat.field]) {
      const edge = await region.evaluate((element) => {
        const { borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(element);
        return { width: Number.parseFloat(borderTopWidth), isSeen: borderTopColor !== backgroundColor };
      });
      expect(edge).toEqual({ width: expect.any(Number), isSeen: true });
      expect(edge.width).toBeGreaterThanOrEqual(1);
    }
    await chat.field.focus();
    await expect(chat.field).toHaveCSS('outline-style', 'solid');
  }
});

test('in forced colours the light that is on is told from the one that is off', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: userId('bob') }, { forcedColors: 'active' });
  const light = chat.root.locator('[part~=light]');
  await expect(light).toHaveCSS(background, 'rgb(0, 222, 122)');
  const on = await light.evaluate((element) => getComputedStyle(element).backgroundColor);
  await chat.root.evaluate((element: ChatWindow) => element.disconnect());
  await expect(light).toHaveCSS(background, 'rgb(255, 255, 255)');
  expect(on).not.toBe('rgb(255, 255, 255)');
});

for (const [locale, neutral, dark, colour, without] of [
  ['en', 'Neutral', 'Dark', 'Your colour', 'Without'],
  ['zh-CN', '素雅', '深色', '品牌色', '不用'],
] as const) {
  test(`the demo changes its clothes (${locale})`, async ({ enter }) => {
    const chat = await enter({ locale }, { viewport: { width: 1_280, height: 800 } });
    const { page } = chat;
    await page.getByText(neutral, { exact: true }).click();
    await expect(chat.send).toHaveCSS(background, 'rgb(51, 85, 200)');
    await page.getByText(dark, { exact: true }).click();
    await expect(chat.root).toHaveCSS(background, 'rgb(23, 25, 28)');
    await page.getByLabel(colour).fill('#e91e63');
    await expect(chat.send).toHaveCSS(background, 'rgb(233, 30, 99)');
    const address = new URL(page.url()).searchParams;
    expect(Object.fromEntries(address)).toEqual({ locale, look: 'neutral', theme: 'dark', brand: '#e91e63' });
    await page.reload();
    await expect(chat.send).toHaveCSS(background, 'rgb(233, 30, 99)');
    await expect(page.getByRole('radio', { name: neutral })).toBeChecked();
    await page.getByRole('button', { name: without }).click();
    await expect(chat.send).toHaveCSS(background, 'rgb(76, 107, 219)');
    expect(new URL(page.url()).searchParams.has('brand')).toBe(false);
  });
}
