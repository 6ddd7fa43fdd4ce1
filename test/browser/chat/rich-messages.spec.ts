import { FrameType } from '../../gateway/frames.js';
import { expectNoViolations } from '../support/accessibility.js';
import type { ChatPage } from '../support/chat-page.js';
import { expect, test } from '../support/chat-test.js';

const picture = { url: '/robot.svg', width: 320, height: 240, name: 'robot.svg' };

const imageIn = (chat: ChatPage) => chat.bubbles.last().getByRole('button', { name: 'Open the image robot.svg' });
const viewerIn = (chat: ChatPage) => chat.root.getByRole('dialog', { name: 'robot.svg' });
/** How a picture in the viewer is moved and zoomed. */
const transformIn = (chat: ChatPage) =>
  viewerIn(chat)
    .getByRole('img', { name: 'robot.svg' })
    .evaluate((image) => {
      const { a, e, f } = new DOMMatrix(getComputedStyle(image).transform);
      return { scale: a, x: e, y: f };
    });

for (const [word, role, name] of [
  ['image', 'button', 'Open the image robot.svg'],
  ['voice', 'button', 'Play the voice message'],
  ['file', 'link', /^File price list\.csv\s*48 bytes$/],
  ['card', 'button', 'I want this one'],
  ['order', 'button', 'Where is it?'],
  ['choice', 'button', 'See the prices'],
] as const) {
  const tag = /image|card/.test(word) ? [] : '@long';
  test(`the robot sends its ${word}, which is shown, in both languages, light and dark`, { tag }, async ({ enter }) => {
    const chat = await enter({ locale: 'en' });
    await chat.say(word);
    await expect(chat.bubbles.last().getByRole(role, { name })).toBeVisible();
    await expectNoViolations(chat);
  });
}

test('emoji alone are larger', async ({ enter }) => {
  const chat = await enter({ locale: 'en' });
  await chat.say('👍🏽 👩‍👩‍👧‍👦', 'well 👍🏽');
  await expect(chat.message('👍🏽 👩‍👩‍👧‍👦').locator('.emoji')).toHaveCSS('font-size', '32px');
  await expect(chat.message('well').locator('.emoji')).toHaveCount(0);
});

test('what is said of each is read out', async ({ enter, gateway, userId }) => {
  const alice = userId('alice');
  const chat = await enter({ user: alice, peer: 'bob', locale: 'en' });
  const said = chat.root.locator('.visually-hidden[role=log]');
  for (const [typeu, content, words] of [
    [1, picture, 'UID: bob: Image robot.svg'],
    [2, { url: '/hello.wav', name: 'hello.wav' }, 'UID: bob: Voice message hello.wav'],
    [5, { url: '/price-list.csv', name: 'prices' }, 'UID: bob: File prices'],
    [20, { text: 'Which size?', replies: ['S'] }, 'UID: bob: Question Which size?'],
    [21, { title: 'Teapot', text: '600 ml' }, 'UID: bob: Card Teapot, 600 ml'],
  ] as const) {
    gateway.send(alice, JSON.stringify(content), { from: 'bob', typeu });
    await expect(said.locator('p').last()).toHaveText(words);
  }
});

test('an image has its place before it comes: nothing moves when it does', async ({ enter, gateway, userId }) => {
  const alice = userId('alice');
  let come = () => {};
  const coming = new Promise<void>((resolve) => {
    come = resolve;
  });
  const chat = await enter({ user: alice, peer: 'bob', locale: 'en' }, {}, (context) =>
    context.route('**/robot.svg', async (route) => {
      await coming;
      await route.continue();
    }),
  );
  gateway.send(alice, JSON.stringify(picture), { from: 'bob', typeu: 1 });
  gateway.send(alice, 'below', { from: 'bob', typeu: 0 });
  const image = chat.list.getByRole('button', { name: 'Open the image robot.svg' });
  await expect(image).toBeVisible();
  await expect(chat.message('below')).toBeVisible();
  const below = chat.message('below');
  // Until all that was drawn has its place.
  await chat.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const before = [await image.boundingBox(), await below.boundingBox()];
  come();
  await expect
    .poll(() => image.locator('img').evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0))
    .toBe(true);
  expect([await image.boundingBox(), await below.boundingBox()]).toEqual(before);
});

