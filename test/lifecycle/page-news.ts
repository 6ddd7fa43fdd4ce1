import type { ChatMessageEvent, ChatResyncEvent } from '../../src/index.js';
import type { CdpPage } from '../support/cdp-page.js';

/** What a page tells as it happens, so that a crash takes nothing along. */
export interface PageNews {
  /** It was announced that messages since then (ms since 1970; undefined: ever) may be missing. */
  resync(since: number | undefined): void;
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
  document.addEventListener('chat-resync', (event) => {
    window.tellNews(JSON.stringify({ since: (event as ChatResyncEvent).since }));
  });
  document.addEventListener('chat-message', (event) => {
    const { direction, message } = event as ChatMessageEvent;
    if (direction === 'in') window.tellNews(JSON.stringify({ shown: message.content }));
  });
}

/** Hears what the documents of a page tell from now on. */
export async function hearNews({ session }: CdpPage, news: PageNews): Promise<void> {
  session.on('Runtime.bindingCalled', ({ payload }) => {
    const { since, shown }: { since?: number; shown?: string } = JSON.parse(String(payload));
    if (shown === undefined) news.resync(since);
    else news.shown(shown);
  });
  await session.send('Runtime.addBinding', { name: 'tellNews' });
}
