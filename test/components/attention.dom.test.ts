import { beforeEach, describe, expect, test, vi } from 'vitest';
import { OneTab } from '../../src/components/one-tab.js';
import { en } from '../../src/locales/en.js';
import { AttentionBrowser, AttentionTab, messageOf } from './attention-browser.js';

let browser: AttentionBrowser;
beforeEach(() => {
  browser = new AttentionBrowser();
});

const pass = (ms: number) => browser.clock.advanceAsync(ms);

describe('a message that nobody looks at', () => {
  test('is told in one of three tabs: one sound, one notification, the number in each title', async () => {
    const tabs = [1, 2, 3].map(() => new AttentionTab(browser));
    const message = messageOf('bob');
    for (const tab of tabs) tab.receive({ ...message });
    await pass(299);
    expect(browser.told).toEqual([0, 0]);
    await pass(10_000);
    expect(browser.told).toEqual([1, 1]);
    expect(tabs.map(({ page }) => page.title)).toEqual(['(1) Shop', '(1) Shop', '(1) Shop']);
    expect([browser.sounding, browser.held.size, browser.clock.pending]).toEqual([0, 0, 0]);
  });

  test('is told once by a tab whose timers come a second late', async () => {
    const [prompt, late] = [new AttentionTab(browser), new AttentionTab(browser)];
    const message = messageOf('bob');
    prompt.receive({ ...message });
    await pass(1_000);
    late.receive({ ...message });
    await pass(10_000);
    expect(browser.told).toEqual([1, 1]);
  });

  test('is told once though each window of the page says so', async () => {
    const tab = new AttentionTab(browser);
    tab.join({ peerId: 'carol' });
    const message = messageOf('bob');
    tab.receive(message);
    await pass(5_000);
    void tab.attention.tell(message);
    await pass(5_000);
    expect(browser.told).toEqual([1, 1]);
  });

  test('is not told if it was read within 300 ms, here or elsewhere', async () => {
    const tab = new AttentionTab(browser);
    tab.receive();
    await pass(200);
    tab.set('bob', 0);
    await pass(10_000);
    expect(browser.told).toEqual([0, 0]);
    expect(tab.page.title).toBe('Shop');
  });

  test('is no reason for a second sound within 3 s, in whatever tab', async () => {
    const [one, other] = [new AttentionTab(browser), new AttentionTab(browser)];
    one.receive();
    await pass(2_900);
    other.receive();
    one.receive();
    await pass(350);
    expect(browser.chimes).toBe(1);
    await pass(3_000);
    other.receive();
    await pass(400);
    expect(browser.chimes).toBe(2);
  });
});

describe('what is switched off is not told', () => {
  test.each([
    [{ unreadTitle: 'off' }, 'Shop', [1, 1]],
    [{ sound: 'off' }, '(1) Shop', [0, 1]],
    [{ notifications: 'off' }, '(1) Shop', [1, 0]],
  ])('%j', async (wishes, title, told) => {
    const tab = new AttentionTab(browser, wishes);
    tab.receive();
    await pass(10_000);
    expect(browser.told).toEqual(told);
    expect(tab.page.title).toBe(title);
  });

  test('while another window of the page wants it, it is', async () => {
    const tab = new AttentionTab(browser, { unreadTitle: 'off', sound: 'off', notifications: 'off' });
    const other = tab.join({});
    tab.receive();
    await pass(10_000);
    expect(browser.told).toEqual([1, 1]);
    expect(tab.page.title).toBe('(1) Shop');
    expect(tab.attention.leave(other)).toBe(false);
    expect(tab.page.title).toBe('Shop');
  });
});

describe('the sound', () => {
  test('is made in a tab in which somebody has pressed something', async () => {
    const silent = new AttentionTab(browser, {}, { mayPlay: () => false });
    silent.receive();
    await pass(5_000);
    expect(browser.chimes).toBe(0);
    const pressed = new AttentionTab(browser);
    const message = messageOf('bob');
    for (const tab of [silent, pressed]) tab.receive({ ...message });
    await pass(5_000);
    expect(browser.chimes).toBe(1);
  });

  test.each([
    ['without Web Locks', { locks: undefined }, false],
    ['where Web Locks are refused', {}, true],
  ])('%s: once in 3 s all the same', async (_, around, fail) => {
    browser.locksFail = fail;
    const tab = new AttentionTab(browser, {}, around);
    tab.receive();
    await pass(1_000);
    tab.receive();
    await pass(5_000);
    expect(browser.told).toEqual([1, 1]);
    tab.receive();
    await pass(5_000);
    expect(browser.told).toEqual([2, 2]);
  });

  test('may fail', async () => {
    class NoDevice {
      constructor() {
        throw new DOMException('no device', 'NotSupportedError');
      }
    }
    for (const AudioContext of [undefined, NoDevice as never]) {
      const tab = new AttentionTab(browser, {}, { AudioContext });
      tab.receive();
      await pass(5_000);
      expect(tab.page.title).toBe('(1) Shop');
    }
    expect(browser.notifications.length).toBe(2);
  });
});

