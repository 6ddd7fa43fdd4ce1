import { type Candidate, Leadership, type LeadershipOwner } from './leadership.js';
import type { SessionMemory, SharedClientOptions } from './shared-client-options.js';

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
  const load = () => import('./storage-lease.js');
  const candidate: SharedClientOptions['candidate'] = (clock, owner) =>
    onDemand(
      load().then(({ leaseOrAlone }) => leaseOrAlone(name, clock, owner)),
      owner,
    );
  return { candidate, memory, stamp };
}

/** A candidate that comes on demand, and then does what it was told last. Where it cannot be loaded, nobody can be met. */
function onDemand(loading: Promise<Candidate>, owner: LeadershipOwner): Candidate {
  let candidate: Candidate | undefined;
  let told: 'start' | 'take' | 'stop' = 'stop';
  const tell = (what: typeof told) => () => {
    told = what;
    candidate?.[what]();
  };
  const lead = () => owner.lead();
  loading
    .catch(() => ({ start: lead, take: lead, stop: () => {}, heard: () => {} }))
    .then((loaded) => {
      candidate = loaded;
      loaded[told]();
    });
  return { start: tell('start'), take: tell('take'), stop: tell('stop'), heard: () => candidate?.heard() };
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
