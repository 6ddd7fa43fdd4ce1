import type { DeliveryStatus } from '../client/message.js';
import type { OnDemandStrings } from './on-demand-strings.js';
import type { TimeStyle } from './time.js';

/**
 * Every text of the interface in one language. Functions take numbers and names, so that each language orders its words. Those
 * of what comes on demand are English where a language has none.
 */
export interface Strings extends Partial<OnDemandStrings> {
  /** BCP 47 tag of the language, for `lang` and for dates. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  /** How times are written. Default: as `Intl` does. */
  readonly times?: TimeStyle | undefined;
  readonly heading: string;
  readonly userId: (id: string) => string;

  readonly connected: string;
  readonly connecting: string;
  readonly disconnected: string;
  /** The strip, after 2 s without a connection. */
  readonly trouble: string;
  readonly closed: string;
  readonly connect: string;
  /** The bell that asks for the permission to show notifications. */
  readonly notify: string;

  readonly listLabel: string;
  readonly newMessages: (count: number) => string;
  readonly jumpToLatest: string;
  readonly empty: string;
  readonly chooseReceiver: string;
  readonly you: string;
  /** What a screen reader says of a message: who, then what. */
  readonly said: (who: string, what: string) => string;
  readonly systemLine: (who: string) => string;
  readonly unknownType: (type: number) => string;
  /** By type: what is read out before that which a message of it says of itself. Of other types `unknownType` is. */
  readonly kinds: Readonly<Record<number, string>>;
  readonly newFrom: (who: string) => string;

  readonly status: Readonly<Record<Exclude<DeliveryStatus, 'received'>, string>>;
  readonly notDelivered: string;
  readonly retry: string;
  readonly remove: string;
  /** Takes back a message that waits for the connection. */
  readonly cancel: string;
  /** Below a message that nobody confirms, and the button that ends the waiting. */
  readonly notReceived: string;
  readonly giveUp: string;

  readonly composerLabel: string;
  readonly placeholder: string;
  readonly send: string;
  readonly receiver: string;
  readonly nothingTyped: string;
  readonly toOneself: string;
  readonly outboxFull: string;
  /** Read out once, when the limit is crossed; the count would be read at every key. */
  readonly tooLong: string;

  readonly cannotStart: string;
  /** Lines of the client itself, by name. */
  readonly notes: Readonly<Record<string, string>>;
}
