import fc from 'fast-check';
import { TabsWorld } from './tabs-world.js';

type Turn = (world: TabsWorld, n: number) => unknown;

class Command implements fc.AsyncCommand<object, TabsWorld> {
  constructor(
    readonly name: string,
    readonly turn: Turn,
    readonly n: number,
  ) {}
  check = () => true;
  async run(_: object, world: TabsWorld): Promise<void> {
    await this.turn(world, this.n);
    await world.check();
  }
  toString = () => `${this.name}(${this.n})`;
}

const command = (name: string, turn: Turn, max = 2) =>
  fc.integer({ min: 0, max }).map((n) => new Command(name, turn, n));

const open = command('open', (world, n) => world.open(n));
const send = command('send', (world, n) => world.send(n));
const soon = command('advance', (world, n) => world.advance(n), 1_000);

/** What may happen next, each as likely as the number of times it stands here. */
const turns = [
  ...[open, open, send, send, send, soon, soon],
  command('close', (world, n) => world.go(n, 'close')),
  command('crash', (world, n) => world.go(n, 'crash')),
  command('navigate', (world, n) => world.navigate(n)),
  command('freeze', (world, n) => world.freeze(n)),
  command('hang', (world, n) => world.hang(n)),
  command('go on', (world, n) => world.goOn(n)),
  command('go on', (world, n) => world.goOn(n)),
  command('hide', (world, n) => world.show(n, false)),
  command('show', (world, n) => world.show(n, true)),
  command('receive', (world) => world.receive()),
  command('receive', (world) => world.receive()),
  command('cut the line', ({ browser }) => browser.gateway.faults.cut('alice')),
  command('half-open', ({ browser }) => browser.gateway.faults.halfOpen('alice')),
  command('kick', ({ browser }) => browser.gateway.kick('alice', 1)),
  command('connect', (world, n) => world.connect(n)),
  command('disconnect', (world, n) => world.running(n)?.client.disconnect()),
  command('leave', (world, n) => world.running(n)?.client.leave()),
  command('join', (world, n) => world.join(n)),
  command('advance far', (world, n) => world.advance(n), 15_000),
];

/** Commands, and whether the device keeps what happens. */
export const histories = fc.tuple(fc.commands(turns, { maxCommands: 40, size: 'max' }), fc.boolean());

export type History = typeof histories extends fc.Arbitrary<infer T> ? T : never;

/** Lets one history happen. Most begin with two tabs: it takes luck to get them by chance. */
export async function play([list, hasKeeper]: History): Promise<void> {
  const world = new TabsWorld(hasKeeper);
  world.open(0);
  world.open(1);
  await fc.asyncModelRun(() => ({ model: {}, real: world }), list);
  await world.heal();
}
