import type { Gateway } from './gateway.js';
import type { AcceptOptions } from './options.js';

/** What goes through the port, in both directions. `close` is the last message either side sends. */
export type PortMessage =
  | { readonly type: 'open' }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'binary' }
  | { readonly type: 'close'; readonly code: number; readonly reason: string };

/** Lets a gateway serve one end of a MessageChannel as it would a socket; a PortWebSocket belongs at the other. */
export function servePort(gateway: Gateway, port: MessagePort, options: AcceptOptions = {}): void {
  const post = (message: PortMessage): void => port.postMessage(message);
  let isOpen = true;
  const end = (code: number, reason: string, tell: boolean): void => {
    if (!isOpen) return;
    isOpen = false;
    if (tell) post({ type: 'close', code, reason });
    port.close();
    handlers?.onClose(code, reason);
  };
  if (gateway.running) post({ type: 'open' });
  let handlers: ReturnType<Gateway['accept']> | undefined;
  handlers = gateway.accept(
    {
      send: (text) => post({ type: 'text', text }),
      close: (code, reason) => end(code, reason, true),
      terminate: () => end(1006, '', true),
    },
    options,
  );
  port.onmessage = ({ data }: MessageEvent<PortMessage>) => {
    if (data.type === 'text') handlers?.onText(data.text);
    else if (data.type === 'binary') handlers?.onBinary();
    else if (data.type === 'close') end(data.code, data.reason, true);
  };
}
