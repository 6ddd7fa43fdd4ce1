import { ChatClient, type Message } from '../../src/client/index.js';
import { type Packet, PacketType, parsePacket } from '../../src/protocol/index.js';
import { ackOf, loggedIn, message, pong } from '../client/server-frames.js';
import { FakeClock } from '../support/fake-clock.js';
import { FakeSocket } from '../support/fake-socket.js';
import { OWN } from './hostile-json.js';
import { Prototypes } from './prototypes.js';

const states = ['connected', 'connecting', 'idle', 'closed', 'lost', 'misconfigured', 'refused', 'kicked'];
const MAX_FINGERPRINT = 128;
/** A frame each: so fast do they come. Slower, and what is kept for ten minutes would be small; faster, and all of it. */
const PACE_MS = 100;

/** What one frame brought about. */
interface Outcome {
  drops: number;
  readonly events: Event[];
  readonly acks: Packet[];
}

/**
 * A logged-in client at the mercy of a hostile server, with a message of its own under way. Throws at the first thing that
 * must not be. It keeps nothing of what has passed, so that what the memory grows by is the client's.
 */
export class FuzzWorld {
  frames = 0;
  readonly #clock = new FakeClock();
  readonly #client: ChatClient;
  readonly #prototypes = new Prototypes();
  #socket: FakeSocket | undefined;
  #own = '';
  #events: Event[] = [];

