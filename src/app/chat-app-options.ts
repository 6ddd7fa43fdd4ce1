import { property } from 'lit/decorators.js';
import { ChatWindowOptions } from '../components/chat-window-options.js';
import type { AppTexts } from './texts/app-texts.js';

/** What a `<chat-app>` is told beside that which it passes on to its window. */
export class ChatAppOptions extends ChatWindowOptions {
  /** The name on the screens before the chat. Default: the heading, or "Chat". */
  @property({ attribute: 'app-name' }) appName = '';
  /** Address of a picture for them. Default: that of this package. */
  @property() logo = '';
  /** `required`: nothing connects, and nothing is stored, before somebody has agreed; `none`, the default. */
  @property({ converter: (value) => value ?? 'none' }) consent: 'required' | 'none' = 'none';
  /** `on`, the default: begins with logo and name, for 1.2 s or until a press; `off`. */
  @property({ converter: (value) => value ?? 'on' }) splash: 'on' | 'off' = 'on';
  /** Replaces single texts of these screens, such as `accountHint`; those of the chat are `strings`. Default: none. */
  @property({ attribute: false }) texts: Partial<AppTexts> = {};
}
