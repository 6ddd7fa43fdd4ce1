import { html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { en } from '../locales/en.js';
import type { Strings } from '../locales/strings.js';
import { keepKeys } from './keep-keys.js';
import { messageComposerStyles } from './message-composer.styles.js';
import { ReceiverRequestEvent, SendRequestEvent } from './request-events.js';
import { theme } from './theme.js';
import { visuallyHidden } from './visually-hidden.styles.js';

/** The count of bytes is shown from here on: most people never come near the limit. */
const SHOW_BYTES_FROM = 0.8;
const MAX_HEIGHT_PX = 124;

/**
 * The field in which a message is typed. Enter sends, Shift+Enter breaks the line, and the Enter that ends an input method's
 * composition does neither. The text stays until the owner took it.
 *
 * @fires send-request - the person wants to send the text; cancelled, the text stays
 * @fires receiver-request - the person named a receiver
 * @csspart form - the row of fields and button
 * @csspart field - the text field
 * @csspart receiver - the field for the receiver's id
 * @csspart send - the button
 * @csspart bytes - the count near the limit
 */
export class MessageComposer extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [theme, visuallyHidden, messageComposerStyles];

  @property({ attribute: false }) strings: Strings = en;
  /** The text can be read and copied, not changed or sent. */
  @property({ type: Boolean, reflect: true }) readonly = false;
  /** Whether the receiver is named here; false where it is fixed. */
  @property({ type: Boolean, attribute: 'ask-receiver' }) askReceiver = false;
  @property() receiver = '';
  /** UTF-8 bytes that a text takes on the wire, everything around it included. */
  @property({ attribute: false }) bytesOf: (text: string) => number = (text) => text.length;
  /** Most bytes that are allowed. Default: no limit. */
  @property({ attribute: false }) limit = Number.POSITIVE_INFINITY;
  /** What has been typed. */
  @property() value = '';
  @state() private hint = '';
  #composing = false;

  /** Rendered always; asked for before the first rendering only by `focus()`. */
  get #field(): HTMLTextAreaElement {
    return this.renderRoot?.querySelector('textarea') as HTMLTextAreaElement;
  }

  /** Tells the person something about what they typed, until they type on. */
  tell(hint: string): void {
    this.hint = hint;
  }

  override focus(): void {
    this.#field?.focus({ preventScroll: true });
  }

  protected override updated(): void {
    // Not by a binding: a host that sets the text must not undo what is being composed.
    if (!this.#composing && this.#field.value !== this.value) this.#field.value = this.value;
    const { style, scrollHeight } = this.#field;
    if (this.value === '') style.height = '';
    else if (scrollHeight > this.#field.clientHeight || style.height !== '') {
      style.height = '0';
      // The height is that of the border box, which `scrollHeight` leaves out.
      const border = this.#field.offsetHeight - this.#field.clientHeight;
      style.height = `${Math.min(this.#field.scrollHeight + border, MAX_HEIGHT_PX)}px`;
    }
  }

  protected override render() {
    const { strings, readonly } = this;
    const bytes = this.bytesOf(this.value);
    const over = bytes > this.limit;
    return html`<form
        part="form"
        novalidate
        @submit=${this.#submit}
        @keydown=${keepKeys}
        @keypress=${keepKeys}
        @keyup=${keepKeys}
      >
        ${this.askReceiver ? this.#receiverField() : nothing}
        <textarea
          part="field"
          rows="1"
          dir=${this.value ? 'auto' : strings.direction}
          enterkeyhint="send"
          autocomplete="off"
          ?readonly=${readonly}
          aria-label=${strings.composerLabel}
          aria-describedby="hint"
          aria-invalid=${over ? 'true' : nothing}
          placeholder=${strings.placeholder}
          @input=${this.#typed}
          @keydown=${this.#keydown}
          @compositionstart=${() => {
            this.#composing = true;
          }}
          @compositionend=${() => {
            this.#composing = false;
          }}
        ></textarea>
        <button part="send" class="send" type="submit" ?disabled=${readonly}>${strings.send}</button>
      </form>
      <p part="bytes" id="hint" class=${over ? 'over' : ''}>${this.hint || this.#bytesText(bytes)}</p>
      <div class="visually-hidden" role="status">${this.hint || (over ? strings.tooLong : '')}</div>`;
  }

  #receiverField() {
    const { receiver } = this.strings;
    return html`<input
      part="receiver"
      class="receiver"
      .value=${this.receiver}
      ?readonly=${this.readonly}
      aria-label=${receiver}
      placeholder=${receiver}
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      @change=${(event: Event) =>
        this.dispatchEvent(new ReceiverRequestEvent((event.target as HTMLInputElement).value.trim()))}
    />`;
  }

  #bytesText(bytes: number): string {
    if (bytes < this.limit * SHOW_BYTES_FROM) return '';
    const { strings } = this;
    const number = new Intl.NumberFormat(strings.locale).format(Math.abs(this.limit - bytes));
    return bytes > this.limit ? strings.bytesOver(number) : strings.bytesLeft(number);
  }

  #typed(): void {
    this.value = this.#field.value;
    this.hint = '';
  }

  #keydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    // 229 is what Safari reports for the Enter that ends a composition, after compositionend.
    if (event.isComposing || this.#composing || event.keyCode === 229) return;
    event.preventDefault();
    this.#send();
  }

  #submit(event: Event): void {
    event.preventDefault();
    this.#send();
  }

  #send(): void {
    if (this.readonly) return;
    if (this.#field.value.trim() === '') {
      this.tell(this.strings.nothingTyped);
      return;
    }
    // Text over the limit stays where it is; the count below it says why.
    if (this.bytesOf(this.#field.value) > this.limit) return;
    this.tell('');
    if (this.dispatchEvent(new SendRequestEvent(this.#field.value))) this.value = '';
  }
}
