import type { EventName } from '@lit/react';
import type { ChatWindowEventMap } from '../components/window-events.js';

/** `chat-ready` is heard by `onChatReady`. */
type Listeners = {
  [Name in keyof ChatWindowEventMap as Name extends `chat-${infer Rest}`
    ? `onChat${Capitalize<Rest>}`
    : never]: EventName<ChatWindowEventMap[Name]>;
};

/** An event's name that knows its class. */
function named<Name extends keyof ChatWindowEventMap>(name: Name): EventName<ChatWindowEventMap[Name]> {
  return name as string as EventName<ChatWindowEventMap[Name]>;
}

/** By which property a component hears which event of its element. */
export const events: Listeners = {
  onChatReady: named('chat-ready'),
  onChatMessage: named('chat-message'),
  onChatStatus: named('chat-status'),
  onChatDelivery: named('chat-delivery'),
  onChatUnread: named('chat-unread'),
  onChatResync: named('chat-resync'),
  onChatKickout: named('chat-kickout'),
  onChatError: named('chat-error'),
};