test('an image keeps its place, whatever its own shape is', async ({ enter, gateway, userId }) => {
  const alice = userId('alice');
  const chat = await enter({ user: alice, peer: 'bob', locale: 'en' });
  // A square picture.
  gateway.send(alice, '/logo.svg', { from: 'bob', typeu: 1 });
  gateway.send(alice, JSON.stringify({ url: '/logo.svg', width: 200, height: 20 }), { from: 'bob', typeu: 1 });
  const images = chat.list.locator('image-bubble img');
  await expect(images).toHaveCount(2);
  await expect
    .poll(() => images.evaluateAll((all) => all.every((img) => (img as HTMLImageElement).naturalWidth > 0)))
    .toBe(true);
  const sizes = await images.evaluateAll((all) => all.map((img) => [img.clientWidth, img.clientHeight]));
  expect(sizes).toEqual([
    [200, 150],
    [200, 20],
  ]);
});

test('an image opens in full size; keys zoom and move it, Escape closes it, and the focus returns', async ({
  enter,
}) => {
  const chat = await enter({ locale: 'en' });
  await chat.say('image');
  await expect(imageIn(chat)).toBeVisible();
  await chat.page.evaluate(() => {
    Object.assign(window, { pressed: [] });
    document.addEventListener('keydown', ({ key }) => (window as unknown as { pressed: string[] }).pressed.push(key));
  });
  await imageIn(chat).focus();
  await chat.page.keyboard.press('Enter');
  await expect(viewerIn(chat)).toBeVisible();
  await expectNoViolations(chat);
  await chat.page.evaluate(() => {
    (window as unknown as { pressed: string[] }).pressed.length = 0;
  });
  await chat.page.keyboard.press('+');
  await chat.page.keyboard.press('+');
  await expect.poll(async () => (await transformIn(chat)).scale).toBeCloseTo(2.25);
  await chat.page.keyboard.press('ArrowRight');
  expect((await transformIn(chat)).x).toBe(-60);
  await chat.page.keyboard.press('0');
  expect(await transformIn(chat)).toEqual({ scale: 1, x: 0, y: 0 });
  await chat.page.keyboard.press('Escape');
  await expect(viewerIn(chat)).toHaveCount(0);
  await expect(imageIn(chat)).toBeFocused();
  // What is typed there is not meant for the page's own shortcuts.
  expect(await chat.page.evaluate(() => (window as unknown as { pressed: string[] }).pressed)).toEqual([]);
});

test('the viewer stays open when its row leaves the view, and closes by its button and beside the picture', async ({
  enter,
  gateway,
  userId,
}) => {
  const alice = userId('alice');
  const chat = await enter({ user: alice, peer: 'bob', locale: 'en' });
  gateway.send(alice, JSON.stringify(picture), { from: 'bob', typeu: 1 });
  await imageIn(chat).dblclick();
  await expect(viewerIn(chat)).toBeVisible();
  await expect(viewerIn(chat)).toHaveCount(1);
  for (let n = 0; n < 60; n++) gateway.send(alice, `line ${n}`, { from: 'bob', typeu: 0 });
  await expect(chat.message('line 59')).toHaveCount(1);
  await expect(chat.list.locator('image-bubble')).toHaveCount(0);
  await expect(viewerIn(chat)).toBeVisible();
  await viewerIn(chat).getByRole('button', { name: 'Close' }).click();
  await expect(viewerIn(chat)).toHaveCount(0);
  // The button that opened it has gone.
  await expect(chat.list).toBeFocused();
  await chat.list.press('Home');
  await chat.list.getByRole('button', { name: 'Open the image robot.svg' }).click();
  await chat.page.mouse.click(20, 400);
  await expect(viewerIn(chat)).toHaveCount(0);
});

