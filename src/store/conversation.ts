import type { Outgoing, SendOptions } from '../client/outgoing.js';
import type { MessageStore } from './message-store.js';

/** What a window needs of the other side: it neither knows nor asks whether a server is behind it. */
export interface Conversation {
  readonly userId: string;
  readonly peerId: string;
  readonly store: MessageStore;
  /** Whether what is kept on the device is still to come, so that nothing can be said of an empty store. */
  readonly isLoading: boolean;
  /** Settles when that has come. */
  readonly loaded?: Promise<void>;
  /** Id of the message behind which some may be missing. One that an earlier page left is heeded at the next login. */
  missing: string | undefined;
  /** Id of the first message that came while nobody looked; undefined: none did, or it was looked at elsewhere. */
  newFrom?: string | undefined;
  send(content: string, options?: Omit<SendOptions, 'to'>): Outgoing;
  retry(id: string): boolean;
  cancel(id: string): boolean;
  /**
   * Forgets an own message that failed. One to which nothing happens any more, of whomever, is deleted for this user, in all tabs
   * of the browser and on the device: it is not shown again, though the page's history gives it. The other side and the server
   * keep it, and it may come back from the page's history once the device has nothing of it: after a reload where nothing is kept,
   * or when it was let go for want of room. Returns false for a message that waits, that is deleted or unknown, and for a note.
   */
  remove(id: string): boolean;
  /** Empties the transcript. */
  clear(): void;
  /** Shows messages from before those that are shown, if there are any. Never rejects. */
  loadOlder(): Promise<void>;
  /** The same until this message is shown. Resolves to whether it is; not for ever, if it is not. */
  reach(id: string): Promise<boolean>;
  /** Asks the page's history once more for what it failed to give. */
  fillGap(): void;
  /** UTF-8 bytes of the frame that would carry this text. */
  frameBytes(content: string): number;
}
