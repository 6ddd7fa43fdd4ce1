/**
 * What is said without a port: the page asks whether the frame is there; the frame says so, and which document it is; the page offers a port. From whom it
 * comes, and of which origin that is, is looked at each time.
 */
export const HELLO = 'harmonychat-frame-1 hello';
export const HERE = 'harmonychat-frame-1 here ';
export const OFFER = 'harmonychat-frame-1 port';

/** What a page may call in a frame. */
export const CALLS = ['update', 'identify', 'logout', 'send', 'clear', 'focus', 'connect', 'disconnect'] as const;
export type Call = (typeof CALLS)[number];

/** What a page hears of a frame: the window's events without `chat-`, as data. */
export interface FrameEventMap {
  readonly ready: Record<string, never>;
  readonly message: {
    readonly id: string;
    readonly content: string;
    readonly direction: 'in' | 'out';
    readonly peerId: string;
  };
  readonly delivery: { readonly id: string; readonly status: string };
  /** `connected`, `connecting`, or why it is disconnected. */
  readonly status: { readonly name: string; readonly reason: string };
  readonly unread: { readonly peerId: string; readonly count: number; readonly total: number };
  readonly kickout: { readonly code: number };
  readonly error: { readonly name: string; readonly message: string };
}

/** From the page to the frame, through the port. */
export type ToFrame =
  | { readonly kind: 'call'; readonly id: number; readonly name: Call; readonly value: unknown }
  | { readonly kind: 'token'; readonly id: number; readonly token: string | undefined };

/** From the frame to the page. */
export type FromFrame =
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown; readonly error: string | undefined }
  | { readonly kind: 'ask-token'; readonly id: number }
  | { readonly kind: 'event'; readonly name: keyof FrameEventMap; readonly detail: FrameEventMap[keyof FrameEventMap] };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What came, if it is a message of a page; whoever sends anything else is not heard. */
export function toFrame(value: unknown): ToFrame | undefined {
  if (!isRecord(value) || typeof value['id'] !== 'number') return undefined;
  const { kind, id } = value;
  if (kind === 'token') {
    const { token } = value;
    return { kind, id, token: typeof token === 'string' ? token : undefined };
  }
  const name = CALLS.find((each) => each === value['name']);
  return kind === 'call' && name ? { kind, id, name, value: value['value'] } : undefined;
}

/** What came, if it is a message of a frame. */
export function fromFrame(value: unknown): FromFrame | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, id, name, detail, error } = value;
  if (kind === 'event' && typeof name === 'string' && isRecord(detail)) {
    return { kind, name: name as keyof FrameEventMap, detail: detail as FrameEventMap[keyof FrameEventMap] };
  }
  if (typeof id !== 'number') return undefined;
  if (kind === 'ask-token') return { kind, id };
  if (kind !== 'result') return undefined;
  return { kind, id, value: value['value'], error: typeof error === 'string' ? error : undefined };
}