test('a swipe up or down closes the viewer; a short one does not, nor does one in a zoomed picture', async ({
  enter,
}) => {
  const chat = await enter({ locale: 'en' }, { viewport: { width: 360, height: 640 } });
  const { mouse } = chat.page;
  const drag = async (by: number) => {
    await mouse.move(180, 320);
    await mouse.down();
    await mouse.move(180, 320 + by / 2);
    await mouse.move(180, 320 + by);
    await mouse.up();
  };
  await chat.say('image');
  await imageIn(chat).click();
  await drag(50);
  expect(await transformIn(chat)).toEqual({ scale: 1, x: 0, y: 0 });
  await mouse.dblclick(180, 320);
  await expect.poll(async () => (await transformIn(chat)).scale).toBe(2.5);
  await drag(150);
  expect((await transformIn(chat)).y).toBeGreaterThan(0);
  await chat.page.keyboard.press('0');
  await drag(-150);
  await expect(viewerIn(chat)).toHaveCount(0);
});

test('H7: an image, a sound and a thumbnail from elsewhere are not asked for, unless the page allows their host', async ({
  emptyPage,
  gateway,
  serverUrl,
  userId,
}) => {
  const alice = userId('alice');
  const asked: string[] = [];
  const chat = await emptyPage({}, (context) =>
    context.route(/elsewhere\.example/, (route) => {
      asked.push(route.request().url());
      return route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' });
    }),
  );
  await chat.page.evaluate(
    ([url, user]) => {
      window.windowPage.open({ 'server-url': url, 'user-id': user, 'peer-id': 'bob', locale: 'en' });
    },
    [serverUrl, alice] as const,
  );
  await expect(chat.light).toHaveAccessibleName('Connected');
  const url = 'https://elsewhere.example/x.svg';
  gateway.send(alice, JSON.stringify({ url, width: 90, height: 90 }), { from: 'bob', typeu: 1 });
  gateway.send(alice, JSON.stringify({ url: '/robot.svg', thumbnail: url }), { from: 'bob', typeu: 1 });
  gateway.send(alice, JSON.stringify({ url }), { from: 'bob', typeu: 2 });
  gateway.send(alice, JSON.stringify({ title: 'Card', image: url }), { from: 'bob', typeu: 21 });
  await expect(chat.list.getByRole('link')).toHaveText([
    'Image on elsewhere.example',
    /^Image on localhost/,
    'Voice message on elsewhere.example',
    'Image on elsewhere.example',
  ]);
  expect(asked).toEqual([]);
  await chat.root.evaluate((root) => root.setAttribute('image-hosts', 'elsewhere.example'));
  await expect(chat.list.locator('image-bubble img')).toHaveCount(3);
  await expect.poll(() => new Set(asked).size).toBe(1);
});

test('a quick reply is sent by a press, and the choice is over', async ({ enter, gateway, userId }) => {
  const alice = userId('alice');
  const chat = await enter({ user: alice, peer: 'bob', locale: 'en' });
  const replies = ['S', { title: 'L', text: 'Large, please' }];
  gateway.send(alice, JSON.stringify({ text: 'Which size?', replies }), { from: 'bob', typeu: 20 });
  await chat.bubbles.getByRole('button', { name: 'L' }).click();
  await expect(chat.statusOf('Large, please')).toHaveAccessibleName('Delivered');
  await expect(chat.bubbles.getByRole('button')).toHaveCount(0);
  await expect(chat.list).toBeFocused();
  const { frame } = await gateway.journal.waitFor({ user: alice, dir: 'in', type: FrameType.data });
  expect(frame).toMatchObject({ typeu: 0, dataContent: 'Large, please', to: 'bob' });
});

