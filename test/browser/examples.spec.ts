import { copyFile } from 'node:fs/promises';
import { expect, test } from './fixtures.js';
import { ChatPage } from './support/chat-page.js';

const PLAIN = 'dist/plain.html';

// The files for pages without a bundler lie in `dist/`, and so does what uses them.
test.beforeAll(({ site }) => copyFile('docs/examples/plain.html', `${site.folder}/${PLAIN}`));

for (const [name, path] of [
  ['a plain page', PLAIN],
  ...['React', 'Vue', 'Svelte', 'Angular'].map((each) => [each, `docs/examples/${each.toLowerCase()}.html`] as const),
] as const) {
  test(`${name}: attributes, properties and events are bound, and the chat works`, async ({ page, site }) => {
    await page.goto(`${site.url}${path}?user=example-${name.replaceAll(' ', '-')}`);
    const chat = new ChatPage(page);
    await expect(chat.light).toHaveAccessibleName('Connected');
    // An object, as a property.
    await expect(chat.field).toHaveAttribute('placeholder', 'Ask us anything');
    await chat.say('help');
    await expect(chat.statusOf('help').first()).toHaveAccessibleName('Delivered');
    // What the robot answers, heard as an event.
    await expect(chat.bubbles.last()).toHaveText(/^I understand: hello/);
    await expect(page.locator('output')).toHaveText(/^I understand: hello/);
    await expect(chat.root.getByRole('heading', { name: 'Support' })).toBeVisible();
    await page.getByRole('button', { name: 'Rename' }).click();
    await expect(chat.root.getByRole('heading', { name: 'Sales' })).toBeVisible();
  });
}
