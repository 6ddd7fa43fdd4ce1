import { afterEach, expect, test, vi } from 'vitest';
import { defineNotificationBell, NotificationBell } from '../../src/components/notification-bell.js';

afterEach(() => {
  vi.unstubAllGlobals();
  ask.mockClear();
  document.body.replaceChildren();
});

const ask = vi.fn(async () => 'granted');

function bell(permission: string | undefined, construct = () => {}): HTMLElement {
  defineNotificationBell();
  const Fake = Object.assign(
    function Fake() {
      construct();
    },
    { permission, requestPermission: ask },
  );
  vi.stubGlobal('Notification', permission && Fake);
  const element = document.createElement('notification-bell');
  element.setAttribute('label', 'Notify me');
  document.body.append(element);
  return element;
}

test('is shown, by its name, while the permission is neither given nor denied', () => {
  const element = bell('default');
  expect(element).toBeInstanceOf(NotificationBell);
  expect(element.hidden).toBe(false);
  expect(element.shadowRoot?.querySelector('button')?.getAttribute('aria-label')).toBe('Notify me');
});

test.each(['granted', 'denied', undefined])('is hidden where the permission is %s', (permission) => {
  expect(bell(permission).hidden).toBe(true);
});

test('is hidden where a page can show none', () => {
  const refuse = () => {
    throw new TypeError('Illegal constructor');
  };
  expect(bell('default', refuse).hidden).toBe(true);
});

test('is hidden, and troubles nobody, where the browser refuses to ask', async () => {
  const element = bell('default');
  ask.mockRejectedValueOnce(new DOMException('not here', 'SecurityError'));
  const press = new MouseEvent('click');
  Object.defineProperty(press, 'isTrusted', { value: true });
  element.shadowRoot?.querySelector('button')?.dispatchEvent(press);
  await vi.waitFor(() => expect(element.hidden).toBe(true));
});

test('asks nobody at a press that a script has made', () => {
  bell('default').shadowRoot?.querySelector('button')?.dispatchEvent(new Event('click'));
  expect(ask).not.toHaveBeenCalled();
});
