import type { ChatWindow } from '../../components/chat-window.js';
import { PARTS } from '../../components/window-parts.js';
import type { ChatLauncher } from '../chat-launcher.js';
import { make } from '../make.js';
import { WINDOW_ATTRIBUTES, WINDOW_PROPERTIES } from '../names.js';
import type { Visitor } from './visitor.js';

/** A window that is told what its launcher is. */
export function windowOf(host: ChatLauncher, visitor: Visitor, close: Node): ChatWindow {
  const chat = make('chat-window', '', close);
  chat.setAttribute('exportparts', PARTS);
  for (const name of WINDOW_ATTRIBUTES) if (host.hasAttribute(name)) passOn(host, chat, name);
  for (const name of WINDOW_PROPERTIES) if (host.told.has(name)) passOn(host, chat, name);
  if (isAnonymous(host)) chat.userId = visitor.id();
  return chat;
}

/** Tells it what has changed, if that is the window's; of a visitor whom the page does not know another chat knows another id. */
export function changeWindow(host: ChatLauncher, chat: ChatWindow, name: string, visitor: Visitor): void {
  if ([...WINDOW_ATTRIBUTES, ...WINDOW_PROPERTIES].includes(name)) passOn(host, chat, name);
  if (['user-id', 'server-url', 'app-id'].includes(name) && isAnonymous(host)) chat.userId = visitor.id();
}

function passOn(host: ChatLauncher, chat: ChatWindow, name: string): void {
  const value = host.getAttribute(name);
  if (WINDOW_PROPERTIES.includes(name)) {
    const told = host.told.get(name) ?? (name === 'strings' ? {} : undefined);
    // There are always some.
    if (told || name !== 'messageTypes') Reflect.set(chat, name, told);
  } else if (value !== null) chat.setAttribute(name, value);
  else if (name !== 'user-id' || !isAnonymous(host)) chat.removeAttribute(name);
}

function isAnonymous(host: ChatLauncher): boolean {
  return !host.hasAttribute('user-id') && !host.told.get('client');
}
