import { type Message, MessageType } from '../../client/message.js';
import type { Strings } from '../../locales/strings.js';
import { button, make } from '../make.js';

const READABLE: readonly number[] = [MessageType.unset, MessageType.text, MessageType.system];
const LONGEST = 300;

/** The last message that came while the panel is closed, beside the launcher. It is read out, since nothing in the panel is. */
export class Preview {
  readonly element = make('div', 'preview');

  constructor(
    readonly pressed: () => void,
    readonly dismissed: () => void,
  ) {
    this.element.setAttribute('role', 'status');
  }

  /** @param name of whoever wrote; empty: nobody is named */
  show({ type, content }: Message, name: string, strings: Strings, dismiss: string): void {
    const text = READABLE.includes(type) ? content.trim() : (strings.kinds[type] ?? strings.unknownType(type));
    const said = button(
      'said',
      this.pressed,
      ...(name ? [make('strong', '', name)] : []),
      make('span', '', text.slice(0, LONGEST)),
    );
    said.dir = 'auto';
    const away = button('dismiss', this.dismissed, '×');
    away.setAttribute('aria-label', dismiss);
    away.title = dismiss;
    this.element.replaceChildren(said, away);
  }

  hide(): void {
    this.element.replaceChildren();
  }
}
