import { define } from '../components/element-names.js';
import { ChatLauncher } from './chat-launcher.js';
import { defineProperties } from './launcher-properties.js';

defineProperties(ChatLauncher.prototype);
define('chat-launcher', ChatLauncher);

export type { EmbedEventMap, EmbedMethods, EmbedOptions, HarmonyChat } from './api.js';
export type { LauncherOptions } from './chat-launcher.js';
export { ChatLauncher };

declare global {
  interface HTMLElementTagNameMap {
    'chat-launcher': ChatLauncher;
  }
  interface HTMLElementEventMap {
    /** The panel of a launcher is open. */
    'chat-open': Event;
    /** It is closed. */
    'chat-close': Event;
  }
}