describe('the notification', () => {
  test('says who wrote what, is silent, and one for each conversation', async () => {
    const tab = new AttentionTab(browser);
    for (const from of ['bob', 'bob', 'carol']) {
      tab.receive(messageOf(from, '<b>hello</b>'));
      await pass(5_000);
    }
    const [first, second, third] = browser.notifications;
    expect(first).toMatchObject({ title: 'Bob', body: '<b>hello</b>', silent: true });
    expect(third).toMatchObject({ title: 'UID: carol', body: '<b>hello</b>', silent: true });
    expect(second?.tag).toBe(first?.tag);
    expect(third?.tag).not.toBe(first?.tag);
  });

  test.each([
    ['a'.repeat(120), 'a'.repeat(120)],
    ['a'.repeat(121), `${'a'.repeat(119)}…`],
    ['👋'.repeat(60_000), `${'👋'.repeat(119)}…`],
    ['👋'.repeat(120), '👋'.repeat(120)],
  ])('has at most 120 characters of the text', async (content, body) => {
    new AttentionTab(browser).receive(messageOf('bob', content));
    await pass(5_000);
    expect(browser.notifications[0]?.body).toBe(body);
  });

  test('has nothing of the text that could rearrange what stands around it', async () => {
    const tab = new AttentionTab(browser);
    tab.receive(messageOf('bob', '\u2066pay\u2069 \u202Emoc.elgoog\u202C\0\n\u0085now'));
    await pass(5_000);
    expect(browser.notifications[0]?.body).toBe('pay moc.elgoog now');
  });

  test('comes once in 3 s, whoever writes, and the next one after that', async () => {
    const tabs = [new AttentionTab(browser), new AttentionTab(browser)];
    for (let i = 0; i < 100; i++) {
      const message = messageOf(`peer ${i}`);
      for (const tab of tabs) tab.receive({ ...message });
      await pass(100);
    }
    await pass(5_000);
    expect(browser.told).toEqual([4, 4]);
  });

  test('says only how many there are where the text is private or nothing to read', async () => {
    const tab = new AttentionTab(browser);
    tab.receive(messageOf('bob', 'https://example.com/secret.png', 1));
    await pass(5_000);
    tab.join({ notifications: 'private', peerId: '' });
    tab.receive(messageOf('bob', 'secret'));
    await pass(5_000);
    const [image, text] = browser.notifications;
    expect([image?.body, text?.body]).toEqual([en.newMessages(1), en.newMessages(2)]);
  });

  test('is not shown without permission, and its failure is nobody’s trouble', async () => {
    const tab = new AttentionTab(browser);
    tab.permission = 'default';
    tab.receive();
    await pass(5_000);
    tab.permission = 'granted';
    tab.notificationFails = true;
    tab.receive();
    await pass(5_000);
    expect(browser.told).toEqual([2, 0]);
  });

  test('is not shown while somebody sits before one of the tabs', async () => {
    const [hidden, watched] = [new AttentionTab(browser), new AttentionTab(browser)];
    Object.assign(watched, { visible: true, hasFocus: true });
    const message = messageOf('carol');
    for (const tab of [watched, hidden]) tab.receive({ ...message });
    await pass(5_000);
    expect(browser.told).toEqual([1, 0]);
    watched.hasFocus = false;
    const next = messageOf('carol');
    for (const tab of [watched, hidden]) tab.receive({ ...next });
    await pass(5_000);
    expect(browser.told).toEqual([2, 1]);
  });

  test('is not shown by a tab to which somebody came meanwhile', async () => {
    const tab = new AttentionTab(browser);
    tab.receive(messageOf('carol'));
    await pass(200);
    Object.assign(tab, { visible: true, hasFocus: true });
    await pass(5_000);
    expect(browser.told).toEqual([1, 0]);
  });

  test('brings its tab to the front at a press, and goes', async () => {
    const tab = new AttentionTab(browser);
    tab.receive();
    await pass(5_000);
    browser.notifications[0]?.click();
    expect([tab.fronts, browser.notifications[0]?.isOpen]).toEqual([1, false]);
  });

  test('goes when the conversation was read, not when another was', async () => {
    const tab = new AttentionTab(browser);
    tab.receive();
    await pass(5_000);
    tab.set('carol', 1);
    tab.set('carol', 0);
    expect(browser.notifications[0]?.isOpen).toBe(true);
    tab.set('bob', 0);
    expect(browser.notifications[0]?.isOpen).toBe(false);
  });
});

test('a pause leaves no listener', async () => {
  const { signal } = new AbortController();
  const [added, removed] = [vi.spyOn(signal, 'addEventListener'), vi.spyOn(signal, 'removeEventListener')];
  void new OneTab(browser.clock, undefined, signal).pause(5);
  await pass(5);
  expect(removed.mock.calls).toEqual(added.mock.calls);
  expect(added).toHaveBeenCalledOnce();
});

describe('once closed', () => {
  test('nothing is left, in the midst of it too', async () => {
    const tab = new AttentionTab(browser);
    tab.receive();
    await pass(400);
    expect([browser.sounding, browser.held.size]).toEqual([1, 3]);
    tab.receive();
    tab.attention.close();
    await pass(0);
    expect(tab.page.title).toBe('Shop');
    expect([browser.sounding, browser.held.size, browser.clock.pending]).toEqual([0, 0, 0]);
    expect(browser.notifications[0]?.isOpen).toBe(false);
    await pass(5_000);
    expect(browser.told).toEqual([1, 1]);
  });

  test('by the last window', () => {
    const tab = new AttentionTab(browser);
    const other = tab.join({ peerId: 'carol' });
    tab.set('bob', 4);
    expect(tab.attention.leave(other)).toBe(false);
    expect(tab.page.title).toBe('(4) Shop');
    expect(tab.attention.leave(tab.wishes)).toBe(true);
    expect(tab.page.title).toBe('Shop');
  });
});
