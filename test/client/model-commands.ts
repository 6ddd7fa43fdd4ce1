import fc from 'fast-check';
import type { PageSignal } from '../../src/client/index.js';
import type { StorageTrouble } from '../support/fake-device.js';
import { World } from './model-world.js';
import { kickedOut, loggedIn, serverError } from './server-frames.js';

type Turn = (world: World, n: number) => unknown;

class Command implements fc.AsyncCommand<object, World> {
  constructor(
    readonly name: string,
    readonly turn: Turn,
    readonly n: number,
  ) {}
  check = () => true;
  async run(_: object, world: World): Promise<void> {
    await this.turn(world, this.n);
    await world.scene.settle();
    world.check();
  }
  toString = () => `${this.name}(${this.n})`;
}

const command = (name: string, turn: Turn, max = 0) =>
  fc.integer({ min: 0, max }).map((n) => new Command(name, turn, n));

const CLOSE_CODES = [1000, 1001, 1006, 1009, 1012, 4000];
const HOSTILE = ['', '{', '[]', '{"type":2}', '{"type":4}', '{"type":50}', '{"type":52}', '{"type":77}', '\0'];

const SIGNALS: PageSignal[] = ['online', 'offline', 'visible', 'frozen', 'resumed'];
const TROUBLES: StorageTrouble[] = [undefined, undefined, 'hangs', 'fails'];
/** What a listener may do in the midst of an event. */
const REACTIONS: ((world: World) => unknown)[] = [
  (world) => world.send(true),
  (world) => world.connect(),
  (world) => world.disconnect(),
  (world) => world.retry(3),
  ({ scene, typed }) => scene.client.cancel(typed.at(-1) ?? ''),
  ({ scene, typed }) => scene.client.remove(typed[0] ?? ''),
  ({ scene }) => scene.client.nudge(),
  ({ page }) => page.tell('frozen'),
];

const serve = command(
  'serve',
  async (world, n) => {
    for (let step = 0; step <= n; step++) {
      world.serve(world.socket);
      await world.scene.settle();
    }
  },
  5,
);

/** What may happen next, each as likely as the number of times it stands here. */
const turns = [
  serve,
  serve,
  serve,
  command('connect', (world) => world.connect()),
  command('send', (world) => world.send(true)),
  command('send', (world) => world.send(true)),
  command('send without QoS', (world) => world.send(false)),
  command('advance', (world, n) => world.scene.clock.advanceAsync(n), 2_000),
  command('advance far', (world, n) => world.scene.clock.advanceAsync(n), 30_000),
  command('lose a frame', (world) => world.lose()),
  command('receive', (world, n) => world.receive(n), 3),
  command('close', ({ socket }, n) => socket?.serverClose(CLOSE_CODES[n]), CLOSE_CODES.length - 1),
  command('start closing', ({ socket }) => socket?.readyState === 1 && socket.startClosing()),
  command('go dead', ({ socket }) => {
    if (!socket) return;
    socket.dead = true;
    socket.closing = 'never';
  }),
  command(
    'late words of an old socket',
    async (world, n) => {
      const old = world.scene.sockets.at(-2 - n);
      if (!old?.abandoned) return;
      old.dead = false;
      world.serve(old);
      await world.scene.settle();
      old.deliver(kickedOut(1));
      old.serverClose(1006);
    },
    2,
  ),
  command('kick', (world) => world.kick()),
  command('refuse', (world) => world.refuse()),
  command('log in again', ({ socket }) => socket?.deliver(loggedIn())),
  command('forget the session', ({ socket }) => socket?.deliver(serverError(301))),
  command('hostile frame', ({ socket }, n) => socket?.deliver(HOSTILE[n] ?? ''), HOSTILE.length - 1),
  command('disconnect', (world) => world.disconnect()),
  command('retry', (world, n) => world.retry(n), 9),
  command('cancel', (world, n) => world.scene.client.cancel(world.id(n)), 9),
  command('remove', (world, n) => world.scene.client.remove(world.id(n)), 9),
  command('page', ({ page }, n) => page.tell(SIGNALS[n] ?? 'online'), SIGNALS.length - 1),
  command('nudge', ({ scene }) => scene.client.nudge()),
  command('reload', (world) => world.reload()),
  command('storage: reading', (world, n) => world.trouble('claiming', TROUBLES[n]), TROUBLES.length - 1),
  command('storage: writing', (world, n) => world.trouble('putting', TROUBLES[n]), TROUBLES.length - 1),
  command('clear the site’s data', (world) => world.wipe()),
  command(
    'stuff the socket',
    ({ socket }, n) => {
      if (socket) socket.bufferedAmount = n * 150_000;
    },
    2,
  ),
  command('advance by minutes', (world, n) => world.scene.clock.advanceAsync(n), 150_000),
  command(
    'react to the next event (I20)',
    (world, n) => {
      world.reaction = () => REACTIONS[n]?.(world);
    },
    REACTIONS.length - 1,
  ),
  command('jump the wall clock', ({ scene }, n) => scene.clock.jumpWall((n - 1) * 86_400_000), 2),
];

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** Commands, the random numbers that the client draws, and whether its sockets heed an abort signal. */
export const histories = fc.tuple(
  fc.commands(turns, { maxCommands: 100, size: 'max' }),
  fc.array(chance, { minLength: 1, maxLength: 5 }),
  fc.boolean(),
);

export type History = typeof histories extends fc.Arbitrary<infer T> ? T : never;

/** Lets one history happen, and checks the world after each turn of it. */
export async function play([list, randoms, heedsSignal]: History): Promise<World> {
  const world = new World(randoms, heedsSignal);
  // Most histories begin with a session: it takes luck to get one by chance.
  world.connect();
  await fc.asyncModelRun(() => ({ model: {}, real: world }), list);
  await world.heal();
  return world;
}
