/** An emoji was chosen, in the skin tone that was. */
export class EmojiChoiceEvent extends Event {
  constructor(readonly emoji: string) {
    super('emoji-choice');
  }
}
