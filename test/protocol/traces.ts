import recorded from '../fixtures/traces.json' with { type: 'json' };

export interface TracedFrame {
  readonly scenario: string;
  readonly direction: 'sent' | 'received';
  readonly text: string;
}

interface TraceEvent {
  readonly dir: string;
  readonly frame?: string;
  readonly note?: string;
}

/** Every text frame that was recorded against a running server, the emptied ones filled again. */
export const tracedFrames: readonly TracedFrame[] = recorded.scenarios.flatMap(({ name, events }) =>
  (events as readonly TraceEvent[]).flatMap(({ dir, frame, note }) =>
    frame !== undefined && (dir === 'sent' || dir === 'received')
      ? [{ scenario: name, direction: dir, text: refill(frame, note) } as const]
      : [],
  ),
);

function refill(frame: string, note: string | undefined): string {
  const times = note === undefined ? undefined : /^dataContent is (\d+) times "x"$/.exec(note)?.[1];
  return times === undefined
    ? frame
    : frame.replace('"dataContent":""', `"dataContent":"${'x'.repeat(Number(times))}"`);
}
