const KEY = 'harmonychat emoji';
const MOST = 24;
const TONES = 5;

/** What somebody chose last, and in which skin tone: kept as long as the conversation is, else for as long as the page lives. */
export class EmojiMemory {
  /** Emoji without skin tone, the latest first. */
  recent: readonly string[] = [];
  /** 0: none; 1, light, to 5, dark. */
  tone = 0;

  /** @param storage where it is kept, if anything may be; may throw */
  constructor(readonly storage: () => Storage | undefined) {}

  /** Another tab may have chosen since. */
  read(): void {
    try {
      const stored: unknown = JSON.parse(this.storage()?.getItem(KEY) ?? '');
      if (!Array.isArray(stored)) return;
      const [tone, ...recent] = stored as unknown[];
      this.tone = Number.isInteger(tone) && Number(tone) >= 0 && Number(tone) <= TONES ? Number(tone) : 0;
      const texts = recent.filter((emoji): emoji is string => typeof emoji === 'string');
      this.recent = [...new Set(texts)].slice(0, MOST);
    } catch {
      // Nothing, nothing of ours, or no storage.
    }
  }

  chose(emoji: string): void {
    this.recent = [emoji, ...this.recent.filter((other) => other !== emoji)].slice(0, MOST);
    this.#write();
  }

  colour(tone: number): void {
    this.tone = tone;
    this.#write();
  }

  forget(): void {
    this.recent = [];
    this.tone = 0;
  }

  #write(): void {
    try {
      this.storage()?.setItem(KEY, JSON.stringify([this.tone, ...this.recent]));
    } catch {
      // Full, or denied.
    }
  }
}

/** Nothing of it is to be on the device any more. */
export function forgetEmoji(): void {
  for (const storage of [() => localStorage, () => sessionStorage]) {
    try {
      storage().removeItem(KEY);
    } catch {
      // Nothing can be stored here, so nothing is.
    }
  }
}
