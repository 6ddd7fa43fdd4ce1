/** Texts of what comes on demand: long texts, pictures, voice messages, files, menus, the end of a session. */
export interface OnDemandStrings {
  readonly showAll: string;
  readonly showLess: string;
  readonly image: string;
  readonly openImage: (name: string) => string;
  readonly imageFailed: string;
  /** Instead of a picture that is not loaded by itself. */
  readonly imageElsewhere: (host: string) => string;
  readonly close: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly play: string;
  readonly pause: string;
  /** The slider of a voice message, and what it says: so far, in all. */
  readonly position: string;
  readonly ofTime: (at: string, whole: string) => string;
  readonly speed: (times: string) => string;
  readonly voiceFailed: string;
  readonly voiceElsewhere: (host: string) => string;

  /** The line above what is new. */
  readonly newLine: string;
  /** The menu of a message. */
  readonly messageActions: string;
  readonly copy: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly selectText: string;
  readonly sendAgain: string;
  readonly takeBack: string;
  readonly stopTrying: string;
  /** Only on this device: the other side keeps it. */
  readonly deleteForMe: string;
  readonly deleteSure: string;
  readonly keepIt: string;

  /** Below the text field, near the limit. */
  readonly bytesLeft: (bytes: string) => string;
  readonly bytesOver: (bytes: string) => string;
  readonly chooseEmoji: string;
  readonly searchEmoji: string;
  readonly recentEmoji: string;
  /** In the order of Unicode: smileys, people, animals, food, places, activities, objects, symbols, flags. */
  readonly emojiGroups: readonly string[];
  readonly skinTone: string;
  /** None, and from light to dark. */
  readonly skinTones: readonly string[];
  /** Read out while one searches. */
  readonly emojiFound: (count: number) => string;
  readonly noEmoji: string;
  readonly emojiLoading: string;
  readonly emojiFailed: string;

  readonly kickedElsewhere: string;
  /** Another tab of this browser has the chat, and the tabs cannot share it. */
  readonly openElsewhere: string;
  readonly kickedByAdministrator: string;
  readonly kickedOtherwise: (code: number) => string;
  readonly reason: (text: string) => string;
  readonly useHere: string;
  readonly refused: (code: number) => string;
}
