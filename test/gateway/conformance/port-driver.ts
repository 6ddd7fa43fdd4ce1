import type { FakeClock } from '../../support/fake-clock.js';
import type { Gateway } from '../gateway.js';
import { servePort } from '../message-port-host.js';
import { PortWebSocket } from '../port-web-socket.js';
import type { Driver, PeerHandlers } from './driver.js';

/** Replays as a page does that has its gateway within: through a PortWebSocket. Pings do not exist there. */
export function portDriver(gateway: Gateway, clock: FakeClock): Driver {
  return {
    hasPings: false,
    now: clock.monotonic,
    wait: (ms) => clock.advanceAsync(ms),
    open: async ({ onText, onClose }: PeerHandlers) => {
      const [own, theirs] = channel();
      const socket = new PortWebSocket('ws://localhost/websocket', own);
      socket.onmessage = ({ data }) => onText(data);
      socket.onclose = ({ code, reason }) => onClose(code, reason);
      servePort(gateway, theirs);
      await clock.advanceAsync(0);
      return {
        send: (text) => socket.send(text),
        sendBinary: (bytes) => socket.send(bytes),
        ping: () => {},
        // A page that goes away takes its port along, of which nobody is told; the gateway's hosts tell of it as 1006.
        terminate: () => socket.close(1006),
      };
    },
  };
}

/** A MessageChannel whose messages are promises' tasks, which the fake clock waits for; the platform's come at times of their own. */
function channel(): [MessagePort, MessagePort] {
  class Port {
    onmessage: ((event: MessageEvent) => void) | null = null;
    other: Port | undefined;
    isOpen = true;

    postMessage(message: unknown): void {
      const data = structuredClone(message);
      void Promise.resolve().then(() => {
        if (this.other?.isOpen) this.other.onmessage?.(new MessageEvent('message', { data }));
      });
    }

    close(): void {
      this.isOpen = false;
    }
  }
  const ports = [new Port(), new Port()] as const;
  ports[0].other = ports[1];
  ports[1].other = ports[0];
  // As much of a port as both sides use.
  return ports as unknown as [MessagePort, MessagePort];
}
