import { WebSocket } from 'ws';
import type { Driver } from './driver.js';

/** Replays in real time against a server with an address. */
export function socketDriver(url: string): Driver {
  return {
    hasPings: true,
    now: () => performance.now(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    open: (handlers) =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(url, { perMessageDeflate: false });
        socket.on('error', reject);
        socket.on('message', (data) => handlers.onText(data.toString()));
        socket.on('pong', () => handlers.onPong());
        socket.on('close', (code, reason) => handlers.onClose(code, reason.toString()));
        socket.on('open', () =>
          resolve({
            send: (text) => socket.send(text),
            sendBinary: (bytes) => socket.send(bytes),
            ping: () => socket.ping(),
            terminate: () => socket.terminate(),
          }),
        );
      }),
  };
}
