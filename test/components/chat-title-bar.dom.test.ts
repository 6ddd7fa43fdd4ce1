import { describe, expect, test, vi } from 'vitest';
import type { ConnectionState } from '../../src/client/state.js';
import { ChatTitleBar } from '../../src/components/chat-title-bar.js';
import { StatusLight } from '../../src/components/status-light.js';
import { en } from '../../src/locales/en.js';
import { strings as zhCN } from '../../src/locales/zh-CN.js';
import { change, inside, mount, textOf } from './mount.js';

describe('the status light', () => {
  test('says in words what it means', async () => {
    const light = await mount(StatusLight, { label: 'Connected', connected: true });
    const circle = inside(light, 'span');
    expect([circle.getAttribute('role'), circle.getAttribute('aria-label'), circle.title]).toEqual([
      'img',
      'Connected',
      'Connected',
    ]);
    expect(light.hasAttribute('connected')).toBe(true);
    await change(light, { label: 'Not connected', connected: false });
    expect(circle.getAttribute('aria-label')).toBe('Not connected');
    expect(light.hasAttribute('connected')).toBe(false);
  });

  test('breathes for 500 ms with each heartbeat, not when it is first drawn and not for another reason', async () => {
    const light = await mount(StatusLight, { beats: 7 });
    const animate = vi.fn();
    inside(light, 'span').animate = animate;
    await change(light, { label: 'Connected' });
    expect(animate).not.toHaveBeenCalled();
    await change(light, { beats: 8 });
    await change(light, { beats: 9 });
    expect(animate.mock.calls.map(([, { duration }]) => duration)).toEqual([500, 500]);
    // Another session begins to count anew.
    await change(light, { beats: 0 });
    expect(animate).toHaveBeenCalledTimes(2);
  });
});

describe('the title bar', () => {
  test.each<[ConnectionState, boolean, string]>([
    [{ name: 'connected' }, true, '已连接'],
    [{ name: 'connecting', attempt: 1, retryInMs: 5 }, false, '正在连接…'],
    [{ name: 'disconnected', reason: 'closed' }, false, '未连接'],
  ])('%j', async (connection, connected, label) => {
    const bar = await mount(ChatTitleBar, { connection, beats: 3, strings: zhCN, heading: '<b>' });
    const light = inside<StatusLight>(bar, 'status-light');
    expect([light.connected, light.label, light.beats]).toEqual([connected, label, 3]);
    expect(textOf(inside(bar, 'h2'))).toBe('<b>');
  });

  test('has no light where there is no connection to speak of', async () => {
    const bar = await mount(ChatTitleBar, { heading: 'Chat' });
    expect(bar.shadowRoot?.querySelector('status-light')).toBeNull();
  });

  test.each([
    ['1234567', 'UID: 1234567'],
    ['12345678', 'UID: 123…678'],
    ['👩‍🚀', 'UID: 👩‍🚀'],
  ])('shortens the user’s id in the middle: %s', async (user, text) => {
    const bar = await mount(ChatTitleBar, { user });
    expect(textOf(inside(bar, 'bdi'))).toBe(text);
    expect(inside(bar, 'bdi').title).toBe(en.userId(user));
  });

  test('has a place for the bell, named, where notifications may be asked for', async () => {
    const bar = await mount(ChatTitleBar, { strings: zhCN });
    expect(bar.shadowRoot?.querySelector('notification-bell')).toBeNull();
    await change(bar, { bell: true });
    expect(inside(bar, 'notification-bell').getAttribute('label')).toBe(zhCN.notify);
  });

  test('shows no id unless it is given: a visitor’s is a credential', async () => {
    expect((await mount(ChatTitleBar, {})).shadowRoot?.querySelector('bdi')).toBeNull();
  });
});
