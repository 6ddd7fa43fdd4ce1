/** What a host gives the gateway for one accepted socket. */
export interface Transport {
  send(text: string): void;
  /** Closes in an orderly way: the peer sees `code` and `reason`. */
  close(code: number, reason: string): void;
  /** Drops the connection at once: the peer sees 1006. */
  terminate(): void;
}

/** What the gateway gives back: the host calls these as things arrive. */
export interface TransportHandlers {
  onText(text: string): void;
  onBinary(): void;
  /** The socket is gone, whoever closed it. */
  onClose(code: number, reason: string): void;
}
