import { html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { OnDemand } from '../client/on-demand.js';
import { en } from '../locales/en.js';
import type { Strings } from '../locales/strings.js';
import type { ComposerTools } from './composer/composer-tools.js';
import { keepKeys } from './keep-keys.js';
import { messageComposerStyles } from './message-composer.styles.js';
import { ReceiverRequestEvent, SendRequestEvent } from './request-events.js';
import { theme } from './theme.js';
import { visuallyHidden } from './visually-hidden.styles.js';

/** One can type and send without them: they come when the field is drawn. */
const tools = new OnDemand(() => import('./composer/composer-tools.js'));

/** An element that was drawn before it was defined wakes by itself. */
const wakes = () => {};

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
 * @csspart emoji-button - the button that opens the emoji
 * @csspart emoji - the box with the emoji
 */
export class MessageComposer extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [theme, visuallyHidden, messageComposerStyles];

  /** Its texts. Default: English. */
  @property({ attribute: false }) strings: Strings = en;
  /** The text can be read and copied, not changed or sent. */
  @property({ type: Boolean, reflect: true }) readonly = false;
  /** Whether the receiver is named here; false where it is fixed. */
  @property({ type: Boolean, attribute: 'ask-receiver' }) askReceiver = false;
  /** The id in the field for the receiver, where there is one. */
  @property() receiver = '';
  /** UTF-8 bytes that a text takes on the wire, everything around it included. */
  @property({ attribute: false }) bytesOf: (text: string) => number = (text) => text.length;
  /** Most bytes that are allowed. Default: no limit. */
  @property({ attribute: false }) limit: number = Number.POSITIVE_INFINITY;
  /** What has been typed. */
  @property() value = '';
  /** What {@link tell} told. @internal */
  @state() hint = '';
  /** What the tools say below the field. @internal */
  note = '';
  /** Once they have come. @internal */
  declare tools?: ComposerTools;
  #composing = false;

  /** Rendered always; asked for before the first rendering only by `focus()`. */
  get #field(): HTMLTextAreaElement {
    return this.renderRoot?.querySelector('textarea') as HTMLTextAreaElement;
  }

  /** Tells the person something about what they typed, until they type on. */
  tell(hint: string): void {
    this.hint = hint;
  }

  /** Puts the cursor into the field. */
  override focus(): void {
    this.#field?.focus({ preventScroll: true });
  }

  protected override updated(): void {
    // Not by a binding: a host that sets the text must not undo what is being composed.
    if (!this.#composing && this.#field.value !== this.value) this.#field.value = this.value;
  }

  protected override render() {
    const { strings, readonly } = this;
    const over = this.bytesOf(this.value) > this.limit;
    const said = this.hint || (over ? strings.tooLong : '');
    void tools.want(wakes);
    return html`<form
        part="form"
        @submit=${this.#send}
        @keydown=${keepKeys}
        @keypress=${keepKeys}
        @keyup=${keepKeys}
      >
        ${this.askReceiver ? this.#receiverField() : nothing}
        <textarea
          part="field"
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
        <composer-tools exportparts="emoji-button, emoji"></composer-tools>
        <button part="send" class="send" ?disabled=${readonly}>${strings.send}</button>
      </form>
      <p part="bytes" id="hint">${this.note || said}</p>
      <div class="visually-hidden" role="status">${said}</div>`;
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

  #typed(): void {
    this.value = this.#field.value;
    this.hint = '';
  }

  #keydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    // 229 is what Safari reports for the Enter that ends a composition, after compositionend.
    if (event.isComposing || this.#composing || event.keyCode === 229) return;
    this.#send(event);
  }

  #send(event: Event): void {
    event.preventDefault();
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
