import { describe, expect, it } from 'vitest';
import { fromFrame, toFrame } from '../../src/embed/frame/frame-messages.js';

const nonsense = [
  null,
  undefined,
  5,
  'call',
  [],
  [1],
  {},
  { kind: 'call' },
  { id: 1 },
  { kind: 'x', id: 1 },
  { kind: 'call', id: '1' },
];

describe('messages between a page and a frame', () => {
  it.each(nonsense)('%j is none', (value) => {
    expect(toFrame(value)).toBe(undefined);
    expect(fromFrame(value)).toBe(undefined);
  });

  it.each(['constructor', '__proto__', 'remove', 'connectedCallback', ''])('%s is no call', (name) => {
    expect(toFrame({ kind: 'call', id: 1, name })).toBe(undefined);
  });

  it('keeps what is known, and nothing else', () => {
    const more = { more: 'than asked for' };
    expect(toFrame({ kind: 'call', id: 1, name: 'send', value: 'hi', ...more })).toEqual({
      ...{ kind: 'call', id: 1, name: 'send', value: 'hi' },
    });
    expect(toFrame({ kind: 'token', id: 2, token: 5 })).toEqual({ kind: 'token', id: 2, token: undefined });
    expect(fromFrame({ kind: 'result', id: 3, value: 'v', error: 5, ...more })).toEqual({
      ...{ kind: 'result', id: 3, value: 'v', error: undefined },
    });
    expect(fromFrame({ kind: 'ask-token', id: 4, ...more })).toEqual({ kind: 'ask-token', id: 4 });
    expect(fromFrame({ kind: 'event', name: 'unread', detail: { count: 1 }, ...more })).toEqual({
      ...{ kind: 'event', name: 'unread', detail: { count: 1 } },
    });
    expect(fromFrame({ kind: 'event', name: 'unread', detail: 'x' })).toBe(undefined);
  });
});
