// The entry of the one-file build. A page without a bundler finds here what it may want to make itself; the elements need no name.
// The order is for gzip, which sees 32 kB back: what is alike stands close together.
import './components/list/chat-layout.js';
import './components/message-bubble.styles.js';
import './components/chat-window.styles.js';
import './components/message-composer.styles.js';
import './components/message-list.js';
import './components/window-events.js';
import './components/element-names.js';
import './components/message-composer.js';
import './components/message-bubble.js';
import './components/bubbles/system-bubble.js';
import './components/status-light.js';
import './define.js';

export { ChatClient } from './client/chat-client.js';
export { messageTypes } from './components/bubbles/message-types.js';
export { MessageStore } from './store/message-store.js';
