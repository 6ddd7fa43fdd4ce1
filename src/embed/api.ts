import type { SentMessage } from '../components/sent-message.js';
import type { ChatWindowEventMap } from '../components/window-events.js';
import type { LauncherOptions } from './chat-launcher.js';

/** What happens to a chat that was embedded by the script tag: the window's events without `chat-`, and two of the panel. */
export type EmbedEventMap = {
  [Name in keyof ChatWindowEventMap as Name extends `chat-${infer Short}` ? Short : never]: ChatWindowEventMap[Name];
} & { open: Event; close: Event };

type Listener<Name extends keyof EmbedEventMap> = (event: EmbedEventMap[Name]) => void;

/** What `update` takes: properties of `<chat-launcher>` by their names. Undefined takes one away. */
export interface EmbedOptions extends LauncherOptions {
  readonly position?: 'right' | 'left' | undefined;
  readonly consent?: 'required' | 'none' | undefined;
}

/** The methods of `HarmonyChat()`, by name. Each call gives a promise; one that nobody waits for never reaches the page as an error. */
export interface EmbedMethods {
  /** Opens the panel. */
  open(): void;
  /** Closes it; the chat stays connected. */
  close(): void;
  toggle(): void;
  /** Shows the launcher again. */
  show(): void;
  /** Hides it, with the panel. The chat stays connected. */
  hide(): void;
  /** Who sits there; asked for a token at each login. Logs nobody in who does not chat. */
  identify(who: { userId: string; getToken?: () => string | Promise<string> }): void;
  /** Ends the session, in all tabs. `wipe`: and forgets all that is kept of it on the device. */
  logout(options?: { wipe?: boolean }): void;
  /** Sends a text in the visitor's name. */
  send(text: string): SentMessage;
  /** Calls back at each such event; `ready` also if it was before. */
  on<Name extends keyof EmbedEventMap>(event: Name, listener: Listener<Name>): void;
  /** Does so no more. */
  off<Name extends keyof EmbedEventMap>(event: Name, listener: Listener<Name>): void;
  /** Changes options. */
  update(options: EmbedOptions): void;
  /** The visitor agrees, or withdraws: then what is kept of them is forgotten. */
  consent(isGiven: boolean): void;
  /** Takes everything away: the launcher, the connection, `HarmonyChat` itself. */
  destroy(): void;
}

/** `window.HarmonyChat` */
export interface HarmonyChat {
  <Name extends keyof EmbedEventMap>(
    method: 'on' | 'off',
    event: Name,
    listener: (event: EmbedEventMap[Name]) => void,
  ): Promise<void>;
  <Name extends Exclude<keyof EmbedMethods, 'on' | 'off'>>(
    method: Name,
    ...args: Parameters<EmbedMethods[Name]>
  ): Promise<ReturnType<EmbedMethods[Name]>>;
}

declare global {
  interface Window {
    HarmonyChat?: HarmonyChat;
  }
}
