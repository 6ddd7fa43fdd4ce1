import { ConfigurationError } from '../client/errors.js';
import { inTime } from '../client/in-time.js';
import { en } from '../locales/en.js';
import { pageLanguage, stringsFor } from '../locales/match.js';
import type { Strings } from '../locales/strings.js';

const PATIENCE_MS = 3_000;

/** In which language a window speaks. One that is still on its way is waited for, but not for long: then it is English. */
export class WindowLanguage {
  #wanted: Strings | Promise<Strings> | undefined;
  #isSpeaking = false;
  /** Settles when there is nothing to wait for. */
  settled: Promise<void> | undefined;

  constructor(readonly speak: (strings: Strings) => void) {}

  /** For this BCP 47 tag; without one, or with text that is none, for the page. Returns what is wrong. */
  choose(tag: string | undefined): ConfigurationError | undefined {
    try {
      this.#want(stringsFor(tag || pageLanguage()));
      return undefined;
    } catch {
      this.#want(stringsFor(pageLanguage()));
      return new ConfigurationError('locale', 'a BCP 47 language tag such as zh-CN', tag);
    }
  }

  #want(wanted: Strings | Promise<Strings>): void {
    this.#wanted = wanted;
    if (wanted instanceof Promise) this.settled = this.#wait(wanted);
    else this.#speak(wanted);
  }

  async #wait(wanted: Promise<Strings>): Promise<void> {
    const come = wanted.then((strings) => {
      if (this.#wanted === wanted) this.#speak(strings);
    });
    await inTime(PATIENCE_MS, come);
    if (!this.#isSpeaking) this.#speak(en);
  }

  #speak(strings: Strings): void {
    this.#isSpeaking = true;
    this.speak(strings);
  }
}
