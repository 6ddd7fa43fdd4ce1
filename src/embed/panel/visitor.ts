import { newId } from '../../client/new-id.js';
import { embedMemory, type KeptPanel, type KeptVisitor } from '../embed-memory.js';

/** Who sits before a launcher, as far as the device knows and they have agreed to be known. */
export class Visitor {
  /** @param host a launcher, or a window; its attributes say what may be kept */
  constructor(readonly host: Element & { readonly hasAgreed?: boolean | undefined }) {}

  /** Whether the chat may be had, as far as they are concerned. */
  get hasConsent(): boolean {
    // What is misspelt asks for it.
    const isAsked = (this.host.getAttribute('consent') ?? 'none') !== 'none';
    return this.host.hasAgreed ?? (!isAsked || this.#kept.consent === true);
  }

  /** Whether anything may be kept on the device. */
  get keeps(): boolean {
    return this.host.getAttribute('history') !== 'none';
  }

  /** How the panel was left on this visit; undefined: the chat was never opened. */
  get lastPanel(): KeptPanel | undefined {
    return embedMemory(this.host).visit.read() as KeptPanel | undefined;
  }

  /** Whether an earlier page of this visit knew them by name, which this one has not told yet: it may have to ask its server. */
  get isAwaited(): boolean {
    return this.lastPanel?.isNamed === true && !this.host.hasAttribute('user-id');
  }

  /** Whether there is an id of theirs, the page's or one that was made. */
  get isKnown(): boolean {
    return Boolean(this.host.hasAttribute('user-id') || this.#kept.id);
  }

  get #kept(): KeptVisitor {
    return Object(embedMemory(this.host).visitor.read()) as KeptVisitor;
  }

  /** The id of somebody whom the page does not know; made at the first call. It is their only credential. */
  id(): string {
    const { id: known } = this.#kept;
    if (typeof known === 'string' && known.length > 30) return known;
    const id = `visitor-${newId()}`;
    this.#keep({ id });
    return id;
  }

  keepPanel(isOpen: boolean): void {
    const panel: KeptPanel = { isOpen, isNamed: this.host.hasAttribute('user-id') };
    if (this.keeps && this.hasConsent) embedMemory(this.host).visit.write(panel);
  }

  /** There is no chat on this visit any more, unless somebody opens one. */
  forgetPanel(): void {
    embedMemory(this.host).visit.write(undefined);
  }

  agree(): void {
    this.#keep({ consent: true });
  }

  /** The next one is somebody else. That whoever sits here agreed is kept, unless they do so no more. */
  forget(): void {
    const { visitor } = embedMemory(this.host);
    const { consent, id } = this.#kept;
    const user = this.host.getAttribute('user-id') ?? id;
    if (user) forgetVisit([this.host.getAttribute('server-url') ?? '', this.host.getAttribute('app-id') ?? '', user]);
    visitor.write(consent && this.host.hasAgreed !== false ? { consent } : undefined);
    this.forgetPanel();
  }

  #keep(more: KeptVisitor): void {
    if (this.keeps) embedMemory(this.host).visitor.write({ ...this.#kept, ...more });
  }
}

/** What this tab knows of a user's visit. The session forgets it once its tab leads, for which nobody waits who goes at once. */
function forgetVisit(session: readonly string[]): void {
  const name = JSON.stringify(session);
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith('harmonychat ') && key.endsWith(` ${name}`)) sessionStorage.removeItem(key);
    }
  } catch {
    // Where nothing may be kept, nothing is.
  }
}
