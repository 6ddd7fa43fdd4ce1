import type { CdpPage } from './cdp-page.js';

/** One message of the transcript. */
export interface TranscriptLine {
  readonly id: string;
  readonly content: string;
  readonly from: string;
  readonly status: string;
}

/** The only chat of a page, as the person in front of it uses it. */
export class CdpChat {
  constructor(readonly page: CdpPage) {}

  /** Whether one can type. */
  isThere(): Promise<boolean> {
    return this.page.evaluate(focusField);
  }

  /** Types and sends, one text after the other, and does not wait for what becomes of them. */
  async say(...texts: string[]): Promise<void> {
    for (const text of texts) {
      if (!(await this.page.evaluate(focusField))) throw new Error('say(): expected a chat with a text field');
      await this.page.type(text);
      await this.page.pressEnter();
    }
  }

  /** Sends as the page's own script would. */
  async send(...texts: string[]): Promise<void> {
    await this.page.evaluate((all) => {
      for (const text of all) document.querySelector('chat-window')?.send(text);
    }, texts);
  }

  /** Name of the status light; empty while there is no chat. */
  light(): Promise<string> {
    return this.page.evaluate(() => {
      const bar = document.querySelector('chat-window')?.shadowRoot?.querySelector('chat-title-bar');
      return bar?.shadowRoot?.querySelector('status-light')?.label ?? '';
    });
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

  /** Shows all there is, as whoever scrolls up to the beginning. */
  loadAll(): Promise<void> {
    return this.page.evaluate(async () => {
      const conversation = document.querySelector('chat-window')?.conversation;
      for (let size = -1; conversation && size !== conversation.store.size; ) {
        size = conversation.store.size;
        await conversation.loadOlder();
      }
    });
  }

  /** Own messages: texts and statuses, in the order of the transcript. */
  async own(user: string): Promise<string[]> {
    const lines = await this.transcript();
    return lines.filter(({ from }) => from === user).map(({ content, status }) => `${content}: ${status}`);
  }

  /** What the other side wrote, in the order of the transcript. */
  async received(): Promise<string[]> {
    const lines = await this.transcript();
    return lines.filter(({ status }) => status === 'received').map(({ content }) => content);
  }
}

/** Runs in the page. Returns whether there is a field. */
function focusField(): boolean {
  const chat = document.querySelector('chat-window')?.shadowRoot;
  const field = chat?.querySelector('message-composer')?.shadowRoot?.querySelector('textarea');
  field?.focus();
  return field !== null && field !== undefined;
}
