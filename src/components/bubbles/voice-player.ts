import type { MessageStore } from '../../store/message-store.js';
import { windowAround } from './window-around.js';

/** Those that were played, by the id of their message. */
const players = new Map<string, VoicePlayer>();
const MOST = 100;

/** The one that is heard: two voices at once nobody understands. */
let heard: VoicePlayer | undefined;

/** Nothing but a `<chat-window>` has a conversation. */
type MaybeWindow = Element & { readonly conversation?: { readonly store: MessageStore } };

/** Plays one message. Rows come and go while it does, and take it up again. It ends with its message, or its windows. */
export class VoicePlayer {
  /** The player of this message, made if there is none. */
  static of(id: string, url: string): VoicePlayer {
    const known = players.get(id);
    if (known?.url === url) return known;
    const player = new VoicePlayer(id, url);
    players.set(id, player);
    for (const [oldest, each] of players) {
      if (players.size <= MOST) break;
      if (!each.isPlaying) players.delete(oldest);
    }
    return player;
  }

  isPlaying = false;
  hasFailed = false;
  /** What a press on the slider asked for before anything was loaded, in seconds. */
  #wanted = 0;
  #speed = 1;
  #audio: HTMLAudioElement | undefined;
  readonly #listeners = new Set<() => void>();
  /** In which it is, or was, to be seen. */
  readonly #windows = new Set<MaybeWindow>();

  constructor(
    readonly id: string,
    readonly url: string,
  ) {}

  /** Seconds that have been heard. */
  get at(): number {
    return this.#audio?.readyState ? this.#audio.currentTime : this.#wanted;
  }

  /** Its length in seconds; undefined before it is known. */
  get whole(): number | undefined {
    const { duration = Number.NaN } = this.#audio ?? {};
    return Number.isFinite(duration) ? duration : undefined;
  }

  get speed(): number {
    return this.#speed;
  }

  set speed(times: number) {
    this.#speed = times;
    if (this.#audio) this.#audio.playbackRate = times;
    this.#tell();
  }

  toggle(): void {
    if (this.isPlaying) this.pause();
    else void this.#play();
  }

  pause(): void {
    this.#audio?.pause();
  }

  seek(seconds: number): void {
    this.#wanted = seconds;
    if (this.#audio?.readyState) this.#audio.currentTime = seconds;
    this.#tell();
  }

  /** Hears of every change. @param element where it is shown */
  join(listener: () => void, element: Element): void {
    this.#listeners.add(listener);
    this.#windows.add(windowAround(element));
  }

  /** Hears no more. */
  leave(listener: () => void): void {
    this.#listeners.delete(listener);
    queueMicrotask(() => this.#endUnlessThere());
  }

  /** A voice of which nothing is left is silent: the window has gone, or shows somebody else, or the message was cleared away. */
  #endUnlessThere(): void {
    for (const window of this.#windows) {
      const { conversation } = window;
      if (!window.isConnected || (conversation && !conversation.store.has(this.id))) this.#windows.delete(window);
    }
    if (this.#windows.size > 0) return;
    this.pause();
    if (heard === this) heard = undefined;
    if (players.get(this.id) === this) players.delete(this.id);
  }

  async #play(): Promise<void> {
    if (heard !== this) heard?.pause();
    heard = this;
    this.hasFailed = false;
    const audio = this.#audio ?? this.#load();
    this.#audio = audio;
    try {
      await audio.play();
    } catch (error) {
      // Paused before it could begin.
      if (error instanceof DOMException && error.name === 'AbortError') return;
      this.#fail(audio);
    }
  }

  #load(): HTMLAudioElement {
    const audio = new Audio();
    audio.preload = 'auto';
    audio.playbackRate = audio.defaultPlaybackRate = this.#speed;
    for (const type of ['play', 'pause', 'timeupdate', 'durationchange', 'ended', 'seeked']) {
      audio.addEventListener(type, () => {
        if (this.#audio !== audio) return;
        this.isPlaying = !audio.paused && !audio.ended;
        if (type === 'ended') audio.currentTime = 0;
        // What it belongs to may have gone while no row of it was there to tell.
        if (this.isPlaying) this.#endUnlessThere();
        this.#tell();
      });
    }
    audio.addEventListener('loadedmetadata', () => {
      if (this.#wanted > 0) audio.currentTime = this.#wanted;
      this.#wanted = 0;
    });
    audio.addEventListener('error', () => this.#fail(audio));
    audio.src = this.url;
    return audio;
  }

  #fail(audio: HTMLAudioElement): void {
    if (this.#audio !== audio) return;
    this.#wanted = this.at;
    this.isPlaying = false;
    this.hasFailed = true;
    this.#audio = undefined;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
