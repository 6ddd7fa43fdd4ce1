import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/client/message.js';
import { appendedMessages } from '../../../src/components/list/appended-messages.js';

function list(ids: string): Message[] {
  return [...ids].map((id) => ({ id, type: 0, content: '', from: 'b', to: 'a', sentAt: 0, status: 'received' }));
}

describe('appendedMessages', () => {
  it.each([
    ['abc', 'abcde', 'de', 'two more'],
    ['abc', 'abc', '', 'no change'],
    ['abc', 'xyabc', '', 'older ones'],
    ['abc', 'xyabcde', 'de', 'older and newer ones'],
    ['abc', 'abd', 'd', 'the last one removed'],
    ['abc', 'xyz', '', 'another conversation'],
    ['', 'abc', '', 'the first ones'],
    ['abc', '', '', 'none left'],
  ])('%s -> %s: %s (%s)', (previous, next, appended) => {
    expect(appendedMessages(list(previous), list(next)).map(({ id }) => id)).toEqual([...appended]);
  });
});
