import type { GatewayOptions } from '../options.js';
import type { Scenario } from './scenario.js';

/** The application code of the server that was recorded, as each scenario's `server` describes it. */
export function recordedServer({ server }: Scenario, clock: GatewayOptions['clock']): GatewayOptions {
  return {
    clock,
    heartbeat: 5,
    serverTimestamp: server?.serverTimestamp ?? false,
    verifier: ({ token }) => (token === 'bad' ? 1027 : 0),
    offlineStore: (userId) => userId === 'stored',
    onLogin: ({ userId }, gateway) => {
      if (userId === 'kickme') clock.setTimeout(() => gateway.kick(userId, 2, 'abuse of the service'), 300);
      if (userId === 'greeted') {
        clock.setTimeout(() => gateway.send(userId, 'welcome from the server', { typeu: 90 }), 200);
      }
    },
  };
}
