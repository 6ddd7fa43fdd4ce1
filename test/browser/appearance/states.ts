import type { ChatWindow, Message } from '../../../src/index.js';
import type { Gateway } from '../../gateway/gateway.js';
import type { ChatPage } from '../support/chat-page.js';
import { expect } from '../support/chat-test.js';

/** What a state needs to come about. */
export interface Scene {
  readonly chat: ChatPage;
  readonly gateway: Gateway;
  readonly serverUrl: string;
  readonly user: string;
}

type Bring = (scene: Scene) => Promise<unknown>;

const received = (content: string, more: Partial<Message> = {}): Partial<Message> => ({ content, ...more });
const own = (content: string, more: Partial<Message> = {}): Partial<Message> => ({
  ...{ content, from: 'me', to: 'bob', status: 'delivered' },
  ...more,
});
const rich = (type: number, content: unknown) => received(JSON.stringify(content), { type });

/** A window that shows these messages, a day before noon on, a minute apart. */
function store(messages: readonly Partial<Message>[], attributes: Readonly<Record<string, string>> = {}): Bring {
  return async ({ chat }) => {
    await chat.page.evaluate(
      ([all, more]) => {
        const { message, open, storeOf } = window.windowPage;
        const noon = new Date().setHours(0, 0, 0, 0) - 43_200_000;
        const list = all.map((change, n) => message(1, { id: `m${n}`, sentAt: noon + n * 60_000, ...change }));
        open({ 'user-id': 'me', 'peer-id': 'bob', 'peer-name': 'Anna', ...more }, { store: storeOf(...list) });
      },
      [messages, attributes] as const,
    );
    await expect(chat.root.locator('message-list, [part=empty]').first()).toBeVisible();
  };
}

const talk = [
  received('Hello! How can I help you? 你好！有什么可以帮您？ مرحبا، كيف يمكنني مساعدتك؟'),
  own('Do you deliver to Hangzhou?'),
  received('Yes, within three days: https://example.com/delivery/hangzhou?utm=a-rather-long-address-that-has-to-wrap'),
  own('👍'),
  received('notice of the shop', { type: 90 }),
  received('averylongwordwithoutanyspacesinitthatcannotbebrokenanywherebutmustnotleavethebubble'.repeat(2)),
  own('ok'),
];

/** The same, when the file has come that draws links and emoji. */
function richStore(...args: Parameters<typeof store>): Bring {
  return async (scene) => {
    await store(...args)(scene);
    await expect(scene.chat.root.locator('rich-text').first()).toBeVisible();
  };
}

/** A window that is connected. */
function connected(then: Bring, attributes: Readonly<Record<string, string>> = {}): Bring {
  return async (scene) => {
    const { chat, serverUrl, user } = scene;
    await chat.page.evaluate((all) => void window.windowPage.open(all), {
      ...{ 'user-id': user, 'server-url': serverUrl, 'peer-id': 'bob', 'peer-name': 'Anna', heartbeat: '3' },
      ...attributes,
    });
    await expect(chat.light).toHaveAccessibleName(/^(Connected|已连接|متصل)$/);
    await then(scene);
  };
}

/** A conversation in which something was said. */
function talking(then: Bring): Bring {
  return connected(async (scene) => {
    scene.gateway.send(scene.user, 'Good morning!', { from: 'bob', typeu: 0 });
    await expect(scene.chat.message('Good morning!')).toBeVisible();
    await then(scene);
  });
}

async function openMenu(scene: Scene): Promise<void> {
  await scene.chat.toolsCame();
  await scene.chat.list.focus();
  await scene.chat.page.keyboard.press('ArrowUp');
  await scene.chat.page.keyboard.press('Enter');
  await expect(scene.chat.root.getByRole('menu')).toBeVisible();
}

