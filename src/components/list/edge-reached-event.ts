/** The reader nears the oldest message: a good moment to load what came before. At most once per change of the messages. */
export class EdgeReachedEvent extends Event {
  static readonly type = 'edge-reached';

  constructor() {
    super(EdgeReachedEvent.type, { bubbles: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'edge-reached': EdgeReachedEvent;
  }
}
