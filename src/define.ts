import type { CardBubble } from './components/bubbles/card-bubble.js';
import type { FileBubble } from './components/bubbles/file-bubble.js';
import type { ImageBubble } from './components/bubbles/image-bubble.js';
import type { QuickReplies } from './components/bubbles/quick-replies.js';
import { SystemBubble } from './components/bubbles/system-bubble.js';
import { TextBubble } from './components/bubbles/text-bubble.js';
import type { UnknownBubble } from './components/bubbles/unknown-bubble.js';
import type { VoiceBubble } from './components/bubbles/voice-bubble.js';
import { ChatTitleBar } from './components/chat-title-bar.js';
import { ChatWindow } from './components/chat-window.js';
import type { ConnectionStrip } from './components/connection-strip.js';
import { define } from './components/element-names.js';
import { MessageBubble } from './components/message-bubble.js';
import { MessageComposer } from './components/message-composer.js';
import { MessageList } from './components/message-list.js';
import type { SessionEnded } from './components/session-ended.js';
import { StatusLight } from './components/status-light.js';

// Parts first, the whole last: an element that is in the page already must find its parts when it wakes.
define('text-bubble', TextBubble);
define('system-bubble', SystemBubble);
define('message-bubble', MessageBubble);
define('message-list', MessageList);
define('message-composer', MessageComposer);
define('status-light', StatusLight);
define('chat-title-bar', ChatTitleBar);
define('chat-window', ChatWindow);

declare global {
  interface HTMLElementTagNameMap {
    'text-bubble': TextBubble;
    'system-bubble': SystemBubble;
    'image-bubble': ImageBubble;
    'voice-bubble': VoiceBubble;
    'file-bubble': FileBubble;
    'quick-replies': QuickReplies;
    'card-bubble': CardBubble;
    'unknown-bubble': UnknownBubble;
    'message-bubble': MessageBubble;
    'message-list': MessageList;
    'message-composer': MessageComposer;
    'connection-strip': ConnectionStrip;
    'session-ended': SessionEnded;
    'status-light': StatusLight;
    'chat-title-bar': ChatTitleBar;
    'chat-window': ChatWindow;
  }
}
