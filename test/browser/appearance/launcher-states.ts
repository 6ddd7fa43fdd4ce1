import type { ChatLauncher } from '../../../src/index.js';
import { expect } from '../support/chat-test.js';
import type { Scene } from './states.js';

/** What a launcher needs to come into a state, and which of its parts are to be seen then. */
interface LauncherState {
  readonly bring: (scene: Scene) => Promise<unknown>;
  readonly parts: readonly string[];
}

const launcher = ({ chat }: Scene) => chat.page.locator('chat-launcher');

/** Puts a launcher onto the page. */
async function put(scene: Scene, attributes: Readonly<Record<string, string>> = {}): Promise<void> {
  const all = {
    ...{ 'server-url': scene.serverUrl, 'user-id': scene.user, 'peer-id': 'bob', 'peer-name': 'Anna' },
    ...attributes,
  };
  await scene.chat.page.evaluate((given) => {
    const element = document.createElement('chat-launcher');
    for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
    document.body.append(element);
  }, all);
}

async function opened(scene: Scene, attributes?: Readonly<Record<string, string>>): Promise<void> {
  await put(scene, attributes);
  await launcher(scene).locator('.button').click();
  await expect(scene.chat.light).toHaveAccessibleName(/^(Connected|已连接|متصل)$/);
}

/** Every state that a launcher can be seen in, and how it comes there. */
export const launcherStates: Readonly<Record<string, LauncherState>> = {
  'a button': { bring: put, parts: ['.button'] },
  'unread messages, and the last of them': {
    bring: async (scene) => {
      await opened(scene);
      await launcher(scene).evaluate((element: ChatLauncher) => element.close());
      const text = 'Good morning! Your parcel has left the house, and is on its way to Hangzhou. '.repeat(4);
      for (const content of ['Hello?', text]) scene.gateway.send(scene.user, content, { from: 'bob', typeu: 0 });
      await expect(launcher(scene).locator('.badge')).toHaveText('2');
    },
    parts: ['.button', '.preview', '.badge'],
  },
  'an open panel': {
    bring: async (scene) => {
      await opened(scene);
      scene.gateway.send(scene.user, 'Good morning! 早上好！ صباح الخير!', { from: 'bob', typeu: 0 });
      await scene.chat.say('Do you deliver to Hangzhou?');
      await expect(scene.chat.statusOf('Hangzhou')).toHaveAccessibleName(/^(Delivered|已送达)$/);
    },
    parts: ['.panel'],
  },
  'what is asked before a chat': {
    bring: async (scene) => {
      await put(scene, {
        consent: 'required',
        heading: 'A heading that is far too long for the bar in which it stands',
      });
      await launcher(scene).locator('.button').click();
      await expect(launcher(scene).locator('.consent')).toBeVisible();
    },
    parts: ['.panel'],
  },
  'a chat that did not load': {
    bring: async (scene) => {
      await scene.chat.page.route('**/panel*.js', (route) => route.abort());
      await put(scene);
      await launcher(scene).locator('.button').click();
      await expect(launcher(scene).locator('.button')).toHaveAccessibleName(/retry/);
    },
    parts: ['.button'],
  },
};

/** Waits until it is drawn as told, by attributes. */
export async function wearLauncher(scene: Scene, look: Readonly<Record<string, string>>): Promise<void> {
  await launcher(scene).evaluate(async (element, change) => {
    for (const [name, value] of Object.entries(change)) element.setAttribute(name, value);
    for (let frame = 0; frame < 3; frame++) await window.windowPage.painted();
  }, look);
  const { page, root } = scene.chat;
  if (look['locale'] && (await root.count()) > 0)
    await expect(root.locator('.window')).toHaveAttribute('lang', look['locale']);
  await page.evaluate(() => window.windowPage.painted());
}
