/** For `embed.html`, in place of `parts.ts`: the bundle that lies beside. */
export const loadParts = (): Promise<unknown> =>
  import(/* @vite-ignore */ new URL('./harmonychat.bundle.js', import.meta.url).href);
