/** What a `chat-…` event said, as plain data; an error is its message. */
export interface RecordedEvent {
  readonly type: string;
  readonly id?: string;
  readonly status?: string;
  readonly message?: { readonly content: string; readonly from: string; readonly type: number };
  readonly direction?: 'in' | 'out';
  readonly peerId?: string;
  readonly count?: number;
  readonly total?: number;
  readonly code?: number;
  readonly detail?: string;
  readonly reason?: string;
  readonly since?: number;
  readonly error?: string;
  readonly state?: { readonly name: string; readonly reason?: string };
}

declare global {
  interface Window {
    chatEvents: RecordedEvent[];
  }
}

/** Runs in the page before everything else: keeps what the page is told in `window.chatEvents`. */
export function recordEvents(): void {
  const events: RecordedEvent[] = [];
  window.chatEvents = events;
  for (const name of ['ready', 'message', 'status', 'delivery', 'unread', 'kickout', 'error', 'resync']) {
    document.addEventListener(`chat-${name}`, (event) => {
      const error = Reflect.get(event, 'error');
      const plain = JSON.stringify({
        ...event,
        type: event.type,
        error: error instanceof Error ? error.message : error,
      });
      events.push(JSON.parse(plain));
    });
  }
}
