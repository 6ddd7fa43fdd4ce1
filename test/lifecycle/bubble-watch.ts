/** What a page tells of an own message whose bubble has been painted. */
export interface PaintedBubble {
  readonly text: string;
  /** When it had been painted, ms since 1970. */
  readonly at: number;
  /** Whether the page had heard by then that the message is in its database. */
  readonly saved: boolean;
}

declare global {
  interface Window {
    /** Set by `Runtime.addBinding`. */
    tellBubble(bubble: string): void;
    /** By the text of a message: when it was safe in the database, by `performance.now()`. */
    savedAt: Map<string, number>;
  }
}

/** Runs in the page before everything else: tells by `tellBubble` of each message that was typed when its bubble has been painted. */
export function watchBubbles(): void {
  const saved = new Map<string, number>();
  window.savedAt = saved;
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value, ...rest) {
    const request = put.call(this, value, ...rest);
    const { content } = value;
    this.transaction.addEventListener('complete', () => {
      if (!saved.has(content)) saved.set(content, performance.now());
    });
    return request;
  };

  const awaited = new Set<string>();
  const shownTexts = () => {
    const list = document.querySelector('chat-window')?.shadowRoot?.querySelector('message-list')?.shadowRoot;
    return [...(list?.querySelectorAll('message-bubble') ?? [])].map(
      ({ shadowRoot }) => shadowRoot?.querySelector('text-bubble')?.shadowRoot?.textContent ?? '',
    );
  };
  const look = () => {
    for (const text of shownTexts()) {
      if (!awaited.delete(text)) continue;
      const { port1, port2 } = new MessageChannel();
      // The first task after the frame in which it stands.
      port1.onmessage = () => {
        const at = performance.timeOrigin + performance.now();
        window.tellBubble(JSON.stringify({ text, at, saved: saved.has(text) }));
      };
      port2.postMessage(null);
    }
    if (awaited.size > 0) requestAnimationFrame(look);
  };
  window.addEventListener(
    'keydown',
    (event) => {
      const [field] = event.composedPath();
      if (event.key !== 'Enter' || !(field instanceof HTMLTextAreaElement)) return;
      awaited.add(field.value);
      if (awaited.size === 1) requestAnimationFrame(look);
    },
    true,
  );
}
