import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Readable, Writable } from 'node:stream';
import { Cdp } from './cdp.js';
import { chromiumArgs, ensureChromium } from './chromium.js';

export interface ChromiumOptions {
  /** Features to switch on, each as `Name` or `Name:parameter/value`. Default none. */
  readonly features?: readonly string[];
}

/** A Chromium of its own, with a profile that is thrown away, in a process group of its own. */
export class ChromiumProcess {
  readonly cdp: Cdp;
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #killNow = (): void => this.signal('SIGKILL');

  private constructor(child: ChildProcess, profile: string) {
    const [, , , input, output] = child.stdio;
    this.#child = child;
    this.#profile = profile;
    this.cdp = new Cdp(input as Writable, output as Readable);
    process.on('exit', this.#killNow);
  }

  static async start({ features = [] }: ChromiumOptions = {}): Promise<ChromiumProcess> {
    const profile = mkdtempSync(join(tmpdir(), 'harmonychat-chromium-'));
    // Opens chrome://discards, the only way to discard a page at will.
    writeFileSync(join(profile, 'Local State'), JSON.stringify({ internal_only_uis_enabled: true }));
    const child = spawn(
      ensureChromium(),
      [
        '--headless=new',
        ...chromiumArgs,
        '--remote-debugging-pipe',
        `--user-data-dir=${profile}`,
        '--lang=en-US',
        ...(features.length > 0 ? [`--enable-features=${features.join(',')}`] : []),
        'about:blank',
      ],
      {
        // A group of its own: signals reach every process of this browser, and no other's.
        detached: true,
        stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
        // Killed, it leaves temporary files behind.
        env: { ...process.env, TMPDIR: profile },
      },
    );
    const chromium = new ChromiumProcess(child, profile);
    await Promise.race([
      chromium.cdp.root.send('Browser.getVersion'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`Chromium ended at once, with code ${code}`);
      }),
    ]);
    return chromium;
  }

  /** To every process of this browser: `SIGSTOP` and `SIGCONT` are what a sleep of the machine is to it. */
  signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    process.kill(-pid, signal);
  }

  /** Stops everything, as when the lid is closed. */
  sleep(): void {
    this.signal('SIGSTOP');
  }

  wake(): void {
    this.signal('SIGCONT');
  }

  /** Ends the browser and forgets its profile. */
  async close(): Promise<void> {
    process.off('exit', this.#killNow);
    const ended = this.#child.exitCode === null && this.#child.signalCode === null ? once(this.#child, 'exit') : null;
    this.signal('SIGKILL');
    await ended;
    // The group's other processes may still be writing for a moment.
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}
