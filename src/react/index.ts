import { createComponent } from '@lit/react';
import React from 'react';
import { ChatWindow as Element } from '../index.js';
import { events } from './events.js';

/**
 * `<chat-window>` as a component: its properties are those of the element, `onChatReady` to `onChatError` hear its events, and
 * its `ref` is the element, with all methods.
 */
export const ChatWindow = /* @__PURE__ */ createComponent({
  react: React,
  tagName: 'chat-window',
  elementClass: Element,
  events,
});

export { ChatApp } from './chat-app.js';
