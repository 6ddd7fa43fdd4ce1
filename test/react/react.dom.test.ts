import { act, createElement, createRef } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ChatApp as AppElement } from '../../src/app/index.js';
import * as windowEvents from '../../src/components/window-events.js';
import { ChatReadyEvent, ChatWindow as Element, MessageStore } from '../../src/index.js';
import { events } from '../../src/react/events.js';
import { ChatApp, ChatWindow } from '../../src/react/index.js';

let place: HTMLElement;
let root: ReturnType<typeof createRoot>;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
});

afterEach(async () => {
  await act(async () => root.unmount());
  place.remove();
  vi.unstubAllGlobals();
});

test('properties, attributes, the ref, and an event', async () => {
  const store = new MessageStore();
  const ref = createRef<Element>();
  const ready = vi.fn();
  const chat = (heading: string) =>
    createElement(ChatWindow, {
      ref,
      store,
      heading,
      userId: 'alice',
      peerId: 'bob',
      className: 'mine',
      onChatReady: ready,
    });
  await act(async () => root.render(chat('Shop')));
  const element = place.querySelector('chat-window');
  expect(element).toBeInstanceOf(Element);
  expect(ref.current).toBe(element);
  expect(element).toMatchObject({ store, heading: 'Shop', peerId: 'bob', className: 'mine' });
  await vi.waitFor(() => expect(ready).toHaveBeenCalledOnce());
  expect(ready.mock.calls[0]?.[0]).toBeInstanceOf(ChatReadyEvent);
  await act(async () => root.render(chat('Help')));
  expect(place.querySelector('chat-window')).toBe(element);
  expect(element?.heading).toBe('Help');
});

test('each event of the window has its property, in both components', async () => {
  // What no page ever does: they are made without what is in them.
  const all = Object.values(windowEvents).map((Event) => new (Event as unknown as new () => globalThis.Event)());
  expect(all.map(({ type }) => type).sort()).toEqual(Object.values<string>(events).sort());
  for (const [Component, type] of [
    [ChatWindow, Element],
    [ChatApp, AppElement],
  ] as const) {
    const heard = new Map(Object.keys(events).map((name) => [name, vi.fn()]));
    const listeners = Object.fromEntries(heard);
    await act(async () =>
      root.render(createElement(Component as typeof ChatWindow, { ...listeners, splash: 'off' } as object)),
    );
    const element = place.firstElementChild;
    expect(element).toBeInstanceOf(type);
    for (const listener of heard.values()) listener.mockClear();
    for (const event of all) element?.dispatchEvent(event);
    for (const [name, listener] of heard) {
      const [[{ type } = { type: '' }] = []] = listener.mock.calls;
      expect(name).toBe(
        type.replace(/(?:^|-)(\w)/g, (_: string, letter: string) => letter.toUpperCase()).replace(/^/, 'on'),
      );
    }
  }
});