/** Every state that a chat can be seen in, and how it comes there. */
export const states: Readonly<Record<string, Bring>> = {
  empty: store([]),
  'a conversation': richStore(talk),
  'every delivery status': store([
    ...(['queued', 'sending', 'unconfirmed', 'sent', 'delivered', 'failed'] as const).map((status) =>
      own(status, { status }),
    ),
    own('A longer message that was not delivered, and goes over more than one line of its bubble', {
      status: 'failed',
    }),
  ]),
  notes: async (scene) => {
    await store([received('one'), own('two')])(scene);
    await scene.chat.root.evaluate((root: ChatWindow) => {
      const all = root.conversation?.store;
      all?.note('older', Date.now(), 0);
      for (const note of ['gap', 'filling', 'notKept', 'transport', 'olderFailed']) all?.note(note, Date.now());
    });
    await expect(scene.chat.root.locator('system-bubble')).toHaveCount(6);
  },
  'pictures, voice and files': async (scene) => {
    await store([
      rich(1, { url: '/robot.svg', width: 320, height: 240 }),
      own('/robot.svg', { type: 1 }),
      rich(2, { url: '/hello.wav', seconds: 3 }),
      rich(5, {
        url: '/price-list.csv',
        name: 'a rather long name of a file that has to be cut somewhere.csv',
        bytes: 12_345,
      }),
      rich(1, { url: 'https://elsewhere.example/picture-with-a-long-address.png' }),
    ])(scene);
    await expect(scene.chat.root.locator('image-bubble img').first()).toBeVisible();
  },
  'questions and cards': async (scene) => {
    await store([
      rich(21, {
        ...{
          title: 'White teapot',
          text: '600 ml, made by hand',
          image: { url: '/robot.svg', width: 320, height: 180 },
        },
        buttons: [{ title: 'I want this one' }, { title: 'The whole price list', url: 'https://example.com/prices' }],
      }),
      received('42', { type: 77 }),
      rich(20, {
        text: 'Which size?',
        replies: ['S', 'M', 'A size that is not in the list, since mine is special', 'XL'],
      }),
    ])(scene);
    await expect(scene.chat.root.locator('quick-replies button')).toHaveCount(4);
  },
  'a long text, folded': async (scene) => {
    await store([received('a line that was said\n'.repeat(60))])(scene);
    await expect(scene.chat.root.locator('[part~=more]')).toBeVisible();
  },
  'emoji, and names that turn around': richStore(
    [own('😀🎉'), received('👩‍👩‍👧‍👦'), received('שלום \u202eabc'), own('مرحبا بالعالم')],
    {
      'peer-name': 'Anna \u202eevil',
      heading: 'A heading that is far too long for the bar in which it stands, and is cut',
    },
  ),
  'new messages below': async (scene) => {
    await store(Array.from({ length: 40 }, (_, n) => received(`number ${n}`)))(scene);
    await scene.chat.toolsCame();
    await scene.chat.page.evaluate(() => window.windowPage.painted());
    await scene.chat.list.evaluate((list) => {
      list.scrollTop -= 300;
    });
    await expect(scene.chat.root.locator('[part~=jump]').or(scene.chat.root.locator('list-tools'))).not.toHaveCount(0);
    await scene.chat.page.evaluate(() => window.windowPage.painted());
    await scene.chat.root.evaluate((root: ChatWindow) => {
      const { message } = window.windowPage;
      for (const n of [1, 2, 3])
        root.conversation?.store.append(message(1, { id: `new${n}`, content: `new ${n}`, sentAt: Date.now() }));
    });
    await expect(scene.chat.root.locator('[part~=jump]')).toBeVisible();
  },
  'the line above what is new': async (scene) => {
    await store([received('seen'), received('new'), received('new, too')])(scene);
    await scene.chat.toolsCame();
    await scene.chat.root.evaluate((root: ChatWindow) => {
      if (root.conversation) root.conversation.newFrom = 'm1';
      root.requestUpdate();
    });
    await expect(scene.chat.root.locator('new-line')).toBeVisible();
  },
  'the menu of a message': async (scene) => {
    await store([received('one'), own('two', { status: 'failed' })])(scene);
    await openMenu(scene);
  },
  'a question before something is deleted': async (scene) => {
    await store([received('one'), received('two')])(scene);
    await openMenu(scene);
    await scene.chat.page.keyboard.press('End');
    await scene.chat.page.keyboard.press('Enter');
    await expect(scene.chat.root.locator('message-menu p')).toBeVisible();
  },
  'nothing typed': async (scene) => {
    await richStore(talk)(scene);
    await scene.chat.root.locator('textarea').press('Enter');
    await expect(scene.chat.hint).not.toBeEmpty();
  },
  'a long draft': async (scene) => {
    await richStore(talk)(scene);
    await scene.chat.root.locator('textarea').fill('a draft of many lines\n'.repeat(9));
  },
  'far too long': connected(async ({ chat }) => {
    await chat.root.locator('textarea').fill('a'.repeat(70_000));
    await expect(chat.hint).not.toBeEmpty();
  }),
  'a chat that cannot start': async ({ chat }) => {
    await chat.page.evaluate(() => void window.windowPage.open({ 'user-id': 'me', 'server-url': 'not an address' }));
    await expect(chat.problem).toBeVisible();
  },
  'the receiver is not chosen': connected(async () => {}, { 'peer-id': '', 'show-user-id': '' }),
  'somebody else wrote': connected(
    async ({ chat, gateway, user }) => {
      gateway.send(user, 'hello', { from: 'bob', typeu: 0 });
      await expect(chat.message('hello')).toBeVisible();
      gateway.send(user, 'hello from somebody else', { from: 'carol', typeu: 0 });
      await expect(chat.root.locator('[part~=heard]')).toBeVisible();
    },
    { 'peer-id': '' },
  ),
  'signed in elsewhere': talking(async ({ chat, gateway, user }) => {
    gateway.faults.kick(user, 1);
    await expect(chat.panel).toContainText(/.{20}/);
  }),
  'removed by an administrator': talking(async ({ chat, gateway, user }) => {
    gateway.faults.kick(user, 2, 'You were asked twice to be polite. This is the end of this conversation.');
    await expect(chat.panel).toContainText('polite');
  }),
  disconnected: talking(async ({ chat }) => {
    await chat.root.evaluate((root: ChatWindow) => root.disconnect());
    await expect(chat.strip).toBeVisible();
  }),
  'in trouble': talking(async ({ chat, gateway, user }) => {
    gateway.faults.refuse(user);
    gateway.faults.cut(user);
    await expect(chat.strip).toBeVisible();
    await chat.say('typed meanwhile');
  }),
};
