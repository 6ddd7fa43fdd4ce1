import { expect, test } from '../support/chat-test.js';

test('the robot greets, and answers in English', async ({ enter }) => {
  const chat = await enter();
  await expect(chat.bubbles).toHaveText([/^Hi, I am the support robot/]);
  await chat.say('hello');
  await expect(chat.bubbles.last()).toHaveText('Hello! Nice to meet you.');
  await expect(chat.names).toHaveText(['Support', 'Support']);
  await expect(chat.page.locator('html')).toHaveAttribute('lang', 'en');
});

test('the robot greets, and answers in Chinese', async ({ enter }) => {
  const chat = await enter({}, { locale: 'zh-CN' });
  await expect(chat.bubbles).toHaveText([/^你好，我是客服机器人/]);
  await chat.say('帮助');
  await expect(chat.bubbles.last()).toHaveText(/^我听得懂/);
  await expect(chat.statusOf('帮助')).toHaveAccessibleName('已送达');
  await expect(chat.names).toHaveText(['在线客服', '在线客服']);
  await expect(chat.field).toHaveAttribute('placeholder', '请输入聊天内容，按发送键提交');
  await expect(chat.page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});

test('a parameter chooses the language against the browser', async ({ enter }) => {
  const chat = await enter({ locale: 'zh-CN' });
  await expect(chat.bubbles).toHaveText([/^你好，我是客服机器人/]);
  await expect(chat.page.getByRole('heading', { level: 1 })).toHaveText('说到做到的聊天。');
});

test('the page opened twice makes two visitors; a reload keeps the visitor', async ({ enter, gateway }) => {
  const first = await enter();
  const second = await enter();
  const idOf = (chat: typeof first) =>
    chat.root.evaluate((element: HTMLElementTagNameMap['chat-window']) => element.userId);
  const [one, other] = [await idOf(first), await idOf(second)];
  expect(one).not.toBe(other);
  // A visitor's id is a credential: at least 122 random bits, and nowhere to be read.
  expect(one).toMatch(/[0-9a-f-]{36}$/);
  await expect(first.page.getByText(String(one))).toHaveCount(0);
  await first.page.reload();
  await expect.poll(() => gateway.journal.logins(String(one)).length).toBe(2);
});

test('a word beside the chat is sent for the visitor', async ({ enter }) => {
  const chat = await enter();
  await expect(chat.bubbles).toHaveCount(1);
  await chat.page.getByRole('button', { name: 'emoji', exact: true }).click();
  await expect(chat.bubbles).toHaveText([/^Hi/, 'You: emoji', /👩‍👩‍👧‍👦/]);
});
