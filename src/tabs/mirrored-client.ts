import { typedEventTarget } from '../client/events.js';
import { frameSize, type Outgoing, type SendOptions } from '../client/outgoing.js';
import type { ConnectionState } from '../client/state.js';
import type { ClientStatus } from '../client/status.js';
import type { Mirror } from './mirror.js';
import type { SharedClientEventMap } from './news.js';
import type { SharedClientOptions } from './shared-client-options.js';
import type { TabOutbox } from './tab-outbox.js';

/** What a client shows and does in a tab, whoever leads. */
export abstract class MirroredClient extends typedEventTarget<SharedClientEventMap>() {
  protected abstract readonly mirror: Mirror;
  protected abstract readonly outbox: TabOutbox;
  abstract get status(): ClientStatus;

  constructor(readonly options: SharedClientOptions) {
    super();
  }

  get userId(): string {
    return this.options.userId;
  }

  get state(): ConnectionState {
    return this.mirror.state;
  }

  get drops(): ReadonlyMap<string, number> {
    return new Map(Object.entries(this.status.drops));
  }

  get pending(): number {
    return this.mirror.own.waiting.size;
  }

  send(content: string, options: SendOptions): Outgoing {
    return this.outbox.send(content, options);
  }

  frameBytes(content: string, options: SendOptions): number {
    return frameSize(content, options, this.userId);
  }

  retry(id: string): boolean {
    return this.outbox.retry(id);
  }

  cancel(id: string): boolean {
    return this.outbox.cancel(id);
  }

  remove(id: string): boolean {
    return this.outbox.remove(id);
  }

  discard(): void {
    this.outbox.discard();
  }
}
