import { type Candidate, Leadership, type LeadershipOwner } from './leadership.js';
import type { SessionMemory, SharedClientOptions } from './shared-client-options.js';
import { type SharedText, StorageLease } from './storage-lease.js';

/**
 * How the tabs of this browser find each other.
 * @param scope tells the sessions of one origin apart: server, application and user
 */
export function browserTabs(scope: string): Pick<SharedClientOptions, 'candidate' | 'channel' | 'memory' | 'stamp'> {
  const name = `harmonychat ${scope}`;
  const { navigator, BroadcastChannel: Channel } = globalThis;
  const memory = storedMemory(name);
  // By a number, which tells nobody's name.
  const stamp = storedMemory(`harmonychat end ${numberOf(scope)}`, () => localStorage);
  const locks = navigator?.locks;
  try {
    // Refused in some browsers where cookies are.
    new Channel(name).close();
    if (locks) {
      return {
        candidate: (clock, owner) => new Leadership(name, locks, clock, owner),
        channel: () => new Channel(name),
        memory,
        stamp,
      };
    }
  } catch {
    // Not here.
  }
  const candidate: SharedClientOptions['candidate'] = (clock, owner) => {
    try {
      return new StorageLease(sharedText(name), clock, owner);
    } catch {
      return alone(owner);
    }
  };
  return { candidate, memory, stamp };
}

/** The same for the same text, and as a rule only for that. */
function numberOf(text: string): number {
  let sum = 0;
  for (const character of text) sum = (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return sum;
}

/**
 * What is remembered under a key: by this tab alone, from page to page, or by all in another storage. One that is refused or
 * full remembers nothing.
 */
export function storedMemory(key: string, storage = () => sessionStorage): SessionMemory {
  return {
    read() {
      try {
        return JSON.parse(storage().getItem(key) ?? 'null');
      } catch {
        return undefined;
      }
    },
    write(value) {
      try {
        if (value === undefined) storage().removeItem(key);
        else storage().setItem(key, JSON.stringify(value));
      } catch {
        // Then the next page begins a new session.
      }
    },
  };
}

/** Where the storage is refused nobody else can be met either. */
function alone(owner: LeadershipOwner): Candidate {
  let leads = false;
  const lead = () => {
    if (leads) return;
    leads = true;
    owner.lead();
  };
  const stop = () => {
    leads = false;
  };
  return { start: lead, take: lead, stop, heard: () => {} };
}

/** @throws where the storage is refused */
function sharedText(key: string): SharedText {
  const { localStorage } = globalThis;
  // Of this tab alone, if it cannot be written for want of room.
  let own: string | null = null;
  localStorage.getItem(key);
  return {
    read: () => localStorage.getItem(key) ?? own,
    write(text) {
      own = null;
      try {
        if (text === null) localStorage.removeItem(key);
        else localStorage.setItem(key, text);
      } catch {
        own = text;
      }
    },
    listen(changed, leave, signal) {
      // Not in Node.
      globalThis.addEventListener?.('storage', (event) => event.key === key && changed(), { signal });
      globalThis.addEventListener?.('pagehide', leave, { signal });
    },
  };
}
