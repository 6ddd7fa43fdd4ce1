import { describe, expect, test } from 'vitest';
import '../../src/components/composer/composer-tools.js';
import { MessageComposer } from '../../src/components/message-composer.js';
import type { ReceiverRequestEvent, SendRequestEvent } from '../../src/components/request-events.js';
import { strings as zhCN } from '../../src/locales/zh-CN.js';
import { utf8Length } from '../../src/protocol/index.js';
import { change, heard, inside, mount, textOf } from './mount.js';

/** A composer whose requests are collected, and the hands of whoever types in it. */
async function composer(properties: Partial<MessageComposer> = {}) {
  const element = await mount(MessageComposer, properties);
  const field = inside<HTMLTextAreaElement>(element, 'textarea');
  const requests = heard<SendRequestEvent>(element, 'send-request');
  return {
    element,
    field,
    requests,
    texts: () => requests.map(({ text }) => text),
    hint: () => textOf(inside(element, '#hint')),
    async type(text: string) {
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await element.updateComplete;
    },
    /** Returns whether the field goes on with the key: Enter would break the line. */
    async press(init: KeyboardEventInit & { keyCode?: number } = {}) {
      const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...init });
      const { isComposing = false, keyCode = 13 } = init;
      Object.defineProperties(event, { isComposing: { value: isComposing }, keyCode: { value: keyCode } });
      const goesOn = field.dispatchEvent(event);
      await element.updateComplete;
      return goesOn;
    },
    async click() {
      inside(element, 'button').click();
      await element.updateComplete;
    },
  };
}

describe('Enter', () => {
  test('sends what was typed, as it was typed, and empties the field', async () => {
    const { type, press, texts, element, field, requests } = await composer();
    await type('  hello\nworld ');
    expect(await press()).toBe(false);
    expect(texts()).toEqual(['  hello\nworld ']);
    expect([element.value, field.value]).toEqual(['', '']);
    expect(requests[0]?.composed, 'the page hears what came of it, not the question').toBe(false);
  });

  test.each<[string, KeyboardEventInit]>([
    ['Shift', { shiftKey: true }],
    ['Alt', { altKey: true }],
    ['Control', { ctrlKey: true }],
    ['Meta', { metaKey: true }],
  ])('with %s breaks the line, or whatever the browser does', async (_, init) => {
    const { type, press, texts, field } = await composer();
    await type('hello');
    expect(await press(init)).toBe(true);
    expect(texts()).toEqual([]);
    expect(field.value).toBe('hello');
  });

  test('other keys are the field’s own', async () => {
    const { type, press, texts } = await composer();
    await type('hello');
    for (const key of ['a', 'Tab', 'Escape', 'ArrowUp']) expect(await press({ key }), key).toBe(true);
    expect(texts()).toEqual([]);
  });
});

describe('the Enter that ends the composition of an input method does not send', () => {
  test.each<[string, KeyboardEventInit & { keyCode?: number }]>([
    ['it says so', { isComposing: true }],
    ['Safari, after compositionend', { keyCode: 229 }],
  ])('%s', async (_, init) => {
    const { type, press, texts } = await composer();
    await type('nihao');
    expect(await press(init)).toBe(true);
    expect(texts()).toEqual([]);
    await press();
    expect(texts()).toEqual(['nihao']);
  });

  test('it does not say so, but a composition has begun', async () => {
    const { type, press, texts, field } = await composer();
    field.dispatchEvent(new CompositionEvent('compositionstart'));
    await type('nihao');
    expect(await press()).toBe(true);
    expect(texts()).toEqual([]);
    field.dispatchEvent(new CompositionEvent('compositionend'));
    await type('你好');
    await press();
    expect(texts()).toEqual(['你好']);
  });
});