  constructor() {
    const { clock } = { clock: this.#clock };
    const made = (socket: FakeSocket): void => {
      this.#socket = socket;
      socket.onFrame = ({ type }) => type === PacketType.keepAlive && socket.deliver(pong());
    };
    class WebSocket extends FakeSocket {
      constructor(url: string) {
        super(url, clock, true);
        made(this);
      }
    }
    this.#client = new ChatClient({
      serverUrl: 'wss://im.example.com/websocket',
      userId: 'alice',
      clock,
      random: () => 0.5,
      WebSocket,
    });
    for (const type of ['state', 'login', 'close', 'message', 'delivery', 'error', 'kickout', 'pong']) {
      this.#client.addEventListener(type, (event) => this.#events.push(event));
    }
  }

  /**
   * Delivers one frame, to a logged-in client or (`early`) while the login awaits its answer, and looks what comes of it.
   * Afterwards, as before, the client is logged in.
   */
  async meet(frame: string | ArrayBuffer | Blob, early = false): Promise<void> {
    this.frames += 1;
    try {
      await this.#online();
      if (early) await this.#dialAgain();
      const data = typeof frame === 'string' ? frame.replaceAll(OWN, this.#own) : frame;
      const outcome = await this.#deliver(data);
      this.#judge(outcome, typeof data === 'string' ? parsed(data) : undefined, early);
      await this.#goesOn();
      await this.#clock.advanceAsync(PACE_MS);
    } catch (error) {
      const when = early ? 'before the login was answered' : 'after the login';
      throw new Error(`${when}, ${String(frame).slice(0, 400)}: ${(error as Error).message}`, { cause: error });
    }
  }

  async #deliver(data: string | ArrayBuffer | Blob): Promise<Outcome> {
    const socket = this.#current;
    this.#events = [];
    const writtenBefore = socket.written.length;
    const dropsBefore = this.#drops;
    socket.deliver(data);
    await this.#clock.advanceAsync(0);
    return {
      drops: this.#drops - dropsBefore,
      events: this.#events,
      acks: socket.packets.slice(writtenBefore).filter(({ type }) => type === PacketType.ack),
    };
  }

  #judge({ drops, events, acks }: Outcome, packet: Packet | undefined, early: boolean): void {
    const changed = this.#prototypes.changed();
    check(changed === undefined, `the built-in objects are as they were, but ${changed}`);
    check(states.includes(this.#state), `a named state, got ${this.#state}`);
    for (const event of events)
      if ('message' in event && event.type === 'message') checkMessage(event.message as Message);

    const isKickout = packet?.type === PacketType.kickout;
    check(isKickout === (this.#state === 'kicked'), `kicked out by a kick-out and nothing else, got ${this.#state}`);
    const mayLeave = isKickout || packet?.type === PacketType.error;
    if (!early && !mayLeave) check(this.#state === 'connected', `no other frame ends a connection, got ${this.#state}`);

    const isAnswer = packet?.type === PacketType.loginResponse && (packet.to === 'alice' || packet.to === '-1');
    const isDecided = this.#state === 'connected' || this.#state === 'refused';
    if (early) check(isAnswer || !isDecided, `only an answer to this user decides a login, got ${this.#state}`);

    const delivered = events.filter(
      (event) => event.type === 'delivery' && Reflect.get(event, 'status') === 'delivered',
    );
    const isAck = packet?.type === PacketType.ack && packet.dataContent === this.#own;
    check(delivered.length === (isAck && !early ? 1 : 0), 'delivered by its acknowledgement and nothing else');

    const shouldAck = packet !== undefined && !early && this.#owesAck(packet);
    check(
      acks.every(({ dataContent }) => dataContent === packet?.fp),
      'an acknowledgement names what came',
    );
    // A sender's id of 64 kB leaves no room for an acknowledgement.
    const isSendable = (packet?.from.length ?? 0) + (packet?.to.length ?? 0) < 10_000;
    check(
      acks.length === (shouldAck && isSendable ? 1 : 0),
      `${shouldAck ? 'one' : 'no'} acknowledgement, got ${acks.length}`,
    );

    const isCopy = packet?.type === PacketType.data && isFingerprint(packet.fp);
    check(drops <= (isSendable ? 1 : 2), `counted once, got ${drops}`);
    check(drops === 1 || events.length > 0 || acks.length > 0 || isCopy, 'what has no effect is counted as dropped');
    check(drops === 0 || events.length === 0 || !isSendable, 'what is dropped has no effect');
    check(packet !== undefined || drops === 1, 'what cannot be read is dropped');
  }

  /** I7. Also what is addressed to somebody else: the server would only send it again. */
  #owesAck({ type, fp, QoS }: Packet): boolean {
    return type === PacketType.data && QoS && isFingerprint(fp) && fp !== this.#own;
  }

  /** Whatever came: a valid message after it is announced and acknowledged. */
  async #goesOn(): Promise<void> {
    await this.#online();
    const fp = `after-${this.frames}`;
    const { events, acks } = await this.#deliver(JSON.stringify(message(fp)));
    check(
      events.some((event) => Reflect.get(event, 'message')?.id === fp),
      'a valid message is announced afterwards',
    );
    check(acks.length === 1 && acks[0]?.dataContent === fp, 'and acknowledged');
    this.#current.written.length = 0;
  }

  /** Logged in, with a message on its way. */
  async #online(): Promise<void> {
    if (this.#state !== 'connected') {
      if (this.#socket === undefined || this.#current.abandoned || this.#current.readyState !== 1) await this.#dial();
      this.#current.deliver(loggedIn());
      await this.#clock.advanceAsync(0);
    }
    check(this.#state === 'connected', `logged in by a valid answer, got ${this.#state}`);
    if (this.#client.pending > 0 && this.frames % 50 !== 0) return;
    if (this.#client.pending > 0) this.#current.deliver(ackOf(this.#own));
    this.#own = this.#client.send('on its way', { to: 'bob' }).id;
    await this.#clock.advanceAsync(0);
    check(this.#client.pending === 1, `one message under way, got ${this.#client.pending}`);
  }

  async #dialAgain(): Promise<void> {
    this.#current.serverClose(1006);
    await this.#dial();
  }

  async #dial(): Promise<void> {
    this.#client.connect();
    await this.#clock.advanceAsync(0);
    this.#current.open();
  }

  get #current(): FakeSocket {
    if (!this.#socket) throw new Error('Expected a socket, but the client made none');
    return this.#socket;
  }

  get #drops(): number {
    return [...this.#client.drops.values()].reduce((sum, count) => sum + count, 0);
  }

  get #state(): string {
    const { state } = this.#client;
    return state.name === 'disconnected' ? state.reason : state.name;
  }
}

const messageFields = {
  id: 'string',
  type: 'number',
  content: 'string',
  from: 'string',
  to: 'string',
  sentAt: 'number',
  status: 'string',
};

/** Whatever the server wrote: an announced message has its own fields, all of them, and no others. */
function checkMessage(announced: Message): void {
  check(Object.getPrototypeOf(announced) === Object.prototype, 'a message is a plain object');
  check(
    Reflect.ownKeys(announced).length === Object.keys(messageFields).length,
    'a message has its fields and no others',
  );
  for (const [name, type] of Object.entries(messageFields)) {
    check(typeof Reflect.get(announced, name) === type, `${name} is a ${type}`);
  }
  check(announced.id !== '' && announced.id.length <= MAX_FINGERPRINT, 'an id of a sensible length');
  check(announced.to === 'alice' && announced.status === 'received', 'a message to this user');
  check(Number.isSafeInteger(announced.type) && Number.isFinite(announced.sentAt), 'numbers are finite');
}

function isFingerprint(fp: string | null): boolean {
  return fp !== null && fp !== '' && fp.length <= MAX_FINGERPRINT;
}

function parsed(text: string): Packet | undefined {
  try {
    return parsePacket(text);
  } catch {
    return undefined;
  }
}

function check(isSo: boolean, expected: string): void {
  if (!isSo) throw new Error(`Expected ${expected}`);
}
