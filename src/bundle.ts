// The entry of the one-file build. A page without a bundler finds here what it may want to make itself; the elements need no name.
// The order is for gzip, which sees 32 kB back: what is alike stands close together.
import './components/list/chat-layout.js';
import 'lit';
import 'lit/decorators.js';
import '@lit-labs/virtualizer/virtualize.js';
import './components/theme.js';
import './components/message-bubble.styles.js';
import './components/message-composer.styles.js';
import './components/chat-window.styles.js';
import './components/list/message-list.styles.js';
import './components/connection-strip.js';
import './components/session-ended.js';
import './components/chat-title-bar.js';
import './components/status-light.js';
import './components/bubbles/system-bubble.js';
import './components/bubbles/unknown-bubble.js';
import './client/outbox.js';
import './client/link.js';
import './define.js';

export { ChatClient } from './client/chat-client.js';
export { messageTypes } from './components/bubbles/message-types.js';
export { MessageStore } from './store/message-store.js';