test('a long text is folded after 20 lines; unfolded it stays so while it is out of view', async ({
  enter,
  gateway,
  userId,
}) => {
  const alice = userId('alice');
  const chat = await enter({ user: alice, peer: 'bob', locale: 'en' }, { viewport: { width: 360, height: 700 } });
  const lines = (count: number) => Array.from({ length: count }, (_, n) => `line ${n + 1}`).join('\n');
  gateway.send(alice, lines(20), { from: 'bob', typeu: 0 });
  gateway.send(alice, lines(21), { from: 'bob', typeu: 0 });
  const more = chat.list.getByRole('button', { name: 'Show all' });
  await expect(more).toHaveCount(1);
  // 20 lines of 20 px, the padding, and the button.
  const box = () => chat.bubbles.last().boundingBox();
  await expect.poll(async () => (await box())?.height).toBe(20 * 20 + 28 + 32);
  await more.focus();
  await chat.page.keyboard.press('Enter');
  const less = chat.list.getByRole('button', { name: 'Show less' });
  await expect(less).toBeFocused();
  await expect.poll(async () => (await box())?.height).toBe(21 * 20 + 28 + 32);
  for (let n = 0; n < 60; n++) gateway.send(alice, `more ${n}`, { from: 'bob', typeu: 0 });
  await chat.list.press('End');
  await expect(chat.message('more 59')).toBeInViewport();
  await expect(less).toHaveCount(0);
  await chat.list.press('Home');
  await expect(less).toBeVisible();
  await less.click();
  await expect(more).toBeVisible();
});

test('H4: whatever one word has, it takes 20 lines at most', async ({ enter, gateway, userId }) => {
  const alice = userId('alice');
  const chat = await enter({ user: alice, peer: 'bob', locale: 'en' });
  gateway.send(alice, 'w'.repeat(60_000), { from: 'bob', typeu: 0 });
  await expect(chat.list.getByRole('button', { name: 'Show all' })).toBeVisible();
  await expect.poll(async () => (await chat.bubbles.last().boundingBox())?.height).toBe(20 * 20 + 28 + 32);
});

/** So many seconds of silence. */
function silence(seconds: number): Buffer {
  const rate = 8_000;
  const wav = Buffer.alloc(44 + seconds * rate, 0x80);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + seconds * rate, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(seconds * rate, 40);
  return wav;
}

test('a voice message is loaded when it is played, and goes on while its row is out of view', async ({
  enter,
  gateway,
  userId,
}) => {
  const alice = userId('alice');
  let asked = 0;
  const chat = await enter({ user: alice, peer: 'bob', locale: 'en' }, {}, (context) =>
    context.route('**/long.wav', (route) => {
      asked += 1;
      return route.fulfill({ contentType: 'audio/wav', body: silence(600) });
    }),
  );
  gateway.send(alice, JSON.stringify({ url: '/long.wav', seconds: 600 }), { from: 'bob', typeu: 2 });
  const play = chat.list.getByRole('button', { name: 'Play the voice message' });
  const pause = chat.list.getByRole('button', { name: 'Pause' });
  const position = chat.list.getByRole('slider', { name: 'Position' });
  await expect(play).toBeVisible();
  expect(asked).toBe(0);
  await chat.list.getByRole('button', { name: 'Speed 1×' }).click();
  await expect(chat.list.getByRole('button', { name: 'Speed 1.5×' })).toBeVisible();
  await play.click();
  await expect(pause).toBeVisible();
  expect(asked).toBeGreaterThan(0);
  await expect.poll(async () => Number(await position.inputValue())).toBeGreaterThan(0);
  const before = Number(await position.inputValue());
  for (let n = 0; n < 60; n++) gateway.send(alice, `line ${n}`, { from: 'bob', typeu: 0 });
  await chat.list.press('End');
  await expect(chat.message('line 59')).toBeInViewport();
  await expect(chat.list.locator('voice-bubble')).toHaveCount(0);
  await chat.list.press('Home');
  await expect(pause).toBeVisible();
  await expect.poll(async () => Number(await position.inputValue())).toBeGreaterThan(before);
  await pause.click();
  await expect(play).toBeVisible();
});
