import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onLongPress } from '../../../src/components/transcript/long-press.js';

let element: HTMLElement;
let done: string[];
let life: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  element = document.createElement('div');
  document.body.append(element);
  done = [];
  life = new AbortController();
  onLongPress(
    element,
    ({ clientX, clientY }) => (clientX < 500 ? () => done.push(`${clientX},${clientY}`) : undefined),
    life.signal,
  );
});

afterEach(() => {
  vi.useRealTimers();
  element.remove();
});

function happen(type: string, clientX = 10, clientY = 10, more: PointerEventInit = {}): Event {
  const event = new PointerEvent(type, {
    ...{ clientX, clientY, pointerType: 'touch', isPrimary: true, bubbles: true, cancelable: true },
    ...more,
  });
  element.dispatchEvent(event);
  return event;
}

it('a finger that rests for half a second asks, once', () => {
  happen('pointerdown');
  happen('pointermove', 15, 15);
  vi.advanceTimersByTime(499);
  expect(done).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(done).toEqual(['10,10']);
  vi.advanceTimersByTime(5_000);
  expect(done).toHaveLength(1);
});

it('then nothing is pressed, and the browser has no menu; the next press is one again', () => {
  happen('pointerdown');
  expect(happen('contextmenu').defaultPrevented).toBe(true);
  vi.advanceTimersByTime(500);
  happen('pointerup');
  expect(happen('click', 10, 10, { detail: 1 }).defaultPrevented).toBe(true);
  // By keys, or by whoever reads the screen.
  expect(happen('click', 10, 10, { detail: 0 }).defaultPrevented).toBe(false);
  happen('pointerdown');
  happen('pointerup');
  expect(happen('click', 10, 10, { detail: 1 }).defaultPrevented).toBe(false);
});

it.each([
  ['one that is lifted', () => happen('pointerup')],
  ['one that moves on', () => happen('pointermove', 21, 10)],
  ['one that scrolls', () => happen('pointercancel')],
  ['one under which the list scrolls', () => element.dispatchEvent(new Event('scroll'))],
  ['a second one', () => happen('pointerdown', 50, 50, { isPrimary: false })],
  ['one on a list that goes', () => life.abort()],
])('%s asks for nothing', (_, act) => {
  happen('pointerdown');
  vi.advanceTimersByTime(400);
  act();
  vi.advanceTimersByTime(1_000);
  expect(done).toEqual([]);
});

it.each([
  ['a mouse', () => happen('pointerdown', 10, 10, { pointerType: 'mouse' })],
  ['a place that means nothing', () => happen('pointerdown', 600)],
])('%s is left to the browser', (_, press) => {
  press();
  vi.advanceTimersByTime(1_000);
  expect(done).toEqual([]);
  expect(happen('contextmenu').defaultPrevented).toBe(false);
});
