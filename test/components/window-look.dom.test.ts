import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { ConfigurationError } from '../../src/client/errors.js';
import { looks } from '../../src/components/window-look.js';
import { ChatErrorEvent, ChatWindow } from '../../src/index.js';
import { notHere } from '../support/not-here.js';
import { change, heard, mount } from './mount.js';

beforeAll(() => looks.load());

/** What the style sheets of a window say of a property in the light theme, the last one that does. */
function light(window: ChatWindow, name: string): string | undefined {
  const rules = [...(window.shadowRoot?.adoptedStyleSheets ?? [])].flatMap((sheet) => [...sheet.cssRules]);
  const found = rules.map(
    ({ cssText }) => new RegExp(`^:host\\(\\[theme\\]\\).*?--_${name}: ?(.+?);`, 's').exec(cssText)?.[1],
  );
  return found
    .filter(Boolean)
    .at(-1)
    ?.replace(/^var\(--chat-[\w-]+, ?(.*)\)$/, '$1');
}

const wrongs = (events: readonly ChatErrorEvent[]) => events.map(({ error }) => error.message);

test('a look that is on its way: the window has the classic one, then the other', async () => {
  const { come } = notHere(looks);
  const window = await mount(ChatWindow, { look: 'neutral' });
  expect(light(window, 'bubble-out')).toBe('#b3efb3');
  await come();
  expect(light(window, 'bubble-out')).toBe('#3355c8');
});

test('a look that does not come changes nothing, and comes later', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { come, fail } = notHere(looks);
  const window = await mount(ChatWindow, { look: 'neutral' });
  const errors = heard<ChatErrorEvent>(window, 'chat-error');
  await fail();
  expect(light(window, 'bubble-out')).toBe('#b3efb3');
  expect(wrongs(errors)).toEqual([]);
  await vi.advanceTimersByTimeAsync(5_000);
  await come();
  expect(light(window, 'bubble-out')).toBe('#3355c8');
});

test('nothing is loaded for the classic look', async () => {
  notHere(looks);
  const fetch = vi.spyOn(looks, 'fetch');
  await mount(ChatWindow, { theme: 'dark' });
  expect(fetch).not.toHaveBeenCalled();
});

test('looks change, by the attribute too, and back', async () => {
  const window = await mount(ChatWindow);
  await change(window, { look: 'messenger' });
  expect(light(window, 'radius')).toBe('12px');
  window.setAttribute('look', 'neutral');
  await window.updateComplete;
  expect(light(window, 'radius')).toBe('10px');
  window.removeAttribute('look');
  await window.updateComplete;
  expect(light(window, 'radius')).toBe('8px');
  expect(window.shadowRoot?.adoptedStyleSheets.filter(({ cssRules }) => cssRules.length > 0)).toHaveLength(4);
});

test('an unknown look is the classic one, and is told of once, in the classes of the page', async () => {
  const window = new ChatWindow();
  const errors = heard<ChatErrorEvent>(window, 'chat-error');
  window.setAttribute('look', 'constructor');
  document.body.append(window);
  await window.updateComplete;
  const ours = errors.filter(({ error }) => error.message.startsWith('look'));
  expect(wrongs(ours)).toEqual(['look: expected classic, messenger or neutral, got "constructor"']);
  expect(ours[0]).toBeInstanceOf(ChatErrorEvent);
  expect(ours[0]?.error).toBeInstanceOf(ConfigurationError);
  expect(light(window, 'radius')).toBe('8px');
  await change(window, { heading: 'anew' });
  await change(window, { brand: '' });
  expect(wrongs(errors).filter((text) => text.startsWith('look'))).toHaveLength(1);
});
