import { ownDocument } from '../../client/own-document.js';
import { type Emoji, loadEmoji, toned } from './emoji-data.js';

export const EMOJI_FONT = '"Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif';

const SIZE_PX = 20;
const FLAG = /^\p{RI}/u;

/**
 * Tells what this system can draw. One emoji of each version is tried on a canvas, and one flag, which Windows has none of: what is
 * missing takes on the colour of text, or falls apart into several pictures. Where nothing has colours, or a canvas tells
 * nothing, all are taken to be there.
 */
export function drawable(): (emoji: Emoji) => boolean {
  const canvas = ownDocument.createElement('canvas');
  canvas.width = canvas.height = SIZE_PX;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return () => true;
  context.font = `${SIZE_PX * 0.7}px ${EMOJI_FONT}`;
  context.textBaseline = 'top';
  context.fillStyle = '#f00';
  const isColoured = (text: string) => {
    context.clearRect(0, 0, SIZE_PX, SIZE_PX);
    context.fillText(text, 0, 0);
    const { data } = context.getImageData(0, 0, SIZE_PX, SIZE_PX);
    return data.some((value, n) => n % 4 !== 0 && n % 4 !== 3 && value > 40);
  };
  const width = (text: string) => context.measureText(text).width;
  if (!isColoured('😀')) return () => true;
  const widest = width('😀') * 1.5;
  const known = new Map<number | 'flag', boolean>([[0, true]]);
  return ({ emoji, version }) => {
    const kind = version === 0 && FLAG.test(emoji) ? 'flag' : version;
    const isKnown = known.get(kind) ?? (isColoured(emoji) && width(emoji) < widest);
    known.set(kind, isKnown);
    return isKnown;
  };
}

/** The emoji that this system can draw, in a language. */
export async function emojiFor(locale: string): Promise<readonly (readonly Emoji[])[]> {
  const groups = await loadEmoji(locale);
  const isDrawable = drawable();
  // Some got their skin tones long after they came themselves.
  const hasTones = (emoji: Emoji) => isDrawable({ ...emoji, emoji: toned(emoji, 1), version: emoji.skins });
  return groups.map((group) =>
    group.filter(isDrawable).map((emoji) => (emoji.skins > 1 && !hasTones(emoji) ? { ...emoji, skins: 0 } : emoji)),
  );
}
