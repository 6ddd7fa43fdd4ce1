import '../components/all-rows.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ChatApp } from '../../src/app/index.js';
import { MessageStore } from '../../src/store/message-store.js';
import { change, heard, inside, mount, textOf } from '../components/mount.js';

/** A socket that opens nowhere: the server does not answer. */
class Nowhere extends EventTarget {
  static opened = 0;
  readyState = 0;
  constructor() {
    super();
    Nowhere.opened += 1;
  }
  send() {}
  close() {}
}

beforeEach(() => {
  Nowhere.opened = 0;
  vi.stubGlobal('WebSocket', Nowhere);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  localStorage.clear();
});

const serverUrl = 'wss://im.example.com/websocket';
const open = (properties: Partial<ChatApp> = {}) =>
  mount(ChatApp, { serverUrl, locale: 'en', splash: 'off', peerId: 'bob', ...properties });

async function press(app: ChatApp, selector: string): Promise<void> {
  inside(app, selector).click();
  await app.updateComplete;
}

async function typeIn(app: ChatApp, account: string, password: string): Promise<void> {
  Object.assign(inside(app, '#account'), { value: account });
  Object.assign(inside(app, '#password'), { value: password });
  inside(app, 'form').dispatchEvent(new Event('submit', { cancelable: true }));
  await app.updateComplete;
}

const headingOf = (app: ChatApp) => textOf(inside(app, 'h1'));

