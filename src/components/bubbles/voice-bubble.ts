import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { Message } from '../../client/message.js';
import { onDemandEn } from '../../locales/on-demand-en.js';
import type { Strings } from '../../locales/strings.js';
import { playingTime } from './media-words.js';
import { outboundLink } from './outbound-link.js';
import { richBubbleStyles } from './rich-bubble.styles.js';
import { mayLoad, type VoiceContent } from './rich-content.js';
import { VoicePlayer } from './voice-player.js';

const SPEEDS = [1, 1.5, 2];

/**
 * A voice message: play and pause, a slider, the speed. It goes on while its row is out of view. Nothing is loaded before it is
 * played, and from elsewhere than the page's own origin or its `image-hosts` nothing at all: there it is a link.
 *
 * @csspart voice - the player
 * @csspart link - the link to a voice message that is not played here
 */
export class VoiceBubble extends LitElement {
  static override styles = [
    richBubbleStyles,
    css`
      .player {
        display: flex;
        align-items: center;
        gap: 8px;
        width: 230px;
        max-width: 100%;
      }
      button {
        flex: none;
        min-width: 32px;
        height: 32px;
        padding: 0;
        border: 0;
        border-radius: 16px;
        background: none;
        color: inherit;
        font-size: 12px;
        font-variant-numeric: tabular-nums;
      }
      .play {
        border: 1px solid var(--_edge, transparent);
        background: var(--_accent);
        color: var(--_on-accent);
      }
      svg {
        display: block;
        margin: auto;
        width: 16px;
        height: 16px;
        fill: currentcolor;
      }
      input {
        flex: 1;
        min-width: 40px;
        height: 24px;
        margin: 0;
        accent-color: currentcolor;
        cursor: pointer;
      }
      .time {
        flex: none;
        font-size: 12px;
        font-variant-numeric: tabular-nums;
      }
      p {
        font-size: 12px;
        line-height: 16px;
      }
    `,
  ];

  /** The message that it is of. */
  @property({ attribute: false }) message: Message | undefined;
  /** What is shown; nothing without one. */
  @property({ attribute: false }) voice: VoiceContent | undefined;
  /** Its texts; nothing is shown without them. */
  @property({ attribute: false }) strings: Strings | undefined;
  /** Hosts beside the page's own from which its picture or sound is loaded. Default: none. */
  @property({ attribute: false }) hosts = '';

  #player: VoicePlayer | undefined;
  readonly #changed = () => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#follow();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#player?.leave(this.#changed);
    this.#player = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('message') || changed.has('voice')) this.#follow();
  }

  protected override render() {
    const { voice, hosts } = this;
    const player = this.#player;
    if (!voice || !player) return undefined;
    const strings = { ...onDemandEn, ...this.strings };
    const link = (text: string) => outboundLink(voice.url, text);
    if (!mayLoad(voice.url, hosts)) return link(strings.voiceElsewhere(new URL(voice.url).host));
    const { isPlaying, hasFailed, speed, at } = player;
    const whole = player.whole ?? voice.seconds ?? 0;
    const label = isPlaying ? strings.pause : strings.play;
    const times = `${new Intl.NumberFormat(strings.locale).format(speed)}×`;
    return html`<div part="voice" class="player" dir="ltr">
        <button type="button" class="play" aria-label=${label} title=${label} @click=${() => player.toggle()}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d=${isPlaying ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M5 3v10l8-5z'} />
          </svg>
        </button>
        <input
          type="range"
          min="0"
          max=${Math.max(1, Math.ceil(whole))}
          step="1"
          aria-label=${strings.position}
          aria-valuetext=${strings.ofTime(playingTime(at), playingTime(whole))}
          .value=${String(at)}
          @input=${({ target }: InputEvent) => player.seek((target as HTMLInputElement).valueAsNumber)}
        />
        <span class="time" aria-hidden="true">${playingTime(isPlaying || at > 0 ? at : whole)}</span>
        <button
          type="button"
          aria-label=${strings.speed(times)}
          @click=${() => {
            player.speed = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
          }}
        >
          ${times}
        </button>
      </div>
      ${hasFailed ? html`<p role="status">${strings.voiceFailed} ${link(voice.name || strings.play)}</p>` : nothing}`;
  }

  #follow(): void {
    const { message, voice } = this;
    this.#player?.leave(this.#changed);
    this.#player = message && voice && VoicePlayer.of(message.id, voice.url);
    this.#player?.join(this.#changed, this);
  }
}
