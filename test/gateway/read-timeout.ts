/** Seconds between two keepalives of the client (the mode) and the milliseconds of silence after which the server closes. */
const readTimeouts: ReadonlyMap<number, number> = new Map([
  [3, 7_000],
  [5, 11_000],
  [10, 15_000],
  [15, 20_000],
  [30, 35_000],
  [60, 65_000],
  [120, 125_000],
]);

/** The server's read timeout in milliseconds for a heartbeat mode in seconds. */
export function readTimeout(mode: number): number {
  const timeout = readTimeouts.get(mode);
  if (timeout === undefined) {
    throw new RangeError(`heartbeat: expected one of ${[...readTimeouts.keys()].join(', ')} seconds, got ${mode}`);
  }
  return timeout;
}