describe('the splash', () => {
  test.each([
    [false, 1_200],
    [true, 400],
  ])('goes on by itself (reduced motion: %s)', async (matches, ms) => {
    vi.stubGlobal('matchMedia', () => ({ matches }));
    const app = await open({ splash: 'on', appName: 'Shop' });
    expect(textOf(inside(app, '[part=app-name]'))).toBe('Shop');
    vi.advanceTimersByTime(ms - 1);
    await app.updateComplete;
    inside(app, '[part=splash]');
    vi.advanceTimersByTime(1);
    await app.updateComplete;
    expect(headingOf(app)).toBe('Log in to Shop');
  });

  test('or by a press, once', async () => {
    const app = await open({ splash: 'on' });
    await press(app, '[part=splash]');
    expect(headingOf(app)).toBe('Log in to Chat');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('lets go of its timer with the page', async () => {
    const app = await open({ splash: 'on' });
    app.remove();
    expect(vi.getTimerCount()).toBe(0);
    document.body.append(app);
    vi.advanceTimersByTime(1_200);
    await app.updateComplete;
    expect(headingOf(app)).toBe('Log in to Chat');
  });
});

describe('the privacy notice', () => {
  test('says where to, and what is asked for', async () => {
    const app = await open({ consent: 'required', appName: 'Shop' });
    expect(headingOf(app)).toBe('Before you start');
    expect(textOf(inside(app, '[part~=notice]'))).toContain('go to im.example.com.');
    expect(app.shadowRoot?.querySelectorAll('li')).toHaveLength(3);
    await change(app, { notifications: 'on', history: 'none' });
    expect(textOf(inside(app, 'ul'))).toContain('Notifications:');
    expect(textOf(inside(app, 'ul'))).not.toContain('Storage');
  });

  test('without consent nothing is connected, and nothing stored', async () => {
    const app = await open({ consent: 'required', userId: 'ann' });
    await press(app, '[part=secondary]');
    expect(headingOf(app)).toBe('The chat needs your consent');
    expect([app.chat, Nowhere.opened, localStorage.length, sessionStorage.length]).toEqual([null, 0, 0, 0]);
    await press(app, '[part=primary]');
    expect(headingOf(app)).toBe('Before you start');
    await press(app, '[part=primary]');
    expect(app.chat?.userId).toBe('ann');
    expect(localStorage.getItem('harmonychat app ')).toBe('{"consent":true}');
  });

  test('consent is remembered, for this app', async () => {
    localStorage.setItem('harmonychat app shop', '{"consent":true}');
    expect(headingOf(await open({ consent: 'required', appId: 'shop' }))).toBe('Log in to Chat');
    expect(headingOf(await open({ consent: 'required', appId: 'other' }))).toBe('Before you start');
  });

  test('is asked for anew when the page becomes another app', async () => {
    localStorage.setItem('harmonychat app shop', '{"consent":true}');
    const app = await open({ consent: 'required', appId: 'shop', userId: 'ann' });
    expect(app.chat).not.toBeNull();
    await change(app, { appId: 'other' });
    expect(headingOf(app)).toBe('Before you start');
    expect(app.chat).toBeNull();
  });

  test('a word that is misspelt is no consent; no attribute is', async () => {
    expect(headingOf(await open({ consent: 'requierd' as 'required' }))).toBe('Before you start');
    const app = await open({ consent: 'required' });
    app.removeAttribute('consent');
    app.setAttribute('consent', 'required');
    app.removeAttribute('consent');
    await app.updateComplete;
    expect(headingOf(app)).toBe('Log in to Chat');
  });
});

describe('the login', () => {
  test('is a form that password managers know, and that sends nothing by itself', async () => {
    const app = await open();
    const form = inside<HTMLFormElement>(app, 'form');
    expect(form.method).toBe('post');
    expect(inside(app, '#account').getAttribute('autocomplete')).toBe('username');
    expect(inside(app, '#password').getAttribute('autocomplete')).toBe('current-password');
    const submit = new Event('submit', { cancelable: true });
    form.dispatchEvent(submit);
    expect(submit.defaultPrevented).toBe(true);
  });

  test.each([
    ['', 'x', '#account', 'Enter your account.'],
    ['0', 'x', '#account', 'This account cannot be used.'],
    ['ann', '', '#password', 'Enter your password.'],
  ])(
    'what is wrong is said at its field, until something is typed (%j, %j)',
    async (account, password, field, text) => {
      const app = await open();
      await typeIn(app, account, password);
      expect(textOf(inside(app, `${field}-hint`))).toBe(text);
      expect(inside(app, field).getAttribute('aria-invalid')).toBe('true');
      expect(inside(app, field).getAttribute('aria-describedby')).toBe(`${field.slice(1)}-hint`);
      expect(app.shadowRoot?.activeElement?.id).toBe(field.slice(1));
      inside(app, field).dispatchEvent(new Event('input', { bubbles: true }));
      await app.updateComplete;
      expect(inside(app, field).hasAttribute('aria-invalid')).toBe(false);
      expect(inside<HTMLInputElement>(app, '#account').value).toBe(account);
    },
  );

  test('the password can be read while it is typed, and not afterwards', async () => {
    const app = await open();
    const field = inside<HTMLInputElement>(app, '#password');
    await press(app, '[part=reveal]');
    expect(field.type).toBe('text');
    expect(inside(app, '[part=reveal]').getAttribute('aria-label')).toBe('Hide the password');
    await typeIn(app, 'ann', 'x');
    expect(field.type).toBe('password');
    app.logout();
    await app.updateComplete;
    expect(field.type).toBe('password');
  });

  test('is busy, asks after 6 s whether to go on, and again 6 s after that', async () => {
    const app = await open();
    await typeIn(app, 'ann', 'x');
    expect(textOf(inside(app, '[type=submit]'))).toBe('Logging in…');
    expect(inside(app, 'form').getAttribute('aria-busy')).toBe('true');
    expect(inside<HTMLInputElement>(app, '#password').readOnly).toBe(true);
    expect(app.chat?.hidden).toBe(true);
    const connect = vi.spyOn(app.chat ?? app, 'connect' as never);
    vi.advanceTimersByTime(5_999);
    await app.updateComplete;
    expect(app.shadowRoot?.querySelector('[part=late]')).toBeNull();
    vi.advanceTimersByTime(1);
    await app.updateComplete;
    expect(textOf(inside(app, '#late'))).toContain('Try again?');
    await press(app, '#retry');
    expect(connect).toHaveBeenCalledTimes(1);
    expect(app.shadowRoot?.querySelector('[part=late]')).toBeNull();
    vi.advanceTimersByTime(6_000);
    await app.updateComplete;
    await press(app, '[part=late] [part=secondary]');
    expect(textOf(inside(app, '[type=submit]'))).toBe('Log in');
    expect(app.chat).toBeNull();
  });

  test('Escape gives it up, but not the one that ends a composition', async () => {
    const app = await open();
    await typeIn(app, 'ann', 'x');
    const key = (isComposing: boolean) =>
      inside(app, '#account').dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, isComposing }),
      );
    key(true);
    await app.updateComplete;
    expect(app.chat).not.toBeNull();
    key(false);
    await app.updateComplete;
    expect(app.chat).toBeNull();
  });

  test('what is typed does not reach shortcuts of the page; Escape and keys with Ctrl do', async () => {
    const app = await open();
    const keys = heard<KeyboardEvent>(document.body, 'keydown');
    for (const [key, ctrlKey] of [
      ['s', false],
      ['s', true],
      ['Escape', false],
      ['Tab', false],
    ] as const) {
      const event = new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, composed: true });
      inside(app, '#password').dispatchEvent(event);
    }
    expect(keys.map(({ key, ctrlKey }) => [key, ctrlKey])).toEqual([
      ['s', true],
      ['Escape', false],
      ['Tab', false],
    ]);
  });

  test('the password is the token, for as long as the login lasts', async () => {
    const app = await open();
    await typeIn(app, 'ann', 'secret');
    const getToken = app.chat?.getToken;
    expect(getToken?.()).toBe('secret');
    app.logout();
    await app.updateComplete;
    expect([app.chat, getToken?.()]).toEqual([null, '']);
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('secret');
  });

  test('a chat that cannot start says why', async () => {
    const app = await open({ serverUrl: 'https://im.example.com' });
    await typeIn(app, 'ann', 'x');
    await app.updateComplete;
    expect(textOf(inside(app, '[part=trouble]'))).toContain('server-url: expected');
    expect(inside<HTMLInputElement>(app, '#account').value).toBe('ann');
  });

  test('the account that is remembered is filled in, and the password is next', async () => {
    localStorage.setItem('harmonychat app ', '{"account":"ann"}');
    const app = await open();
    expect(inside<HTMLInputElement>(app, '#account').value).toBe('ann');
    expect(app.shadowRoot?.activeElement?.id).toBe('password');
  });
});

