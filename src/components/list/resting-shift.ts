/**
 * Highest content in px: the virtualizer cuts off what is above 8.2 million, and beyond 2^23 px browsers place rows no more
 * exactly than to whole pixels.
 */
export const maxScrollHeight = 8_000_000;

/** Nearer than this to an end of the content that is not the end of the list, the content is moved. */
const margin = 200_000;

/**
 * What to subtract from a position in the list to get one in the scrolled content, while nobody is scrolling: 0, unless
 * the list is higher than a browser's content can be; then the content is a window onto the list that moves with the reader.
 *
 * @param current the present difference, kept where possible
 * @param position of the view in the list
 */
export function restingShift(current: number, position: number, total: number, viewport: number): number {
  const last = total - maxScrollHeight;
  if (last <= 0) return 0;
  const above = position - current;
  const below = maxScrollHeight - above - viewport;
  const fits = current >= 0 && current <= last;
  const roomAbove = above >= (current === 0 ? 0 : margin);
  const roomBelow = below >= (current === last ? 0 : margin);
  if (fits && roomAbove && roomBelow) return current;
  return Math.max(0, Math.min(Math.round(position - maxScrollHeight / 2), last));
}