describe('nothing is sent', () => {
  test.each(['', ' ', ' \n\t\u3000'])(
    'without a text (%j), and the composer says why until one types',
    async (text) => {
      const { type, press, click, texts, hint } = await composer({ strings: zhCN });
      await type(text);
      expect(hint()).toBe('');
      await press();
      expect(hint()).toBe(zhCN.nothingTyped);
      await type('x');
      expect(hint()).toBe('');
      await type(text);
      await click();
      expect(hint()).toBe(zhCN.nothingTyped);
      expect(texts()).toEqual([]);
    },
  );

  test('F12: over the limit, which counts bytes: the text stays, and the excess is told', async () => {
    const { type, press, texts, hint, field } = await composer({ bytesOf: utf8Length, limit: 1_000 });
    await type('好'.repeat(266));
    expect(hint()).toBe('');
    await type('好'.repeat(267));
    expect(hint()).toBe('199 bytes left');
    expect(field.getAttribute('aria-invalid')).toBeNull();
    await type('好'.repeat(1_000));
    expect(hint()).toBe('Too long by 2,000 bytes, please shorten it.');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await press();
    expect(texts()).toEqual([]);
    expect(field.value).toHaveLength(1_000);
    await type(`${'好'.repeat(333)}a`);
    expect(hint()).toBe('0 bytes left');
    await press();
    expect(texts()).toHaveLength(1);
  });

  test('while it is readonly: the text can be read and stays', async () => {
    const { type, press, click, texts, element, field } = await composer();
    await type('draft');
    await change(element, { readonly: true });
    expect(await press()).toBe(false);
    await click();
    inside(element, 'form').dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
    expect(texts()).toEqual([]);
    expect(field.readOnly).toBe(true);
    expect(field.value).toBe('draft');
    expect(inside<HTMLButtonElement>(element, 'button').disabled).toBe(true);
    await change(element, { readonly: false });
    await press();
    expect(texts()).toEqual(['draft']);
  });

  test('when the owner does not take it: the text stays, and so does what the owner told', async () => {
    const { type, press, texts, element, field, hint } = await composer();
    const refuse = (event: Event) => {
      event.preventDefault();
      element.tell('Not to them!');
    };
    element.addEventListener('send-request', refuse);
    await type('hello');
    await press();
    expect([element.value, field.value, hint()]).toEqual(['hello', 'hello', 'Not to them!']);

    element.removeEventListener('send-request', refuse);
    await press();
    expect(texts()).toEqual(['hello', 'hello']);
    expect([field.value, hint()], 'what was told holds no more').toEqual(['', '']);
  });
});

test('the button sends too', async () => {
  const { type, click, texts, field } = await composer();
  await type('hello');
  await click();
  expect(texts()).toEqual(['hello']);
  expect(field.value).toBe('');
});

test('the owner may set the text, but not into a composition', async () => {
  const { element, field, type } = await composer({ value: 'draft' });
  expect(field.value).toBe('draft');
  await type('draft, longer');
  await change(element, { value: '' });
  expect(field.value).toBe('');

  field.dispatchEvent(new CompositionEvent('compositionstart'));
  await type('ni');
  await change(element, { value: '' });
  expect(field.value).toBe('ni');
  await type('你');
  field.dispatchEvent(new CompositionEvent('compositionend'));
  await change(element, { limit: 500 });
  expect([element.value, field.value]).toEqual(['你', '你']);
});

describe('the field for the receiver', () => {
  test('is there only where it is asked for', async () => {
    const { element } = await composer();
    expect(element.shadowRoot?.querySelector('input')).toBeNull();
    await change(element, { askReceiver: true, receiver: 'bob', strings: zhCN });
    const input = inside<HTMLInputElement>(element, 'input');
    expect([input.value, input.placeholder]).toEqual(['bob', '对方ID']);
  });

  test('asks for whom was named, without blanks', async () => {
    const { element } = await composer({ askReceiver: true });
    const requests = heard<ReceiverRequestEvent>(element, 'receiver-request');
    const input = inside<HTMLInputElement>(element, 'input');
    input.value = ' bob ';
    input.dispatchEvent(new Event('change'));
    expect(requests.map(({ peerId, composed }) => [peerId, composed])).toEqual([['bob', false]]);
  });
});

test('names for screen readers are in the language given', async () => {
  const { element, field } = await composer({ askReceiver: true, strings: zhCN });
  expect(field.getAttribute('aria-label')).toBe(zhCN.composerLabel);
  expect(field.placeholder).toBe('请输入聊天内容，按发送键提交');
  expect(inside(element, 'input').getAttribute('aria-label')).toBe(zhCN.receiver);
  expect(textOf(inside(element, 'button'))).toBe('提交');
  expect(field.getAttribute('aria-describedby')).toBe(inside(element, '#hint').id);
});
