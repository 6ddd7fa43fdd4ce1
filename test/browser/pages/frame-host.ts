import { ChatFrame, type FrameEventMap, type FrameOptions } from '../../../src/embed/frame/index.js';

/** Puts a frame into the page, and what it tells into `told`. */
function open(url: string, options: Omit<FrameOptions, 'origin'>): { chat: ChatFrame; told: unknown[] } {
  const frame = Object.assign(document.createElement('iframe'), { src: url, width: '380', height: '600' });
  document.body.append(frame);
  const chat = new ChatFrame(frame, { ...options, origin: new URL(url).origin });
  const told: unknown[] = [];
  const names: (keyof FrameEventMap)[] = ['ready', 'message', 'delivery', 'unread', 'kickout', 'error'];
  for (const name of names) chat.on(name, (detail) => told.push([name, detail]));
  return { chat, told };
}

const frameHost = { ChatFrame, open };

declare global {
  interface Window {
    frameHost: typeof frameHost;
    opened: ReturnType<typeof open>;
  }
}

window.frameHost = frameHost;
