import type { CDPSession, Page } from '@playwright/test';

/** A page answers at once, on a busy machine too; one that does not is stuck. */
const PATIENCE_MS = 30_000;
/** What it may take to interrupt a script. */
const PAUSE_MS = 5_000;

/** Asks a page, and says what became of it if it does not answer. */
export class PageTeller {
  /** The DevTools protocol never answers for a page that is gone. */
  readonly #crash: Promise<never>;

  constructor(
    readonly tab: Page,
    readonly cdp: CDPSession,
  ) {
    this.#crash = new Promise((_, reject) => {
      tab.on('crash', () => reject(new Error('The page has crashed')));
    });
    // Also between two questions.
    this.#crash.catch(() => {});
  }

  async start(): Promise<void> {
    await this.cdp.send('Runtime.enable');
    // Only a debugger that was there before can interrupt a script that never ends.
    await this.cdp.send('Debugger.enable');
  }

  /** The value of an expression, of a promise when it is fulfilled. */
  async tell(expression: string): Promise<unknown> {
    const asked = this.cdp.send('Runtime.evaluate', { expression, awaitPromise: true });
    const answer = await this.#within(PATIENCE_MS, asked);
    if (!answer) throw new Error(`${expression}: no answer within ${PATIENCE_MS} ms; ${await this.#whereStuck()}`);
    const { result, exceptionDetails } = answer;
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async #whereStuck(): Promise<string> {
    const paused = new Promise<string>((resolve) => {
      this.cdp.once('Debugger.paused', ({ callFrames }) => {
        const places = callFrames.map(({ functionName, url, location: { lineNumber, columnNumber = 0 } }) => {
          return `  at ${functionName || '(anonymous)'} ${url}:${lineNumber + 1}:${columnNumber + 1}`;
        });
        resolve(`the page is busy\n${places.join('\n')}`);
      });
    });
    // Answered by a page that gets to it, or never.
    this.cdp.send('Debugger.pause').catch(() => {});
    return (await this.#within(PAUSE_MS, paused)) ?? 'no script runs in the page';
  }

  /** Undefined if it takes longer. */
  async #within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
    let end = () => {};
    const late = new Promise<undefined>((resolve) => {
      const timer = setTimeout(resolve, ms);
      end = () => clearTimeout(timer);
    });
    return Promise.race([promise, late, this.#crash]).finally(end);
  }
}
