import type { SessionMemory } from '../tabs/shared-client-options.js';
import { storedMemory } from '../tabs/stored-memory.js';

/** What is kept on the device of somebody who is not known to the page. */
export interface KeptVisitor {
  /** Made up, and the visitor's only credential. */
  readonly id?: string;
  readonly consent?: boolean;
}

/** How a panel was left, for the next page of the visit. */
export interface KeptPanel {
  readonly isOpen: boolean;
  /** Whether the page said who sits there. */
  readonly isNamed: boolean;
}

/** What a launcher keeps on the device. Nothing of it is written before the first opening, nor before a consent that is required. */
export interface EmbedMemory {
  /** Until it is cleared, for all tabs. */
  readonly visitor: SessionMemory;
  /** {@link KeptPanel}, if the chat was opened on this visit. In this tab. */
  readonly visit: SessionMemory;
}

/** Of the chat that these attributes name. */
export function embedMemory(launcher: Element): EmbedMemory {
  const chat = JSON.stringify([launcher.getAttribute('server-url'), launcher.getAttribute('app-id') ?? '']);
  return {
    visitor: storedMemory(`harmonychat visitor ${chat}`, () => localStorage),
    visit: storedMemory(`harmonychat opened ${chat}`),
  };
}
