import { createServer, type Server as HttpServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { Gateway } from './gateway.js';
import { isLoopback } from './loopback.js';

export interface AttachOptions {
  /** Path of the WebSocket. Default `/websocket`. */
  readonly path?: string;
  /** Host names, besides the loopback ones, whose pages may connect; `null` is for sandboxed frames. Default none. */
  readonly allowedHosts?: readonly string[];
}

/** The gateway itself tells what is over its limit, with its own words; this only keeps memory bounded. */
const MAX_PAYLOAD = 16 * 1024 * 1024;

/**
 * Lets a gateway answer the upgrade requests of an HTTP server for its path; others are left to others. While the gateway
 * is stopped, and for a page of another host, the connection is dropped. The query's `heartbeat` (seconds) sets the read
 * timeout of that socket. What `ws` cannot tell: the original closes on a fragmented message, this one puts it together.
 * @returns A function that detaches the gateway.
 */
export function attachGateway(
  server: HttpServer,
  gateway: Gateway,
  { path = '/websocket', allowedHosts = [] }: AttachOptions = {},
): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_PAYLOAD,
  });
  const mayConnect = (origin: string | undefined): boolean =>
    origin === undefined ||
    isLoopback(origin) ||
    // Of this machine too, by RFC 6761: browsers look them up nowhere.
    /^http:\/\/[\w.-]+\.localhost(:\d+)?$/.test(origin) ||
    allowedHosts.includes(URL.canParse(origin) ? new URL(origin).hostname : origin);

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname !== path) return;
    if (!gateway.running) socket.destroy();
    else if (!mayConnect(request.headers.origin)) refuse(socket, 403, 'expected a page from this machine');
    else sockets.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, gateway, heartbeatOf(url)));
  };
  server.on('upgrade', onUpgrade);
  return () => {
    server.off('upgrade', onUpgrade);
  };
}

export interface ListeningGateway {
  /** Address of the WebSocket. */
  readonly url: string;
  readonly port: number;
  /** Stops the gateway and gives the port back. */
  close(): Promise<void>;
}

/** Opens a port for a gateway alone. `port` 0, the default, takes a free one; `host` must be a loopback address. */
export async function listen(
  gateway: Gateway,
  { port = 0, host = '127.0.0.1', ...options }: AttachOptions & { readonly port?: number; readonly host?: string } = {},
): Promise<ListeningGateway> {
  const name = host.includes(':') ? `[${host}]` : host;
  if (!isLoopback(name)) throw new RangeError(`host: expected a loopback address, got ${host}`);
  const server = createServer((_, response) => response.writeHead(404).end());
  attachGateway(server, gateway, options);
  const path = options.path ?? '/websocket';
  server.on('upgrade', (request, socket) => {
    if (new URL(request.url ?? '/', 'http://localhost').pathname !== path) refuse(socket, 404, `expected ${path}`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ port, host, backlog: 4096 }, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `ws://${name}:${address.port}${path}`,
    port: address.port,
    close: () => {
      gateway.stop();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function serve(webSocket: WebSocket, gateway: Gateway, heartbeat: number | undefined): void {
  const transport = {
    send: (text: string) => {
      if (webSocket.readyState === WebSocket.OPEN) webSocket.send(text);
    },
    close: (code: number, reason: string) => webSocket.close(code, reason),
    terminate: () => webSocket.terminate(),
  };
  let handlers: ReturnType<Gateway['accept']>;
  try {
    handlers = gateway.accept(transport, heartbeat === undefined ? {} : { heartbeat });
  } catch (error) {
    webSocket.close(1008, error instanceof Error ? error.message : String(error));
    return;
  }
  // An error is always followed by 'close', which is all that the gateway wants to know.
  webSocket.on('error', () => {});
  webSocket.on('message', (data, isBinary) => {
    if (isBinary) handlers.onBinary();
    else handlers.onText(data.toString());
  });
  webSocket.on('close', (code, reason) => handlers.onClose(code, reason.toString()));
}

function heartbeatOf(url: URL): number | undefined {
  const heartbeat = url.searchParams.get('heartbeat');
  return heartbeat === null ? undefined : Number(heartbeat);
}

function refuse(socket: Duplex, status: 403 | 404, reason: string): void {
  const phrase = status === 403 ? 'Forbidden' : 'Not Found';
  socket.end(
    `HTTP/1.1 ${status} ${phrase}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${reason.length}\r\n\r\n${reason}`,
  );
}
