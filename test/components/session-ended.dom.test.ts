import { describe, expect, test } from 'vitest';
import type { ConnectionState } from '../../src/client/state.js';
import { SessionEnded } from '../../src/components/session-ended.js';
import { en } from '../../src/locales/en.js';
import { strings as zhCN } from '../../src/locales/zh-CN.js';
import { heard, inside, mount, textOf } from './mount.js';

const kicked = (code: number, detail?: string): ConnectionState => ({
  name: 'disconnected',
  reason: 'kicked',
  kickout: { code, detail },
});
const refused = (code: number): ConnectionState => ({ name: 'disconnected', reason: 'refused', code });

describe('what the server ended', () => {
  test.each<[string, ConnectionState, string, string | undefined]>([
    ['V4 kicked by another login', kicked(1, 'secret'), '账号已在其它地方登录，当前会话已断开。', '在此处使用'],
    ['V4 kicked by an administrator', kicked(2), '已被管理员移出聊天，当前会话已断开。', undefined],
    [
      'with the reason',
      kicked(2, '<b>spam</b>'),
      `${zhCN.kickedByAdministrator} ${zhCN.reason('<b>spam</b>')}`,
      undefined,
    ],
    [
      'kicked by the application',
      kicked(1030, 'bye'),
      `${zhCN.kickedOtherwise(1030)} ${zhCN.reason('bye')}`,
      undefined,
    ],
    ['kicked, but it cannot be read why', kicked(-1), zhCN.kickedOtherwise(-1), undefined],
    ['V1 refused login', refused(1025), zhCN.refused(1025), zhCN.retry],
  ])('%s', async (_, connection, text, action) => {
    const element = await mount(SessionEnded, { connection, strings: zhCN });
    expect(textOf(inside(element, 'p'))).toBe(text);
    const button = element.shadowRoot?.querySelector('button');
    expect(button?.textContent?.trim()).toBe(action);
    const requests = heard(element, 'connect-request');
    button?.click();
    expect(requests.map(({ composed }) => composed)).toEqual(action ? [false] : []);
  });

  test('is announced as a dialog that names itself and takes no focus', async () => {
    const before = document.body.appendChild(document.createElement('input'));
    before.focus();
    const element = await mount(SessionEnded, { connection: kicked(1), strings: en });
    const box = inside(element, '[role=alertdialog]');
    expect(box.getAttribute('aria-labelledby')).toBe(inside(element, 'p').id);
    expect(document.activeElement).toBe(before);
  });
});

test.each<ConnectionState | undefined>([
  undefined,
  { name: 'connected' },
  { name: 'connecting', attempt: 1, retryInMs: 5 },
  { name: 'disconnected', reason: 'idle' },
  { name: 'disconnected', reason: 'closed' },
  { name: 'disconnected', reason: 'lost' },
  { name: 'disconnected', reason: 'misconfigured', error: new Error('no') },
])('nothing to tell of %j', async (connection) => {
  const element = await mount(SessionEnded, { connection });
  expect(element.shadowRoot?.childElementCount).toBe(0);
});
