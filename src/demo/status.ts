import type { ClientStatus } from '../client/index.js';
import type { DemoTexts } from './texts.js';

/** The client's own account of itself, as text that can be copied into a report. */
export function statusText(status: ClientStatus | undefined, texts: DemoTexts): string {
  if (!status) return '';
  const { state, lastFrameAt, nextTryInMs, drops } = status;
  const reason = state.name === 'disconnected' ? ` (${state.reason})` : '';
  const ms = (value: number | undefined) => (value === undefined ? '-' : `${Math.round(value)} ms`);
  const lines: [string, string][] = [
    ['state', state.name + reason],
    ['attempt', String(status.attempt)],
    ['next try', ms(nextTryInMs)],
    ['last frame', lastFrameAt === undefined ? '-' : new Date(lastFrameAt).toISOString()],
    ['round trip', ms(status.roundTripMs)],
    ['logins', String(status.logins)],
    ['waiting', `${status.pending} (${status.pendingBytes} B, ${status.durability})`],
    ['sent again', String(status.retransmissions)],
    ...Object.entries(drops).map(([why, count]): [string, string] => [`dropped: ${why}`, String(count)]),
  ];
  return [texts.statusTitle, ...lines.map(([name, value]) => `${name.padEnd(12)} ${value}`)].join('\n');
}
