import { OnDemand } from '../client/on-demand.js';
import { type Candidate, Leadership, type LeadershipOwner } from './leadership.js';
import type { SharedClientOptions } from './shared-client-options.js';
import type { leaseOn } from './storage-lease.js';
import { storedMemory } from './stored-memory.js';

/** The browsers that this is made for have locks, except on insecure pages. */
export const leases = new OnDemand(() => import('./storage-lease.js'));

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
    const stand = ({ leaseOn: make }: { leaseOn: typeof leaseOn }) => {
      try {
        return make(name, clock, owner);
      } catch {
        return alone(owner);
      }
    };
    return leases.here ? stand(leases.here) : late(leases.load().then(stand, () => alone(owner)));
  };
  return { candidate, memory, stamp };
}

/** The same for the same text, and as a rule only for that. */
function numberOf(text: string): number {
  let sum = 0;
  for (const character of text) sum = (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return sum;
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
  const call = (what: Exclude<keyof Candidate, 'doubt' | 'sure'>) => () => void candidate.then((it) => it[what]());
  return { start: call('start'), stop: call('stop'), heard: call('heard'), take: call('take') };
}
