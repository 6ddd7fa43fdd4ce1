import { html } from 'lit';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../src/client/message.js';
import { messageTypes } from '../../src/components/bubbles/message-types.js';
// The elements of other types come on demand, and are there at once when they were before.
import { richTypes } from '../../src/components/bubbles/text-bubble.js';
import { type BubbleContext, MessageBubble } from '../../src/components/message-bubble.js';
import type { MessageRequestEvent } from '../../src/components/request-events.js';
import { en } from '../../src/locales/en.js';
import { formatTime } from '../../src/locales/time.js';
import { strings as zhCN } from '../../src/locales/zh-CN.js';
import { MONDAY, messageOf } from '../store/messages.js';
import { change, heard, inside, mount, textOf } from './mount.js';

const context: BubbleContext = {
  ...{ strings: en, types: messageTypes, peerName: '', peerAvatar: '' },
  ...{ imageHosts: '', send: () => {} },
};

beforeAll(async () => {
  await richTypes.load();
});

function bubble(fields: Partial<Message> = {}, shared: Partial<BubbleContext> = {}, previous?: Message) {
  return mount(MessageBubble, { message: messageOf('m', fields), context: { ...context, ...shared }, previous });
}

const find = (element: MessageBubble, selector: string) => element.shadowRoot?.querySelector(selector);
const contentOf = (element: MessageBubble) => textOf(inside(element, 'text-bubble'));
const own = { from: 'alice', to: 'bob' };

describe('the time line', () => {
  test('stands above the first message, in the reader’s language', async () => {
    const element = await bubble({ sentAt: MONDAY }, { strings: zhCN });
    const time = inside<HTMLTimeElement>(element, 'time');
    expect(textOf(time)).toBe(formatTime(MONDAY, { now: Date.now(), locale: 'zh-CN', style: zhCN.times }));
    expect(time.getAttribute('datetime')).toBe('2026-01-05T09:30:00.000Z');
  });

  test.each([
    [0, false],
    [120_000, false],
    [120_001, true],
  ])('%i ms after the message before: %s', async (ms, expected) => {
    const previous = messageOf('before', { sentAt: MONDAY });
    const element = await bubble({ sentAt: MONDAY + ms }, {}, previous);
    expect(find(element, 'time') !== null).toBe(expected);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 9e15, -9e15])('a time of %d breaks nothing', async (sentAt) => {
    const element = await bubble({ sentAt });
    expect(textOf(inside(element, 'time'))).toBe('');
    expect(contentOf(element)).toBe('text of m');
  });
});

describe('a message of the peer', () => {
  test('has the user id above it, and a letter of it for a picture', async () => {
    const element = await bubble({ from: 'bob' });
    expect(textOf(inside(element, '[part=name]'))).toBe('UID: bob');
    expect(textOf(inside(element, '[part=avatar]'))).toBe('B');
    expect(contentOf(element)).toBe('text of m');
    expect(find(element, '[part=status]')).toBeNull();
  });

  test('has the peer’s name and picture where they are known', async () => {
    const element = await bubble({}, { peerName: '鲍勃', peerAvatar: 'https://example.com/bob.png' });
    expect(textOf(inside(element, '[part=name]'))).toBe('鲍勃');
    const picture = inside<HTMLImageElement>(element, 'img');
    expect([picture.getAttribute('src'), picture.alt]).toEqual(['https://example.com/bob.png', '']);
    expect(picture.getAttribute('referrerpolicy')).toBe('no-referrer');
  });

  test.each([
    ['鲍勃', '鲍'],
    ['👩 family', '👩'],
    ['<b>', '<'],
    ['éa', 'É'],
    ['UID: ', ''],
  ])('has the first letter of the name: %s', async (peerName, letter) => {
    expect(textOf(inside(await bubble({}, { peerName }), '[part=avatar]'))).toBe(letter);
  });
});

describe('an own message', () => {
  test.each([
    ['queued', en.status.queued],
    ['sending', en.status.sending],
    ['sent', en.status.sent],
    ['delivered', en.status.delivered],
    ['failed', en.status.failed],
  ] as const)('says that it is %s', async (status, label) => {
    const element = await bubble({ ...own, status });
    const mark = inside(element, '[part=status]');
    expect([mark.getAttribute('role'), mark.getAttribute('aria-label'), mark.title]).toEqual(['img', label, label]);
    expect(mark.classList.contains(status)).toBe(true);
    expect(contentOf(element)).toBe('text of m');
    expect(find(element, '[part=name]')).toBeNull();
    expect(textOf(inside(element, '.visually-hidden'))).toBe('You:');
    expect(find(element, '.failure') !== null).toBe(status === 'failed');
  });

  test('that failed says so, and asks to be sent again or removed', async () => {
    const element = await bubble({ ...own, id: 'm 1', status: 'failed' }, { strings: zhCN });
    expect(textOf(inside(element, '.failure'))).toContain('本条消息没成功送达！');
    const requests = heard<MessageRequestEvent>(element, 'message-request');
    for (const button of element.shadowRoot?.querySelectorAll<HTMLElement>('.failure button') ?? []) button.click();
    expect(requests.map(({ action, id, composed }) => [action, id, composed])).toEqual([
      ['retry', 'm 1', false],
      ['remove', 'm 1', false],
    ]);
  });

  test('drawn by the element of one that failed has nothing of it', async () => {
    const element = await bubble({ ...own, status: 'failed' });
    await change(element, { message: messageOf('n', { ...own, status: 'delivered' }) });
    expect(find(element, '.failure')).toBeNull();
    expect(inside(element, '[part=status]').className).toBe('status delivered');
  });
});

