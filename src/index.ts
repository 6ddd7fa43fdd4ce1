import './define.js';

export * from './client/index.js';
export { type MessageRenderer, type MessageTypes, messageTypes } from './components/bubbles/message-types.js';
export { ChatWindow } from './components/chat-window.js';
export { ConnectionStrip } from './components/connection-strip.js';
export { MessageBubble } from './components/message-bubble.js';
export { MessageComposer } from './components/message-composer.js';
export { MessageList } from './components/message-list.js';
export type { SentMessage } from './components/sent-message.js';
export { SessionEnded } from './components/session-ended.js';
export { StatusLight } from './components/status-light.js';
export {
  ChatDeliveryEvent,
  ChatErrorEvent,
  ChatKickoutEvent,
  ChatMessageEvent,
  ChatReadyEvent,
  ChatStatusEvent,
  ChatUnreadEvent,
  type ChatWindowEventMap,
} from './components/window-events.js';
export type { Strings } from './locales/strings.js';
export { MessageStore, type StoreChange, StoreChangeEvent } from './store/message-store.js';
