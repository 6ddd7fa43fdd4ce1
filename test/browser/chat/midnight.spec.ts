import { expect, test } from '../support/chat-test.js';

for (const [locale, today, yesterday] of [
  ['zh-CN', '晚上23:58', '昨天 晚上23:58'],
  ['en', '11:58 PM', 'Yesterday 11:58 PM'],
] as const) {
  test(`when the day changes, so do the times that are shown (${locale})`, async ({ emptyPage }) => {
    const chat = await emptyPage({ timezoneId: 'Europe/Berlin' }, (context) =>
      // The evening before the clocks change.
      context.clock.install({ time: '2026-10-24T21:58:00Z' }),
    );
    await chat.page.evaluate((locale) => {
      const { message, open, storeOf } = window.windowPage;
      const store = storeOf(message(1, { sentAt: Date.now() }));
      open({ 'user-id': 'me', 'peer-id': 'bob', locale }, { store });
    }, locale);
    await expect(chat.times).toHaveText(today);
    await chat.toolsCame();
    await chat.page.clock.runFor(180_000);
    await expect(chat.times).toHaveText(yesterday);
    await chat.page.clock.runFor(25 * 3_600_000);
    await expect(chat.times).toHaveText(locale === 'en' ? /^Saturday/ : '前天 晚上23:58');
  });
}