describe('a line in the middle', () => {
  test('of the client itself names nobody', async () => {
    const element = await bubble({ status: 'note', type: 90, from: '', content: 'transport' }, { peerName: 'Bob' });
    const line = inside(element, 'system-bubble');
    expect(textOf(line)).toBe(en.notes['transport']);
    expect(line.hasAttribute('foreign')).toBe(false);
  });

  test('H9: of the peer names them, though it reads like one of the client’s', async () => {
    const element = await bubble({ type: 90, content: 'transport' });
    const line = inside(element, 'system-bubble');
    expect(textOf(line)).toBe('Notice from UID: bobtransport');
    expect(line.hasAttribute('foreign')).toBe(true);
  });

  test('that one sent oneself is not the peer’s', async () => {
    const element = await bubble({ ...own, type: 90, status: 'delivered' }, { peerName: 'Bob' });
    expect(textOf(inside(element, 'system-bubble'))).toBe('Notice from Youtext of m');
  });
});

describe('the registry of message types', () => {
  const shout = (message: Message) => html`<b id="own">${message.content.toUpperCase()}</b>`;

  test.each([-1, 0])('type %i is text', async (type) => {
    expect(contentOf(await bubble({ type }))).toBe('text of m');
  });

  test.each([1, 2, 5, 20, 21, 77, -2])(
    'type %i, which is none or not what it should be, is readable all the same',
    async (type) => {
      const element = await bubble({ type }, { strings: zhCN });
      expect(textOf(inside(inside(element, 'text-bubble'), 'unknown-bubble'))).toBe(
        `${zhCN.unknownType(type)}\ntext of m`,
      );
    },
  );

  test('a renderer of the page shows its type, in both directions, with the strings', async () => {
    const types = new Map([[7, (message: Message, { you }: typeof en) => html`<i>${you} ${message.content}</i>`]]);
    expect(textOf(inside(await bubble({ type: 7 }, { types }), '[part=bubble] i'))).toBe('You text of m');
    expect(textOf(inside(await bubble({ type: 7, ...own, status: 'sent' }, { types }), 'i'))).toBe('You text of m');
  });

  test('a renderer of the page wins over the built-in one; the others stay', async () => {
    const types = new Map([[0, shout]]);
    const element = await bubble({ type: 0 }, { types });
    expect(textOf(inside(element, '#own'))).toBe('TEXT OF M');
    expect(find(element, 'text-bubble')).toBeNull();
    expect(contentOf(await bubble({ type: -1 }, { types }))).toBe('text of m');
  });
});

test('nothing without a message', async () => {
  expect((await mount(MessageBubble, { context })).shadowRoot?.childElementCount).toBe(0);
});

describe('what may be done about it', () => {
  const ask = async (fields: Partial<Message>, name: RegExp) => {
    const element = await bubble({ ...own, ...fields });
    const asked = heard<MessageRequestEvent>(element, 'message-request');
    const buttons = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
    buttons
      .find((button) => name.test(button.textContent || button.ariaLabel || button.getAttribute('aria-label') || ''))
      ?.click();
    return [buttons.length, ...asked.map(({ action, id }) => `${action} ${id}`)];
  };

  test('a message that waits can be taken back', async () => {
    expect(await ask({ status: 'queued' }, /Take back/)).toEqual([1, 'cancel m']);
    const element = await bubble({ ...own, status: 'queued' }, { strings: zhCN });
    expect(inside(element, '[part=cancel]').getAttribute('aria-label')).toBe('撤回');
  });

  test('one that nobody confirms says so, is no failure, and can be given up', async () => {
    expect(await ask({ status: 'unconfirmed' }, /Stop trying/)).toEqual([1, 'cancel m']);
    const element = await bubble({ ...own, status: 'unconfirmed' });
    expect(textOf(inside(element, '[part=failure]'))).toMatch(
      /^Not received yet\. It is kept and will be sent again\./,
    );
    expect(inside(element, '[part=status]').getAttribute('aria-label')).toBe('Not received yet');
  });

  test.each(['sending', 'sent', 'delivered'] as const)('one that is %s offers nothing', async (status) => {
    expect(await ask({ status }, /./)).toEqual([0]);
  });

  test('a row for missing messages can be asked to load them; no text of a peer can look like it', async () => {
    const gap = { type: 90, status: 'note', content: 'gap', from: '', to: '' } as const;
    expect(await ask(gap, /Retry/)).toEqual([1, 'fill m']);
    expect(await ask({ ...gap, content: 'filling' }, /./)).toEqual([0]);
    expect(await ask({ ...gap, status: 'received', from: 'bob' }, /./)).toEqual([0]);
    expect(await ask({ ...gap, content: 'olderFailed' }, /^Retry$/)).toEqual([1, 'fill m']);
    expect(await ask({ ...gap, content: 'older' }, /./)).toEqual([0]);
    expect(await ask({ ...gap, content: 'olderFailed', status: 'received', from: 'bob' }, /./)).toEqual([0]);
  });
});
