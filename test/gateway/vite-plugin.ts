import type { Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { Connect, Logger, Plugin } from 'vite';
import { adminHandler } from './admin.js';
import { Gateway } from './gateway.js';
import { hostClock } from './host-clock.js';
import { attachGateway } from './node-host.js';

/** What the plugin uses of Vite's development and preview servers, which are typed apart. */
interface HostServer {
  readonly httpServer: unknown;
  readonly middlewares: Connect.Server;
  readonly config: { readonly logger: Logger };
}

/** Puts a gateway, and the handler of its faults, on Vite's own server: same origin, same port, on both loopback families. */
export function gatewayPlugin(gateway = new Gateway({ clock: hostClock, robot: true, offlineStore: true })): Plugin {
  const host = ({ httpServer, middlewares, config }: HostServer): void => {
    middlewares.use(adminHandler(gateway));
    // Missing in middleware mode; where it is there, it is a plain HTTP server: this project does not configure TLS.
    const server = httpServer as HttpServer | null;
    if (!server) return;
    gateway.start();
    attachGateway(server, gateway);
    let second: Server | undefined;
    server.once('listening', () => {
      const { port } = server.address() as AddressInfo;
      second = listenOnIPv6(server, port);
      config.logger.info(`  Development gateway, not for production: ws://localhost:${port}/websocket`);
    });
    server.once('close', () => {
      gateway.stop();
      second?.close();
    });
  };
  return { name: 'harmonychat-gateway', configureServer: host, configurePreviewServer: host };
}

/** The first port from `wanted` up that is free on both loopback families. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < 65_536; port++) {
    if ((await isFree(port, '127.0.0.1')) && (await isFree(port, '::1'))) return port;
  }
  throw new RangeError(`port: expected a free one from ${wanted} up, found none`);
}

/** `localhost` may mean either family. The connections are given to the server that listens on the other one. */
function listenOnIPv6(server: HttpServer, port: number): Server {
  const second = createServer((socket) => server.emit('connection', socket));
  // No IPv6 on this machine: then nobody will ask for it.
  second.on('error', () => {});
  return second.listen({ port, host: '::1', ipv6Only: true });
}

/** A family that this machine does not have is nobody's obstacle. */
function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    );
    probe.listen({ port, host, ipv6Only: true }, () => probe.close(() => resolve(true)));
  });
}
