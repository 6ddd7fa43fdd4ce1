import { describe, expect, it } from 'vitest';
import { MessageType } from '../../../src/client/message.js';
import { estimateHeight } from '../../../src/components/list/estimate.js';

const message = (content: string, change: object = {}) =>
  ({ id: 'a', type: 0, content, from: 'b', to: 'a', sentAt: 0, status: 'delivered', ...change }) as const;

describe('estimateHeight', () => {
  it('is that of one line for a word, and for nothing', () => {
    expect(estimateHeight(message('hello'), 380)).toBe(64);
    expect(estimateHeight(message(''), 380)).toBe(64);
  });

  it('grows with the text, and more so in a narrow list or in Chinese', () => {
    const latin = 'a'.repeat(2000);
    const wide = estimateHeight(message(latin), 800);
    expect(wide).toBeGreaterThan(64 + 15 * 21);
    expect(estimateHeight(message(latin), 380)).toBeGreaterThan(2 * wide);
    expect(estimateHeight(message('我'.repeat(2000)), 800)).toBeGreaterThan(1.8 * wide);
  });

  it('knows of the name above what others write, and of the small system messages', () => {
    expect(estimateHeight(message('hello', { status: 'received' }), 380)).toBe(79);
    expect(estimateHeight(message('hello', { type: MessageType.system }), 380)).toBe(45);
    expect(estimateHeight(message('hello', { status: 'note' }), 380)).toBe(45);
  });

  it('is finite in a list without a width', () => {
    expect(estimateHeight(message('a'.repeat(500_000)), 0)).toBeGreaterThan(0);
    expect(Number.isFinite(estimateHeight(message('a'.repeat(500_000)), 0))).toBe(true);
  });
});
