import '../define.js';
import { define } from '../components/element-names.js';
import { ChatApp } from './chat-app.js';

define('chat-app', ChatApp);

export type { AppTexts } from './texts/app-texts.js';
export { ChatApp };

declare global {
  interface HTMLElementTagNameMap {
    'chat-app': ChatApp;
  }
}
