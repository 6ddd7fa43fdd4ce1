import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../support/fake-clock.js';
import { CorePeer } from './core-peer.js';
import { Gateway } from './gateway.js';

let clock: FakeClock;
let gateway: Gateway;
let random: number;

const visit = (extra: string | null = null): CorePeer => new CorePeer(gateway).login('visitor', { extra });

beforeEach(() => {
  clock = new FakeClock();
  random = 0.5;
  gateway = new Gateway({ clock, robot: true, random: () => random, heartbeat: 120 });
});

describe('the robot', () => {
  it('greets 600 ms after the first login of an id that came to talk to it, once, in its language', () => {
    const visitor = visit('{"peer":"support"}');
    clock.advance(599);
    expect(visitor.texts()).toEqual([]);
    clock.advance(1);
    expect(visitor.texts()).toEqual([expect.stringContaining('“help”')]);
    const again = visit('{"peer":"support"}');
    clock.advance(10_000);
    expect(again.texts()).toEqual([expect.stringContaining('“help”')]); // the one retransmission, no second greeting
    const chinese = new CorePeer(gateway).login('游客', { extra: '{"peer":"support","locale":"zh-CN"}' });
    clock.advance(600);
    expect(chinese.texts()).toEqual([expect.stringContaining('帮助')]);
  });

  it('greets first, however fast somebody asks', () => {
    random = 0;
    const visitor = visit('{"peer":"support"}');
    visitor.say('support', 'help');
    clock.advance(2_000);
    expect(visitor.texts()).toEqual([expect.stringContaining('“help”'), expect.stringContaining('attack')]);
  });

  it.each([null, '{"peer":"bob"}', 'support', 'null'])('greets nobody who logs in with extra %s', (extra) => {
    const visitor = visit(extra);
    clock.advance(10_000);
    expect(visitor.texts()).toEqual([]);
  });

  it('names its files where the page has them', () => {
    gateway = new Gateway({ clock, robot: true, random: () => random, heartbeat: 120, robotFiles: '/below/' });
    const visitor = visit();
    for (const word of ['image', 'voice', 'file', 'card']) {
      visitor.say('support', word);
      clock.advance(2_000);
      expect(visitor.texts().at(-1), word).toMatch(/"\/below\/(robot\.svg|hello\.wav|price-list\.csv)"/);
      expect(visitor.texts().at(-1), word).not.toMatch(/"\/(robot|hello|price)/);
    }
  });

  it('greets later whoever was gone when it wanted to', () => {
    visit('{"peer":"support"}').disconnect();
    clock.advance(600);
    const back = visit('{"peer":"support"}');
    clock.advance(600);
    expect(back.texts()).toHaveLength(1);
  });

  it.each([
    [0, 500],
    [0.999, 900],
  ])('answers after a delay of %f in its range, %i ms, and acknowledges at once', (fraction, delay) => {
    const visitor = visit();
    random = fraction;
    visitor.say('support', 'help', 'fp-1');
    expect(visitor.acknowledged()).toEqual(['fp-1']);
    clock.advance(delay - 1);
    expect(visitor.texts()).toEqual([]);
    clock.advance(1);
    expect(visitor.texts()).toHaveLength(1);
  });

  it('answers a question once, however often it comes (I7)', () => {
    const visitor = visit().say('support', 'help', 'fp-1').say('support', 'help', 'fp-1');
    clock.advance(1_000);
    expect(visitor.texts()).toHaveLength(1);
    expect(visitor.acknowledged()).toEqual(['fp-1', 'fp-1']);
  });

  it('acknowledges what it read: nothing is retransmitted to who takes its place', () => {
    visit().say('support', 'help', 'fp-1');
    const person = new CorePeer(gateway).login('support');
    clock.advance(10_000);
    expect(person.texts()).toEqual([]);
  });

  it('keeps the order of the questions', () => {
    const visitor = visit();
    random = 0.9;
    visitor.say('support', 'hello', 'fp-1');
    random = 0;
    visitor.say('support', '你好', 'fp-2');
    clock.advance(1_000);
    expect(visitor.texts()).toEqual([expect.stringContaining('Hello'), expect.stringContaining('你好')]);
  });

  it.each([
    ['help', 0, /kick/],
    ['帮助', 0, /我听得懂/],
    [' Hello! ', 0, /^Hello/],
    ['time', 0, /9:30|09:30|:30/],
    ['image', 1, /^\{"url":"\/robot\.svg","width":320,/],
    ['voice', 2, /^\{"url":"\/hello\.wav","seconds":2,/],
    ['file', 5, /"name":"price list\.csv"/],
    ['文件', 5, /"name":"价目表\.csv"/],
    ['choice', 20, /"replies":\["time"/],
    ['选择', 20, /"replies":\["时间"/],
    ['card', 21, /"title":"White teapot"/],
    ['卡片', 21, /"title":"白瓷茶壶"/],
    ['order', 1001, /^4711$/],
    ['long', 0, /^[\s\S]{5000}$/],
    ['links', 0, /https:\/\/example\.com\/a，谢谢.*help@example\.com，电话：\+86/],
    ['emoji', 0, /👩‍👩‍👧‍👦/u],
    ['unknown', 77, /./],
    ['system', 90, /joined/],
    ['bidi', 0, /مرحبا.*שלום/],
    ['attack', 0, /<script>/],
    ['what are you', 0, /robot.*“help”/],
    ['你是谁', 0, /机器人.*“帮助”/],
  ])('answers %j with type %i and %s', (question, typeu, text) => {
    const visitor = visit().say('support', question, 'fp-1');
    clock.advance(1_000);
    expect(visitor.received.at(-1)).toMatchObject({ type: 2, from: 'support', to: 'visitor', QoS: true, typeu });
    expect(visitor.texts()).toEqual([expect.stringMatching(text)]);
  });

  it('sends twenty messages for "many", each with its own fingerprint', () => {
    gateway = new Gateway({ clock, robot: true });
    const visitor = visit().say('support', 'many');
    clock.advance(2_000);
    expect(visitor.texts()).toEqual(Array.from({ length: 20 }, (_, i) => `Number ${i + 1}`));
    expect(new Set(visitor.ofType(2).map(({ fp }) => fp)).size).toBe(20);
  });

  it('kicks whoever asks for it, after a word of goodbye', () => {
    const visitor = visit().say('support', 'kick', 'fp-1');
    clock.advance(1_000);
    expect(visitor.texts()).toHaveLength(1);
    expect(visitor.closed).toBeUndefined();
    clock.advance(1_000);
    expect(visitor.received.at(-1)?.dataContent).toBe('{"code":2,"reason":"asked for it"}');
    expect(visitor.closed?.code).toBe(1000);
  });

  it('says that it reads only text when it gets something else', () => {
    const visitor = visit().say('support', '/cat.png', 'fp-1', 1);
    clock.advance(1_000);
    expect(visitor.texts()).toEqual([expect.stringContaining('only read text')]);
  });

  it('leaves its place to a person, and is silent after a stop', () => {
    const person = new CorePeer(gateway).login('support');
    const visitor = visit().say('support', 'is anybody there?', 'fp-1');
    expect(person.texts()).toEqual(['is anybody there?']);
    clock.advance(1_000);
    expect(visitor.texts()).toEqual([]);
    person.disconnect();
    visitor.say('support', 'help', 'fp-2');
    gateway.stop();
    expect(clock.pending).toBe(0);
  });
});
