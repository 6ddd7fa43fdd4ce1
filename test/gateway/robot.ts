import { type Clock, instant } from './clock.js';
import type { Frame } from './frames.js';
import type { Login } from './login.js';
import { RecentIds } from './recent-ids.js';
import { type Answer, answersTo, greeting, type Language, languageOf } from './robot-texts.js';

/** The robot's user id. A person who logs in with it takes its place. */
export const ROBOT_ID = 'support';

const GREETING_DELAY_MS = 600;
const SHORTEST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 900;
/** Between two parts of one answer. */
const PART_MS = 40;
/** From the robot's last words to the kick-out. */
const KICK_DELAY_MS = 400;

/** What the robot needs of the gateway. */
export interface RobotHost {
  send(to: string, content: string, options: { readonly from: string; readonly typeu: number }): boolean;
  acknowledge(fp: string): void;
  kick(userId: string, code: number, reason: string): boolean;
}

/** The user `support`: always online, greets whoever came to talk to it, answers after a moment, as people do. */
export class Robot {
  readonly #host: RobotHost;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #files: string;
  readonly #read: RecentIds;
  readonly #greeted = new Set<string>();
  readonly #timers = new Set<unknown>();
  readonly #lastDue = new Map<string, number>();

  constructor(host: RobotHost, clock: Clock, random: () => number, files = '/') {
    this.#host = host;
    this.#clock = clock;
    this.#random = random;
    this.#files = files;
    this.#read = new RecentIds(clock);
  }

  /** Greets a user id once, if the login's `extra` is JSON with `"peer": "support"`; `"locale"` there sets the language. */
  noticeLogin({ userId, extra }: Login): void {
    const language = visitorLanguage(extra);
    if (language === undefined) return;
    // Whoever asks sooner is answered after it, so long that no timer that is early changes that.
    if (!this.#greeted.has(userId)) this.#lastDue.set(userId, instant(this.#clock) + GREETING_DELAY_MS + PART_MS);
    this.#later(GREETING_DELAY_MS, () => {
      if (!this.#greeted.has(userId) && this.#say(userId, greeting(language))) this.#greeted.add(userId);
    });
  }

  /** A message to the robot: acknowledged like any receiver's, answered once however often it comes. */
  receive(frame: Frame): void {
    const { fp, from, dataContent, typeu } = frame;
    if (fp !== null) {
      this.#host.acknowledge(fp);
      if (!this.#read.add(fp)) return;
    }
    if (from === null || from === ROBOT_ID) return;
    const text = dataContent ?? '';
    const answers = answersTo(text, {
      ...{ typeu, language: languageOf(text), now: this.#clock.now(), files: this.#files },
    });
    const delay = SHORTEST_DELAY_MS + this.#random() * (LONGEST_DELAY_MS - SHORTEST_DELAY_MS);
    // Never before the greeting, or the answer to an earlier question, of the same user.
    const now = instant(this.#clock);
    let due = Math.max(now + delay, (this.#lastDue.get(from) ?? 0) + 1);
    for (const answer of answers) {
      this.#later(due - now, () => this.#say(from, answer));
      this.#lastDue.set(from, due);
      due += PART_MS;
    }
    if (answers.some((answer) => answer.kicks)) {
      this.#later(due - now + KICK_DELAY_MS, () => this.#host.kick(from, 2, 'asked for it'));
    }
  }

  /** Forgets what it was about to say. */
  stop(): void {
    for (const timer of this.#timers) this.#clock.clearTimeout(timer);
    this.#timers.clear();
  }

  #say(to: string, { content, typeu = 0 }: Answer): boolean {
    return this.#host.send(to, content, { from: ROBOT_ID, typeu });
  }

  #later(ms: number, run: () => void): void {
    const timer = this.#clock.setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }
}

function visitorLanguage(extra: string | null): Language | undefined {
  try {
    const json: unknown = JSON.parse(extra ?? 'null');
    if (typeof json !== 'object' || json === null || Reflect.get(json, 'peer') !== ROBOT_ID) return undefined;
    return String(Reflect.get(json, 'locale')).toLowerCase().startsWith('zh') ? 'zh' : 'en';
  } catch {
    return undefined;
  }
}
