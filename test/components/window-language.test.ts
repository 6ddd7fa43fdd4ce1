import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WindowLanguage } from '../../src/components/window-language.js';
import { en } from '../../src/locales/en.js';
import type { Strings } from '../../src/locales/strings.js';
import { strings as zhCN } from '../../src/locales/zh-CN.js';
import { fakeSystemTimers } from '../support/system-timers.js';

const { stringsFor } = vi.hoisted(() => ({ stringsFor: vi.fn<(tag: string) => Strings | Promise<Strings>>() }));
vi.mock('../../src/locales/match.js', () => ({ stringsFor, pageLanguage: () => 'page' }));

/** What was spoken, by the tag of its language, oldest first. */
let spoken: string[];
let language: WindowLanguage;
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  fakeSystemTimers();
  spoken = [];
  language = new WindowLanguage(({ locale }) => spoken.push(locale));
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The language whose file is on its way. */
function onItsWay() {
  let resolve = (_: Strings) => {};
  let reject = (_: Error) => {};
  const coming = new Promise<Strings>((...ends) => {
    [resolve, reject] = ends;
  });
  stringsFor.mockReturnValueOnce(coming);
  return { resolve, reject };
}

test('what is there is spoken at once', () => {
  stringsFor.mockReturnValueOnce(en);
  expect(language.choose('en')).toBeUndefined();
  expect(spoken).toEqual(['en']);
});

test('what is on its way is waited for', async () => {
  const chinese = onItsWay();
  language.choose('zh');
  await vi.advanceTimersByTimeAsync(2_999);
  expect(spoken).toEqual([]);
  chinese.resolve(zhCN);
  await language.settled;
  expect(spoken).toEqual(['zh-CN']);
  expect(vi.getTimerCount()).toBe(0);
});

test('after 3 s it is English, until the other comes', async () => {
  const chinese = onItsWay();
  language.choose('zh');
  await vi.advanceTimersByTimeAsync(3_000);
  await language.settled;
  expect(spoken).toEqual(['en']);
  chinese.resolve(zhCN);
  await settled();
  expect(spoken).toEqual(['en', 'zh-CN']);
});

test('what cannot be loaded is English at once', async () => {
  const chinese = onItsWay();
  language.choose('zh');
  chinese.reject(new Error('404'));
  await language.settled;
  expect(spoken).toEqual(['en']);
});

test('a window that speaks goes on as it was meanwhile', async () => {
  stringsFor.mockReturnValueOnce(zhCN);
  language.choose('zh');
  onItsWay();
  language.choose('other');
  await vi.advanceTimersByTimeAsync(3_000);
  expect(spoken).toEqual(['zh-CN']);
});

test('what is not wanted any more when it comes is not spoken', async () => {
  const chinese = onItsWay();
  language.choose('zh');
  stringsFor.mockReturnValueOnce(en);
  language.choose('en');
  chinese.resolve(zhCN);
  await settled();
  expect(spoken).toEqual(['en']);
});

test('a tag that is none is told, and it is the language of the page', () => {
  stringsFor.mockImplementationOnce(() => {
    throw new RangeError();
  });
  stringsFor.mockReturnValueOnce(en);
  expect(language.choose('zh_CN!')?.message).toContain('zh_CN!');
  expect(stringsFor).toHaveBeenLastCalledWith('page');
  expect(spoken).toEqual(['en']);
});
