/**
 * Inbound text is not a frame of this protocol. The message names the field, what was expected there and what was found,
 * cut short: a frame can be half a megabyte, and holds what people wrote.
 */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';

  constructor(
    /** The field at fault, `frame` for the text as a whole, `dataContent.code` for a field inside the payload. */
    readonly field: string,
    /** What the protocol asks for there. */
    readonly expected: string,
    /** What was there instead, at most a few words. */
    readonly found: string,
  ) {
    super(`${field}: expected ${expected}, found ${found}`);
  }
}
