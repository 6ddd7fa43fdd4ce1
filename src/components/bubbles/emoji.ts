const PICTURE =
  '(?!\\p{RI})(?:\\p{Emoji_Presentation}|\\p{Extended_Pictographic}(?=[\\u200d\\ufe0f\\u{1f3fb}-\\u{1f3ff}]))';
/** With its skin tone, or the tags that make a flag of a region. */
const WHOLE = `${PICTURE}\\ufe0f?\\p{EMod}?[\\u{e0020}-\\u{e007f}]*`;
/** One emoji, as people count them: a flag, a key cap, a picture, several of them joined into one. */
const EMOJI = `(?:\\p{RI}{2}|[0-9#*]\\ufe0f?\\u20e3|${WHOLE}(?:\\u200d\\p{Extended_Pictographic}\\ufe0f?\\p{EMod}?)*)`;

/** More of them are a text, and so are joined ones without an end. */
const FEW = new RegExp(`^(?:${EMOJI}[^\\S\\r\\n\\u2028\\u2029]*){1,12}$`, 'u');
const LONGEST = 200;

/** Whether a text is nothing but one to twelve emoji. */
export function isFewEmoji(text: string): boolean {
  return text.length <= LONGEST && FEW.test(text.trim());
}
