import type { Scenario } from './scenario.js';

const pattern = /"fp":"([^"]+)"/;

/** Fingerprints that the server made differ in every run: each stands for the recorded one in its place. */
export class Fingerprints {
  readonly #sent = new Set<string>();
  /** By peer: recorded fingerprints of the server that have not come yet. */
  readonly #expected = new Map<string, string[]>();
  readonly #pairs: { readonly recorded: string; readonly actual: string }[] = [];

  constructor({ events }: Scenario) {
    for (const { dir, frame, peer } of events) {
      const fp = pattern.exec(frame ?? '')?.[1];
      if (fp === undefined) continue;
      if (dir === 'sent') this.#sent.add(fp);
      else if (!this.#sent.has(fp)) this.#expected.set(peer, [...(this.#expected.get(peer) ?? []), fp]);
    }
  }

  /** A frame from the server, with the recorded fingerprint. */
  toRecorded(peer: string, text: string): string {
    const actual = pattern.exec(text)?.[1];
    if (actual === undefined || this.#sent.has(actual)) return text;
    let pair = this.#pairs.find((other) => other.actual === actual);
    const recorded = pair ? undefined : this.#expected.get(peer)?.shift();
    if (recorded !== undefined) {
      pair = { recorded, actual };
      this.#pairs.push(pair);
    }
    return pair ? text.replace(pair.actual, pair.recorded) : text;
  }

  /** A recorded frame to the server, with the fingerprint of this run. */
  toActual(frame: string): string {
    return this.#pairs.reduce((text, { recorded, actual }) => text.replaceAll(recorded, actual), frame);
  }
}