describe('the chat', () => {
  test('of a known user: what the page says is passed on, whatever it is', async () => {
    const getToken = () => 'secret';
    const strings = { empty: 'Nothing!' };
    const app = await open({ userId: 'ann', peerName: 'Bob', theme: 'dark', heartbeat: 10, getToken, strings });
    expect(app.chat).toMatchObject({ serverUrl, userId: 'ann', peerId: 'bob', peerName: 'Bob', getToken, strings });
    expect(app.chat).toMatchObject({ theme: 'dark', heartbeat: 10, hidden: false });
    await change(app, { peerId: 'eve' });
    expect(app.chat?.peerId).toBe('eve');
  });

  test('a token attribute is told by the window, and not its value', async () => {
    const app = await open({ userId: 'ann' });
    app.setAttribute('token', 'secret');
    await app.updateComplete;
    await app.chat?.updateComplete;
    expect(textOf(inside(app.chat ?? app, '[part=problem]'))).toMatch(/token: expected/);
    expect(app.chat?.getAttribute('token')).toBe('');
  });

  test('the store of the page is for the user of the page', async () => {
    const store = new MessageStore();
    const app = await open({ userId: 'ann', store });
    expect(app.chat?.store).toBe(store);
    await change(app, { userId: undefined });
    await typeIn(app, 'eve', 'x');
    expect(app.chat?.store).toBeUndefined();
    expect(app.chat?.userId).toBe('eve');
  });

  test('leaving ends the session; back again is to connect', async () => {
    const app = await open({ userId: 'ann' });
    const logout = vi.spyOn(app.chat ?? app, 'logout' as never);
    await press(app, '[part=log-out]');
    expect(logout).toHaveBeenCalledTimes(1);
    expect(headingOf(app)).toBe('You have left the chat');
    await press(app, '[part=primary]');
    await app.chat?.updateComplete;
    expect(app.chat?.connectionState.name).toBe('connecting');
  });

  test('the badge of the page is in the bar', async () => {
    const app = await open({ userId: 'ann' });
    expect(inside(app, 'chat-window > slot[name=badge]').slot).toBe('badge');
  });

  test('comes at once when the page says who it is, and goes', async () => {
    const app = await open();
    await change(app, { userId: 'ann' });
    expect(app.chat?.userId).toBe('ann');
    await change(app, { userId: undefined });
    expect(headingOf(app)).toBe('Log in to Chat');
  });
});

test('the focus of somebody who is elsewhere on the page stays there', async () => {
  const field = document.body.appendChild(document.createElement('input'));
  field.focus();
  const app = await open({ consent: 'required' });
  await press(app, '[part=primary]');
  expect(document.activeElement).toBe(field);
});

test('single texts can be replaced', async () => {
  const app = await open({ texts: { accountHint: 'Your staff number' } });
  expect(textOf(inside(app, '#account-hint'))).toBe('Your staff number');
});

test('speaks the language of the window, from right to left too', async () => {
  const app = await open({ locale: 'ar' });
  expect(inside(app, '.app').dir).toBe('rtl');
  expect(headingOf(app)).toContain('تسجيل الدخول');
  await change(app, { locale: 'zh-CN' });
  await app.updateComplete;
  expect([inside(app, '.app').lang, headingOf(app)]).toEqual(['zh-CN', '登录 聊天']);
});
