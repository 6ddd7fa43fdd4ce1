import type { ChatMessageEvent } from '../../src/index.js';
import type { CdpPage } from '../support/cdp-page.js';

/** What a page tells as it happens, so that a crash takes nothing along. */
export interface PageNews {
  /** What may have been missed was announced. */
  resync(): void;
  /** A message of the peer was shown. */
  shown(content: string): void;
}

declare global {
  interface Window {
    /** Set by `Runtime.addBinding`. */
    tellNews(news: string): void;
  }
}

/** Runs in the page before everything else: passes the chat's events on to {@link hearNews}. */
export function tellNews(): void {
  document.addEventListener('chat-resync', () => window.tellNews('resync'));
  document.addEventListener('chat-message', (event) => {
    const { direction, message } = event as ChatMessageEvent;
    if (direction === 'in') window.tellNews(`shown ${message.content}`);
  });
}

/** Hears what the documents of a page tell from now on. */
export async function hearNews({ session }: CdpPage, news: PageNews): Promise<void> {
  session.on('Runtime.bindingCalled', ({ payload }) => {
    const text = String(payload);
    if (text === 'resync') news.resync();
    else news.shown(text.slice('shown '.length));
  });
  await session.send('Runtime.addBinding', { name: 'tellNews' });
}
