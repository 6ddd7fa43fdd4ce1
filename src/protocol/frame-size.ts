/** The largest frame the server reads: UTF-8 bytes of the whole JSON text. One byte more and it closes the socket (1009). */
export const MAX_OUTBOUND_BYTES = 65_536;

/**
 * The largest inbound text that is parsed, in UTF-8 bytes. Larger than the outbound limit because the server writes each
 * frame anew and escapes it: six bytes for one `<`.
 */
export const MAX_INBOUND_BYTES = 512 * 1024;

/** A frame is larger than the server reads. Sending it would cost the connection and whatever is in flight on it. */
export class FrameTooLargeError extends Error {
  override readonly name = 'FrameTooLargeError';

  constructor(
    /** UTF-8 bytes of the frame. */
    readonly bytes: number,
    /** UTF-8 bytes that are allowed: {@link MAX_OUTBOUND_BYTES}. */
    readonly limit: number,
  ) {
    super(`The frame has ${bytes} bytes; the server reads at most ${limit}.`);
  }
}

/** Length in UTF-8 bytes, a lone surrogate counted as the three bytes of U+FFFD that a WebSocket sends for it. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(i + 1))) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}

/** Whether the text is longer than `limit` UTF-8 bytes. Counts only when its length leaves a doubt, so 16 MB cost nothing. */
export function exceeds(text: string, limit: number): boolean {
  if (text.length > limit) return true;
  return text.length * 3 > limit && utf8Length(text) > limit;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
