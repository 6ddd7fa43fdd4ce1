import { CdpPage } from './cdp-page.js';
import type { ChromiumProcess } from './chromium-process.js';
import { deepQuery } from './deep-query.js';

/** One message of the transcript. */
export interface TranscriptLine {
  readonly id: string;
  readonly content: string;
  readonly from: string;
  readonly status: string;
}

/** One bubble as the person sees it; `status` is the name of its mark, which only own messages have. */
export interface Bubble {
  readonly text: string;
  readonly status: string | null;
}

/** The only chat of a page, as the person in front of it uses it. */
export class CdpChat {
  constructor(readonly page: CdpPage) {}

  /** @param scripts see {@link CdpPage.open} */
  static async open(chromium: ChromiumProcess, url: string, scripts: readonly (() => void)[] = []): Promise<CdpChat> {
    return new CdpChat(await CdpPage.open(chromium, url, [deepQuery, ...scripts]));
  }

  /** Types and sends, one text after the other, and does not wait for what becomes of them. */
  async say(...texts: string[]): Promise<void> {
    for (const text of texts) {
      await this.page.evaluate(() => window.deepQuery('textarea')[0]?.focus());
      await this.page.type(text);
      await this.page.pressEnter();
    }
  }

  /** Name of the status light; empty while there is no chat. */
  light(): Promise<string> {
    return this.page.evaluate(() => window.deepQuery('[part~=light]')[0]?.getAttribute('aria-label') ?? '');
  }

  /** The bubbles in the document, from top to bottom: of a long conversation only those near the view. */
  bubbles(): Promise<Bubble[]> {
    return this.page.evaluate(() =>
      window.deepQuery('message-bubble').flatMap(({ shadowRoot }) => {
        const bubble = shadowRoot?.querySelector('[part~=bubble]');
        const status = shadowRoot?.querySelector('[part~=status]')?.getAttribute('aria-label') ?? null;
        return bubble ? [{ text: window.deepText(bubble).trim(), status }] : [];
      }),
    );
  }

  /** All messages of the conversation, however many. */
  transcript(): Promise<TranscriptLine[]> {
    return this.page.evaluate(() => {
      const messages = document.querySelector('chat-window')?.conversation?.store.messages ?? [];
      return messages
        .filter(({ status }) => status !== 'note')
        .map(({ id, content, from, status }) => ({ id, content, from, status }));
    });
  }
}
