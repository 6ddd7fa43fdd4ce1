import type { Page } from '@playwright/test';
import type * as DeviceModule from '../../../src/store/device.js';
import { expect, test } from '../fixtures.js';

/** Opens the archive as a page of the visit does, notes a message, and tells what is there. */
function visit(page: Page, file: string, id: string): Promise<string[]> {
  return page.evaluate(
    async ([path, id]) => {
      const { openDevice }: typeof DeviceModule = await import(path);
      const archive = await openDevice('["wss://im.example.com","","built"]', 'session', {
        read: () => JSON.parse(sessionStorage.getItem('visit') ?? 'null'),
        write: (value) => sessionStorage.setItem('visit', JSON.stringify(value ?? null)),
      }).archive;
      if (!archive) throw new Error('Expected an archive');
      await archive.received({ id, type: 0, content: id, from: 'bob', to: 'me', sentAt: 1, status: 'received' });
      await archive.state();
      const { messages } = await archive.page('bob', 10);
      return messages.map((message) => message.id);
    },
    [file, id] as const,
  );
}

// What ships is minified, and idb in it is trimmed. And here the locks are the browser's own.
test('the build of the archive keeps a visit as long as a tab is in it', async ({ context, page, site }) => {
  test.slow();
  const file = `${site.url}dist/harmonychat.device.js`;
  const address = `${site.url}test/browser/pages/window.html`;

  await page.goto(address);
  expect(await visit(page, file, 'one')).toEqual(['one']);
  await page.reload();
  expect(await visit(page, file, 'two')).toEqual(['one', 'two']);
  const second = await context.newPage();
  await second.goto(address);
  expect(await visit(second, file, 'three')).toEqual(['one', 'two', 'three']);
  await page.close();
  await second.reload();
  expect(await visit(second, file, 'four')).toEqual(['one', 'two', 'three', 'four']);
  await second.close();
  const later = await context.newPage();
  await later.goto(address);
  expect(await visit(later, file, 'new')).toEqual(['new']);
});
