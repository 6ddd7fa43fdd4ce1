import { html } from 'lit';
import type { Message } from '../../../src/client/message.js';
import { MessageList } from '../../../src/components/message-list.js';
// There from the beginning: what these tests press must not come before the keys.
import '../../../src/components/transcript/list-tools.js';
import { ListRow } from './list-row.js';

customElements.define('message-list', MessageList);
customElements.define('list-row', ListRow);

/** What one painted frame looked like; px, rounded to a tenth: half a million px down, floats are not finer. */
export interface Frame {
  /** From the list's lower edge to the last message's; `null` when that is not mounted. */
  readonly off: number | null;
  /** What is left to scroll down. */
  readonly rest: number;
  /** From the list's upper edge to the bubble asked for; `null` when that is not mounted. */
  readonly held: number | null;
  /** Whole px of the list covered by no row, of a list that has enough of them. */
  readonly blank: number;
  /** Whole px by which a row and the next are apart or overlap. */
  readonly seam: number;
  readonly mounted: number;
}

const words =
  'in the middle of the journey of our life I found myself within a dark wood 我在 where the way was lost'.split(' ');
const errors: string[] = [];
addEventListener('error', (event) => errors.push(event.message));
addEventListener('unhandledrejection', (event) => errors.push(String(event.reason)));

/** The same text for the same number: mostly short, sometimes higher than the list. */
function text(n: number, length?: number): string {
  const dice = (n * 7919 + 13) % 100;
  const short = 1 + ((n * 31) % 14);
  const count = length ?? (dice < 75 ? short : dice < 95 ? 15 + ((n * 17) % 60) : 80 + ((n * 29) % 300));
  return Array.from({ length: count }, (_, index) => words[(n + index * 7) % words.length]).join(' ');
}

function message(n: number, change: Partial<Message> = {}): Message {
  // A minute apart, and after every seventh a pause that earns the next one a time line.
  const sentAt = Date.UTC(2026, 0, 1) + n * 60_000 + Math.floor(n / 7) * 300_000;
  return { id: `m${n}`, type: 0, content: text(n), from: 'bob', to: 'alice', sentAt, status: 'received', ...change };
}

/** A message of a few words. */
function brief(n: number, change: Partial<Message> = {}): Message {
  return message(n, { content: text(n, 6), ...change });
}

function messages(from: number, count: number): Message[] {
  return Array.from({ length: count }, (_, index) => message(from + index));
}

function create(initial: readonly Message[] = []): MessageList {
  current?.remove();
  const list = document.createElement('message-list');
  list.renderMessage = (item, previous) =>
    html`<list-row data-id=${item.id} .message=${item} .previous=${previous}></list-row>`;
  list.strings = {
    listLabel: 'Messages',
    newMessages: (count) => `${count} new`,
    jumpToLatest: 'Jump to the latest message',
  };
  list.messages = initial;
  document.body.append(list);
  current = list;
  return list;
}

let current: MessageList | undefined;

function list(): MessageList {
  if (!current) throw new Error('Expected a list to have been created; there is none');
  return current;
}

function scroller(): HTMLElement {
  const found = list().renderRoot.querySelector<HTMLElement>('[role=log]');
  if (!found) throw new Error('Expected a list with role "log"; found none');
  return found;
}

function rows(): ListRow[] {
  return [...list().renderRoot.querySelectorAll('list-row')] as ListRow[];
}

function row(id: string | undefined): ListRow | undefined {
  return rows().find((found) => found.dataset['id'] === id);
}

/** After the next frame has been painted. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
  });
}

async function frames(count: number): Promise<void> {
  for (let frame = 0; frame < count; frame++) await painted();
}

function tenth(px: number): number {
  // Adding 0 makes -0 a 0.
  return Math.round(px * 10) / 10 + 0;
}

function look(heldId?: string): Frame {
  if (!list().hasUpdated) return { off: null, rest: 0, held: null, blank: 0, seam: 0, mounted: 0 };
  const view = scroller().getBoundingClientRect();
  const rects = list().rows.map((mounted) => mounted.getBoundingClientRect());
  const last = row(list().messages.at(-1)?.id)?.getBoundingClientRect();
  const held = row(heldId)?.bubble?.getBoundingClientRect();
  const top = Math.min(...rects.map((rect) => rect.top));
  const bottom = Math.max(...rects.map((rect) => rect.bottom));
  const { scrollHeight, clientHeight, scrollTop } = scroller();
  return {
    off: last ? tenth(last.bottom - view.bottom) : null,
    rest: tenth(scrollHeight - clientHeight - scrollTop),
    held: held ? tenth(held.top - view.top) : null,
    blank: scrollHeight > clientHeight ? Math.floor(Math.max(0, top - view.top, view.bottom - bottom)) : 0,
    seam: Math.max(
      0,
      ...rects.slice(1).map((rect, index) => Math.floor(Math.abs(rect.top - (rects[index]?.bottom ?? 0)))),
    ),
    mounted: rects.length,
  };
}

/** What was before the change, and then every painted frame. */
async function record(count: number, heldId?: string, change?: () => unknown): Promise<Frame[]> {
  const recorded = [look(heldId)];
  await change?.();
  for (let frame = 0; frame < count; frame++) {
    await painted();
    recorded.push(look(heldId));
  }
  return recorded;
}

/** Id of the first message whose bubble begins in view. */
function firstInView(): string {
  const { top } = scroller().getBoundingClientRect();
  const first = rows().find(
    (mounted) => (mounted.bubble?.getBoundingClientRect().top ?? Number.NEGATIVE_INFINITY) >= top,
  );
  const id = first?.dataset['id'];
  if (id === undefined) throw new Error('Expected a message to begin in view; none does');
  return id;
}

async function scrollTo(top: number): Promise<void> {
  scroller().scrollTop = top;
  await frames(20);
}

/** Makes a row higher by itself, as a late image does. */
function grow(id: string | undefined, px: number): void {
  const bubble = row(id)?.renderRoot.querySelector('p');
  if (!bubble) throw new Error(`Expected row ${id} to be mounted; it is not`);
  bubble.style.paddingBottom = `${px}px`;
}

/** All elements in and below the list, shadow roots included. */
function elementCount(root: Element | ShadowRoot = list()): number {
  const inShadow = root instanceof Element && root.shadowRoot ? elementCount(root.shadowRoot) : 0;
  return [...root.children].reduce((sum, child) => sum + 1 + elementCount(child), inShadow);
}

const listPage = {
  brief,
  create,
  elementCount,
  errors,
  firstInView,
  frames,
  grow,
  list,
  look,
  message,
  messages,
  painted,
  record,
  row,
  rows,
  scroller,
  scrollTo,
};

declare global {
  interface Window {
    listPage: typeof listPage;
  }
}

window.listPage = listPage;
