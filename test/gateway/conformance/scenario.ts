/** One line of a recording. */
export interface TraceEvent {
  /** Milliseconds since the scenario began. */
  readonly t: number;
  /** Name of the socket in the recording. */
  readonly peer: string;
  readonly dir: 'opened' | 'sent' | 'received' | 'closed' | 'ping' | 'pong';
  readonly frame?: string;
  /** What was sent, in hexadecimal, if it was a binary message. */
  readonly binary?: string;
  readonly code?: number;
  readonly reason?: string;
  /** Length of the whole frame, where `note` says how to rebuild its content. */
  readonly bytes?: number;
  readonly note?: string;
}

/** A recorded conversation with the server. */
export interface Scenario {
  readonly name: string;
  readonly server?: { readonly serverTimestamp?: boolean };
  readonly events: readonly TraceEvent[];
}

/** Reads the recordings, with the contents that were emptied put back. */
export function parseScenarios(json: string): readonly Scenario[] {
  const { scenarios } = JSON.parse(json) as { readonly scenarios: readonly Scenario[] };
  return scenarios.map((scenario) => ({ ...scenario, events: scenario.events.map(rebuild) }));
}

function rebuild(event: TraceEvent): TraceEvent {
  if (event.note === undefined || event.frame === undefined) return event;
  const [, count, char] = /^dataContent is (\d+) times "(.)"$/.exec(event.note) ?? [];
  if (count === undefined || char === undefined) throw new Error(`note: expected a repetition, got "${event.note}"`);
  const frame = event.frame.replace('"dataContent":""', `"dataContent":"${char.repeat(Number(count))}"`);
  if (frame.length !== event.bytes) throw new Error(`bytes: expected ${event.bytes}, rebuilt ${frame.length}`);
  return { ...event, frame };
}
