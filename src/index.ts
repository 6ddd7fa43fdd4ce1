import './define.js';

export * from './client/index.js';
export {
  type BubbleSurroundings,
  type MessageRenderer,
  type MessageTypes,
  messageTypes,
} from './components/bubbles/message-types.js';
export { ChatTitleBar } from './components/chat-title-bar.js';
export { ChatWindow } from './components/chat-window.js';
export { ConnectionStrip } from './components/connection-strip.js';
export { EdgeReachedEvent } from './components/list/edge-reached-event.js';
export { type BubbleContext, MessageBubble } from './components/message-bubble.js';
export { MessageComposer } from './components/message-composer.js';
export { MessageList, type MessageListStrings } from './components/message-list.js';
export {
  ConnectRequestEvent,
  MessageRequestEvent,
  ReceiverRequestEvent,
  RenderErrorEvent,
  SendRequestEvent,
} from './components/request-events.js';
export type { SentMessage } from './components/sent-message.js';
export { SessionEnded } from './components/session-ended.js';
export { StatusLight } from './components/status-light.js';
export {
  ChatDeliveryEvent,
  ChatErrorEvent,
  ChatKickoutEvent,
  ChatMessageEvent,
  ChatReadyEvent,
  ChatResyncEvent,
  ChatStatusEvent,
  ChatUnreadEvent,
  type ChatWindowEventMap,
} from './components/window-events.js';
export * from './embed/index.js';
export { en } from './locales/en.js';
export type { Strings } from './locales/strings.js';
export { strings as zhCN } from './locales/zh-CN.js';
export type { Conversation } from './store/conversation.js';
export type { HistoryMessage, HistoryRequest, LoadHistory } from './store/history.js';
export { MessageStore, type StoreChange, StoreChangeEvent } from './store/message-store.js';
