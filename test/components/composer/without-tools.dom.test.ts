import { expect, test, vi } from 'vitest';
import { MessageComposer } from '../../../src/components/message-composer.js';
import type { SendRequestEvent } from '../../../src/components/request-events.js';
import { change, heard, inside, mount, textOf } from '../mount.js';

// As if it never came.
vi.mock('../../../src/components/composer/composer-tools.js', () => ({}));

test('without what comes on demand one types and sends, and is told that a text is too long', async () => {
  const composer = await mount(MessageComposer, { limit: 5 });
  const requests = heard<SendRequestEvent>(composer, 'send-request');
  const [form, hint] = [inside(composer, 'form'), inside(composer, '#hint')];
  const submit = () => form.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
  await change(composer, { value: 'too long' });
  submit();
  expect(textOf(hint)).toBe('The message is too long.');
  await change(composer, { value: 'short' });
  expect(textOf(hint)).toBe('');
  submit();
  await change(composer, { value: '' });
  submit();
  await composer.updateComplete;
  expect(textOf(hint)).toBe('Type something first.');
  expect(requests.map(({ text }) => text)).toEqual(['short']);
});
