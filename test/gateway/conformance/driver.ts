/** What arrives on a socket of a replay. */
export interface PeerHandlers {
  onText(text: string): void;
  onClose(code: number, reason: string): void;
  onPong(): void;
}

/** One socket of a replay. */
export interface Peer {
  send(text: string): void;
  sendBinary(bytes: Uint8Array): void;
  ping(): void;
  /** Drops the connection without a close frame. */
  terminate(): void;
}

/** What a replay needs of the world: sockets to a server, and time. */
export interface Driver {
  /** Whether WebSocket pings can be sent; if not, they are left out of the comparison. */
  readonly hasPings: boolean;
  /** Milliseconds since any fixed moment. */
  now(): number;
  wait(ms: number): Promise<void>;
  open(handlers: PeerHandlers): Promise<Peer>;
}
