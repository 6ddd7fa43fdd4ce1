const loopbackNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a `Host` or an `Origin` header names this machine itself. */
export function isLoopback(header: string): boolean {
  const url = header.includes('://') ? header : `http://${header}`;
  return URL.canParse(url) && loopbackNames.has(new URL(url).hostname);
}
