import { describe, expect, it } from 'vitest';
import { type Arrival, compare, type Tolerance } from './compare.js';
import { parseScenarios, type TraceEvent } from './scenario.js';

const message = (fp: string): string => `{"bridge":false,"type":2,"dataContent":"hi","from":"a","to":"b","fp":"${fp}"}`;
const answer = (time: number): string =>
  `{"type":50,"dataContent":"{\\"code\\":0,\\"firstLoginTime\\":${time}}","sm":-1}`;
const sent = (t: number, frame: string, peer = 'a'): TraceEvent => ({ t, peer, dir: 'sent', frame });
const received = (t: number, frame: string, peer = 'b'): TraceEvent => ({ t, peer, dir: 'received', frame });

const strict: Tolerance = { ms: 20, retransmission: 'recorded' };
const window: Tolerance = { ms: 20, retransmission: 'window' };

const events: readonly TraceEvent[] = [
  sent(0, message('1')),
  received(5, message('1')),
  received(6, answer(1_795_391_518_553)),
  received(3_000, message('1')),
  { t: 9_000, peer: 'b', dir: 'closed', code: 1000, reason: 'Bye' },
];

/** Compares the recording with itself, after `change`. */
function differences(change: (arrivals: Arrival[]) => Arrival[], tolerance = strict): string[] {
  const arrivals = change(events.slice(1).map((event) => ({ ...event })));
  return compare(events, arrivals, [{ recorded: 0, actual: 0 }], tolerance);
}

const replace =
  (index: number, change: Partial<Arrival>) =>
  (arrivals: Arrival[]): Arrival[] =>
    arrivals.map((arrival, i) => (i === index ? { ...arrival, ...change } : arrival));

describe('the comparison of a replay with its recording', () => {
  it('finds nothing between equals, and lets the server take times from its own clock', () => {
    expect(differences((arrivals) => arrivals)).toEqual([]);
    expect(differences(replace(1, { frame: answer(1_800_000_000_000) }))).toEqual([]);
  });

  it.each<[string, (arrivals: Arrival[]) => Arrival[], RegExp]>([
    ['a frame that is missing', (arrivals) => arrivals.slice(0, -1), /expected close 1000 "Bye", got nothing/],
    ['a frame too many', (arrivals) => [...arrivals, received(9_001, '{}')], /expected nothing, got {}/],
    ['another order', ([first, second, ...rest]) => [second, first, ...rest] as Arrival[], /event 1: expected/],
    ['another close', replace(3, { code: 1001 }), /expected close 1000 "Bye", got close 1001 "Bye"/],
    ['another text', replace(0, { frame: message('1').replace('hi', 'ho') }), /event 1: expected/],
    ['a firstLoginTime that is none', replace(1, { frame: answer(0) }), /event 2: expected/],
    ['a frame on another socket', replace(0, { peer: 'c' }), /c, event 1: expected nothing/],
    ['a close too late', replace(3, { t: 9_021 }), /21 ms off/],
    ['a close too early', replace(3, { t: 8_979 }), /-21 ms off/],
    ['a retransmission at another time', replace(2, { t: 3_021 }), /21 ms off/],
  ])('tells %s', (_, change, expected) => {
    expect(differences(change).join('\n')).toMatch(expected);
  });

  it('lets a retransmission come anywhere in its window, also behind other frames', () => {
    expect(differences(replace(2, { t: 6_900 }), window)).toEqual([]);
    expect(differences(([first, second, third, last]) => [first, second, last, third] as Arrival[], window)).toEqual(
      [],
    );
  });

  it.each<[string, (arrivals: Arrival[]) => Arrival[], RegExp]>([
    ['before its window', replace(2, { t: 1_900 }), /got it after 1895 ms/],
    ['after its window', replace(2, { t: 7_100 }), /got it after 7095 ms/],
    [
      'twice',
      (arrivals) => [...arrivals, received(8_000, message('1'))],
      /retransmissions: expected b .*, got b .*; b /,
    ],
    ['never', (arrivals) => arrivals.filter((_, i) => i !== 2), /retransmissions: expected b .*, got none/],
    ['to somebody else', replace(2, { peer: 'c' }), /retransmissions: expected b .*, got c /],
  ])('tells a retransmission that comes %s', (_, change, expected) => {
    const found = differences(change, window);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  it('does not miss the answer to a keepalive at the very end, which the recorder did not wait for', () => {
    const keepAlive = sent(100, '{"type":1,"dataContent":"{}"}');
    const pong = received(101, '{"bridge":false,"type":51,"dataContent":"{}"}', 'a');
    const actions = [{ recorded: 100, actual: 100 }];
    expect(compare([keepAlive], [pong], actions, strict)).toEqual([]);
    expect(compare([keepAlive], [pong, pong], actions, strict)).toHaveLength(1);
    expect(compare([keepAlive, pong], [pong, pong], actions, strict)).toHaveLength(1);
  });
});

describe('a recording', () => {
  it('gets back the content that was emptied, and a note that does not fit is told', () => {
    const scenario = (bytes: number): string =>
      JSON.stringify({
        scenarios: [
          {
            name: 'x',
            events: [
              { t: 0, peer: 'a', dir: 'sent', frame: '{"dataContent":""}', bytes, note: 'dataContent is 3 times "x"' },
            ],
          },
        ],
      });
    expect(parseScenarios(scenario(21))[0]?.events[0]?.frame).toBe('{"dataContent":"xxx"}');
    expect(() => parseScenarios(scenario(22))).toThrow('expected 22, rebuilt 21');
  });
});
