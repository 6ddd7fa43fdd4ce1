import { createComponent } from '@lit/react';
import React from 'react';
import { ChatApp as Element } from '../app/index.js';
import { events } from './events.js';

/** `<chat-app>` as a component. In a file of its own: who shows only the window does not load it. */
export const ChatApp = /* @__PURE__ */ createComponent({
  react: React,
  tagName: 'chat-app',
  elementClass: Element,
  events,
});
