/**
 * Tells that the page goes into the back-forward cache (`pagehide`), or comes back from there (`pageshow`), until the signal is
 * aborted. A browser throws a page out of that cache when others ask for a Web Lock that it holds.
 */
export function onPageCache(type: 'pagehide' | 'pageshow', listener: () => void, signal: AbortSignal): void {
  // Not in Node.
  globalThis.addEventListener?.(type, ({ persisted }) => persisted && listener(), { signal });
}
