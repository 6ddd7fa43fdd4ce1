import { type Message, MessageType } from '../client/message.js';

/** What is asked of the application's own history. */
export interface HistoryRequest {
  readonly userId: string;
  readonly peerId: string;
  /** Wanted is what came after this message, the oldest `limit` of it. Undefined where nothing is known yet. */
  readonly after: Message | undefined;
  /** Instead of `after`: what came at this time (ms since 1970) or later. Undefined too: the newest `limit`. */
  readonly since: number | undefined;
  /**
   * Instead of both: wanted is what came before this message, the newest `limit` of it; fewer are the beginning of the
   * conversation. An implementation that does not know this field answers with the newest messages: those that are known are
   * left out, and an answer without any other counts as the beginning.
   */
  readonly before: Message | undefined;
  readonly limit: number;
  /** Aborted when the answer is not wanted any more, and after 10 s. */
  readonly signal: AbortSignal;
}

/** A message as the application's history has it. */
export interface HistoryMessage {
  /** The message's fingerprint on the wire, by which what is known already is recognised. */
  readonly id: string;
  readonly type: number;
  readonly content: string;
  readonly from: string;
  /** Ms since 1970. */
  readonly sentAt: number;
}

/** How many messages are asked for at a time. */
export const PAGE = 50;

/** Whether the history must know this message too. */
export function isCommon({ status }: Message): boolean {
  return status === 'received' || status === 'delivered';
}

/** Loads messages of a conversation, oldest first. What it throws or rejects with is told as a failure, with retry. */
export type LoadHistory = (request: HistoryRequest) => readonly HistoryMessage[] | Promise<readonly HistoryMessage[]>;

/** An answer of the page, checked: what is no message of these two is left out. */
export function checkHistory(answer: unknown, userId: string, peerId: string): Message[] {
  if (!Array.isArray(answer))
    throw new TypeError(`loadHistory: expected an array, got a value of type ${typeof answer}`);
  return answer.flatMap((entry: Partial<HistoryMessage> | null): Message[] => {
    const { id, type, content, from, sentAt } = entry ?? {};
    if (typeof id !== 'string' || id === '' || typeof content !== 'string') return [];
    if (!Number.isInteger(type) || !Number.isFinite(sentAt) || (from !== userId && from !== peerId)) return [];
    const own = from === userId;
    return [
      {
        id,
        type: type ?? MessageType.text,
        content,
        from,
        to: own ? peerId : userId,
        sentAt: sentAt ?? 0,
        status: own ? 'delivered' : 'received',
      },
    ];
  });
}
