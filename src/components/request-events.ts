// Events by which inner parts ask. They are not composed: the page sees what came of it, not the question.

/** The person wants to send a text. Cancelled if it was not taken, so that the text stays in the field. */
export class SendRequestEvent extends Event {
  constructor(readonly text: string) {
    super('send-request', { bubbles: true, cancelable: true });
  }
}

/** The person names the receiver, in a window without a fixed one. */
export class ReceiverRequestEvent extends Event {
  constructor(readonly peerId: string) {
    super('receiver-request', { bubbles: true });
  }
}

/** The person wants something done with one of their messages, or (`fill`) with a row that says that some are missing. */
export class MessageRequestEvent extends Event {
  constructor(
    readonly action: 'retry' | 'remove' | 'cancel' | 'fill',
    readonly id: string,
  ) {
    super('message-request', { bubbles: true });
  }
}

/** The person wants the connection (back): after a kick-out, a refused login, or an end. */
export class ConnectRequestEvent extends Event {
  constructor() {
    super('connect-request', { bubbles: true });
  }
}

/** A renderer of the page failed on a message, which is shown as one of an unknown type instead. */
export class RenderErrorEvent extends Event {
  constructor(readonly error: Error) {
    super('render-error', { bubbles: true });
  }
}
