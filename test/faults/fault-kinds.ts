import type { Direction, Ending } from './lane.js';
import { between, oneOf } from './seeded.js';

/** What chance decides of a fault. A kind uses what it needs. */
export interface FaultTerms {
  /** How long it lasts, ms. 0: a moment. */
  readonly forMs: number;
  readonly direction: Direction | 'both';
  /** Which connections it is for. */
  readonly scope: 'existing' | 'all';
  /** What becomes of bytes that were kept back. */
  readonly kept: 'pass' | 'drop';
  readonly ending: Ending;
  /** Bytes before a cut; messages typed into a queue; the rate. */
  readonly amount: number;
  /** Close code of the server. */
  readonly code: number;
  /** Messages that its user, and the other side, type at that moment. */
  readonly burst: number;
  readonly peerBurst: number;
}

export interface FaultKind {
  readonly says: string;
  draw(random: () => number): Partial<FaultTerms>;
}

const DEFAULT: FaultTerms = {
  forMs: 0,
  direction: 'both',
  scope: 'all',
  kept: 'pass',
  ending: 'reset',
  amount: 0,
  code: 1006,
  burst: 4,
  peerBurst: 4,
};

/** The faults of a run; the letters and numbers are those of the catalogue of faults. */
export const FAULT_KINDS = {
  'N1 refused': {
    says: 'reset, and the port is closed for 0-5 s',
    draw: (random) => ({ forMs: between(random, 0, 5_000) }),
  },
  'N2 connect into a black hole': {
    says: 'reset; new connections are accepted and hear nothing for 3-9 s',
    draw: (random) => ({ forMs: between(random, 3_000, 9_000) }),
  },
  'N3 reset': { says: 'connection reset', draw: () => ({}) },
  'N3 half close': {
    says: 'one direction is ended in order',
    draw: (random) => ({ direction: oneOf(random, ['up', 'down']) }),
  },
  'N4 half-open': {
    says: 'the connection is dead and nobody is told; a new one is whole',
    draw: (random) => ({ forMs: between(random, 9_000, 11_000), scope: 'existing', kept: 'drop' }),
  },
  'N4 stall': {
    says: 'nothing passes for 1, 3 or 7 s, then all of it',
    draw: (random) => ({ forMs: oneOf(random, [1_000, 3_000, 7_000]) }),
  },
  'N5 up lost': {
    says: 'nothing gets to the server for 3-10 s; it is late, or lost with the connection',
    draw: (random) => oneWay(random, 'up'),
  },
  'N6 down lost': {
    says: 'nothing comes from the server for 3-10 s; it is late, or lost with the connection',
    draw: (random) => oneWay(random, 'down'),
  },
  'N7 latency': {
    says: 'round trips of 2 s, 1.5 s more or less, for 8 s',
    draw: () => ({ forMs: 8_000 }),
  },
  'N8 bandwidth': {
    says: '2 kB/s for 7 s, and a message of 6 kB',
    draw: () => ({ forMs: 7_000, amount: 2_000 }),
  },
  'N9 slices': {
    says: 'TCP segments of 1 byte for 4 s',
    draw: () => ({ forMs: 4_000, amount: 1 }),
  },
  'N10 cut': {
    says: 'cut after 1-1,500 bytes',
    draw: (random) => ({
      amount: between(random, 1, 1_500),
      direction: oneOf(random, ['up', 'down', 'both']),
      ending: oneOf(random, ['end', 'reset']),
    }),
  },
  'N11 flapping': {
    says: '300 ms up, 300 ms down, for 4-8 s',
    draw: (random) => ({ forMs: between(random, 4_000, 8_000), amount: 300 }),
  },
  'V11 restart': {
    says: 'the server is down for 5 s',
    draw: () => ({ forMs: 5_000 }),
  },
  'V17 closed amid a queue': {
    says: 'the server closes while 40-120 messages that waited are being sent',
    draw: (random) => ({
      forMs: between(random, 500, 1_500),
      amount: between(random, 40, 120),
      code: oneOf(random, [1000, 1001, 1012]),
      burst: 0,
    }),
  },
} as const satisfies Record<string, FaultKind>;

export type FaultKindName = keyof typeof FAULT_KINDS;

/** Their names, in the order of the catalogue. */
export const FAULT_NAMES = Object.keys(FAULT_KINDS) as readonly FaultKindName[];

export function drawTerms(kind: FaultKindName, random: () => number): FaultTerms {
  return { ...DEFAULT, ...FAULT_KINDS[kind].draw(random) };
}

function oneWay(random: () => number, direction: Direction): Partial<FaultTerms> {
  return {
    direction,
    forMs: between(random, 3_000, 10_000),
    scope: oneOf(random, ['existing', 'all']),
    kept: oneOf(random, ['pass', 'drop']),
  };
}
