import type { ReactiveController } from 'lit';
import type { MessageComposer } from './message-composer.js';
import { type ViewHost, viewKey } from './view-key.js';
import type { Views } from './views.js';

/**
 * Loads what keeps drafts and places, with the first conversation. Until it is there, and where it cannot be loaded, nothing
 * is kept, and what was typed for one person is not left standing for another.
 */
export class ViewKeeper implements ReactiveController {
  #views: Views | undefined;
  #loading: Promise<void> | undefined;
  #scope = '';
  #key = '';
  /** Whose views were to be forgotten meanwhile. */
  readonly #forgotten: string[] = [];

  constructor(readonly host: ViewHost) {
    host.addController(this);
  }

  /** Before another conversation is drawn: what is there still belongs to the one before. */
  hostUpdate(): void {
    if (this.#views) return;
    const [scope, key] = viewKey(this.host);
    if (key === this.#key) return;
    if (key) this.#load();
    if (this.#key) this.#clear();
    this.#scope = scope;
    this.#key = key;
  }

  /** Forgets all of this user, what stands in the field included. */
  forget(): void {
    this.#clear();
    if (this.#views) this.#views.forget();
    else if (this.#key) this.#forgotten.push(this.#scope);
    this.#key = '';
  }

  #clear(): void {
    const composer = this.host.renderRoot?.querySelector<MessageComposer>('message-composer');
    if (composer) composer.value = '';
  }

  #load(): void {
    this.#loading ??= import('./views.js').then(
      ({ Views }) => {
        this.#views = new Views(this.host, this.#key, this.#forgotten);
      },
      // The next conversation tries again.
      () => {
        this.#loading = undefined;
      },
    );
  }
}
