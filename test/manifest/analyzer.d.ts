import type { Package } from 'custom-elements-manifest/schema';

// What the package exports and its own types leave out.
declare module '@custom-elements-manifest/analyzer' {
  /** Its own TypeScript: ours has no compiler to call. */
  export const ts: Parameters<NonNullable<Plugin['initialize']>>[0]['ts'];
  export function create(options: { modules: unknown[]; plugins: Plugin[] }): Package;
}
