import { writeFile } from 'node:fs/promises';
import { AppPage, expect, holdSplash, SPLASHES, test } from './app-test.js';

const policy = [
  ...["default-src 'none'", "script-src 'self'", "connect-src 'self' ws:", "img-src 'self'"],
  ...["require-trusted-types-for 'script'", 'trusted-types lit-html'],
].join('; ');

const pageOf = (serverUrl: string, scripts: readonly string[]) => `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${policy}" />
<link rel="icon" href="/logo.svg" />
${scripts.map((name) => `<script type="module" src="./harmonychat.${name}.js"></script>`).join('\n')}
<chat-app server-url="${serverUrl}" peer-id="support" app-name="Shop" consent="required" logo="/logo.svg"></chat-app>
</html>`;

test('the app for pages without a bundler: one file more, and one Lit, under a strict policy', async ({
  page,
  site,
  serverUrl,
  userId,
}) => {
  test.slow();
  await writeFile(`${site.folder}/dist/app.html`, pageOf(serverUrl, ['app']));
  await writeFile(`${site.folder}/dist/both.html`, pageOf(serverUrl, ['bundle', 'app']));
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url().replace(/.*\//, '')));
  await page.addInitScript(() => {
    Object.assign(window, { violations: [] });
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      (window as unknown as { violations: string[] }).violations.push(`${violatedDirective} ${blockedURI}`),
    );
  });

  await page.addInitScript(holdSplash, SPLASHES);
  const app = new AppPage(page);
  await page.goto(`${site.url}dist/app.html`);
  await expect(app.splash).toContainText('Shop');
  await app.splashEnds();
  await app.button('同意').click();
  await expect(app.heading).toHaveText('登录 Shop');
  await app.logIn(userId('ann'), 'abc');
  await app.chat.say('帮助');
  await expect(app.chat.statusOf('帮助').first()).toHaveAccessibleName('已送达');
  await app.chat.say('kick');
  await app.button('退出').click();
  await expect(app.heading).toHaveText('您已退出聊天');
  expect(loaded.filter((name) => name === 'harmonychat.bundle.js')).toHaveLength(1);
  expect(loaded).toContain('harmonychat.app-zh-CN.js');

  // Where the page has the bundle already, it stays the only one.
  loaded.length = 0;
  await page.goto(`${site.url}dist/both.html`);
  await expect(app.splash).toContainText('Shop');
  await app.splashEnds();
  await expect(app.heading).toHaveText('登录 Shop');
  expect(loaded.filter((name) => name.startsWith('harmonychat.bundle.js'))).toHaveLength(1);
  expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
});
