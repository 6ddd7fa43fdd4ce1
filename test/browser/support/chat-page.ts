import { expect, type Locator, type Page } from '@playwright/test';
import { type Frame, parseFrame } from '../../gateway/frames.js';
import type { RecordedEvent } from './recorded-events.js';

/** A chat as the person in front of it finds it, in English or Chinese. */
export class ChatPage {
  readonly root: Locator;
  readonly field: Locator;
  readonly send: Locator;
  readonly receiver: Locator;
  /** What stands below the text field. */
  readonly hint: Locator;
  readonly list: Locator;
  readonly bubbles: Locator;
  readonly names: Locator;
  readonly times: Locator;
  readonly light: Locator;
  readonly strip: Locator;
  /** What is said of a session that the server ended. */
  readonly panel: Locator;
  readonly useHere: Locator;
  /** What is said instead of a chat that cannot start. */
  readonly problem: Locator;
  /** Frames that the page wrote, on all its sockets. */
  readonly written: Frame[] = [];
  /** Sockets that the page opened, or tried to. */
  sockets = 0;

  constructor(
    readonly page: Page,
    root: Locator = page.locator('chat-window'),
  ) {
    this.root = root;
    this.field = root.getByRole('textbox', { name: /^(Message|聊天内容)$/ });
    this.send = root.getByRole('button', { name: /^(Send|提交)$/ });
    this.receiver = root.getByRole('textbox', { name: /^(To ID|对方ID)$/ });
    this.hint = root.locator('[part~=bytes]');
    this.list = root.getByRole('log', { name: /^(Messages|消息列表)$/ });
    this.bubbles = this.list.locator('[part~=bubble]');
    this.names = this.list.locator('[part~=name]');
    this.times = this.list.getByRole('time');
    this.light = root.locator('status-light').getByRole('img');
    this.strip = root.locator('[part~=strip]');
    this.panel = root.getByRole('alertdialog');
    this.useHere = this.panel.getByRole('button', { name: /^(Use it here|在此处使用)$/ });
    this.problem = root.getByRole('alert');
    page.on('websocket', (socket) => {
      this.sockets += 1;
      socket.on('framesent', ({ payload }) => {
        const frame = parseFrame(String(payload));
        if (frame) this.written.push(frame);
      });
    });
  }

  /** Types and sends, one text after the other. */
  async say(...texts: string[]): Promise<void> {
    for (const text of texts) {
      await this.field.fill(text);
      await this.field.press('Enter');
    }
  }

  /** What a list has beside its messages comes on demand: keys, menus, lines. */
  async toolsCame(): Promise<void> {
    await expect(this.root.locator('list-tools [role=status]')).toBeAttached({ timeout: 15_000 });
  }

  /** The row of the message that contains this text. */
  message(text: string): Locator {
    return this.list.locator('message-bubble').filter({ hasText: text });
  }

  /** The mark beside an own message; its name is the status. */
  statusOf(text: string): Locator {
    return this.message(text).locator('[part~=status]');
  }

  async events(type: RecordedEvent['type']): Promise<RecordedEvent[]> {
    const all = await this.page.evaluate(() => window.chatEvents);
    return all.filter((event) => event.type === type);
  }

  /** The statuses that an own message has had, in order. */
  async statuses(text: string): Promise<string[]> {
    const deliveries = await this.events('chat-delivery');
    return deliveries.flatMap(({ message, status }) => (message?.content === text && status ? [status] : []));
  }
}
