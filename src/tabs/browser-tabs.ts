import { type Candidate, Leadership, type LeadershipOwner } from './leadership.js';
import type { SessionMemory, SharedClientOptions } from './shared-client-options.js';
import type * as leases from './storage-lease.js';

type Leases = typeof leases;

let leasesHere: Leases | undefined;

/** Comes on demand: the browsers that this is made for have locks, except on insecure pages. */
export async function loadLeases(): Promise<Leases> {
  leasesHere ??= await import('./storage-lease.js');
  return leasesHere;
}

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
    const make = ({ leaseOn }: Leases) => {
      try {
        return leaseOn(name, clock, owner);
      } catch {
        return alone(owner);
      }
    };
    return leasesHere ? make(leasesHere) : late(loadLeases().then(make, () => alone(owner)));
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

/** Where the storage is refused, or what uses it does not load, nobody else can be met either. */
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

/** One that is still to come. */
function late(candidate: Promise<Candidate>): Candidate {
  const call = (what: keyof Candidate) => () => void candidate.then((it) => it[what]());
  return { start: call('start'), stop: call('stop'), heard: call('heard'), take: call('take') };
}
