import type { ComponentProps } from 'react';
import { expect, expectTypeOf, test } from 'vitest';
import type { ChatApp } from '../../src/app/index.js';
import type {
  ChatDeliveryEvent,
  ChatErrorEvent,
  ChatMessageEvent,
  ChatReadyEvent,
  ChatUnreadEvent,
  ChatWindow,
  MessageList,
} from '../../src/index.js';
import * as react from '../../src/react/index.js';

// What is tried here `npm run check` finds out.
test('elements and events are known by their names', () => {
  expectTypeOf<HTMLElementTagNameMap['chat-window']>().toEqualTypeOf<ChatWindow>();
  expectTypeOf<HTMLElementTagNameMap['chat-app']>().toEqualTypeOf<ChatApp>();
  expectTypeOf<HTMLElementTagNameMap['message-list']>().toEqualTypeOf<MessageList>();
  expectTypeOf<HTMLElementEventMap['chat-ready']>().toEqualTypeOf<ChatReadyEvent>();
  expectTypeOf<HTMLElementEventMap['chat-delivery']>().toEqualTypeOf<ChatDeliveryEvent>();
  const listen = (chat: ChatWindow) => {
    chat.addEventListener('chat-message', (event) => {
      expectTypeOf(event).toEqualTypeOf<ChatMessageEvent>();
      expectTypeOf(event.direction).toEqualTypeOf<'in' | 'out'>();
    });
    chat.addEventListener('chat-error', ({ error }) => expectTypeOf(error).toEqualTypeOf<Error>());
    // @ts-expect-error: none of the looks
    chat.look = 'modern';
  };
  expectTypeOf(listen).toBeFunction();
});

test('so are they in React', () => {
  type Props = ComponentProps<typeof react.ChatWindow>;
  expectTypeOf<Props['onChatMessage']>().toEqualTypeOf<((event: ChatMessageEvent) => void) | undefined>();
  expectTypeOf<Props['onChatUnread']>().toEqualTypeOf<((event: ChatUnreadEvent) => void) | undefined>();
  expectTypeOf<Props['onChatError']>().toEqualTypeOf<((event: ChatErrorEvent) => void) | undefined>();
  expectTypeOf<Props['theme']>().toEqualTypeOf<'light' | 'dark' | 'auto' | undefined>();
  expectTypeOf<ComponentProps<typeof react.ChatApp>['consent']>().toEqualTypeOf<'required' | 'none' | undefined>();
  expect(Object.keys(react).sort()).toEqual(['ChatApp', 'ChatWindow']);
});
