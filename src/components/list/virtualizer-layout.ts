import type { VirtualizeDirectiveConfig } from '@lit-labs/virtualizer/virtualize.js';

// The package does not export the types of its layouts, so they are taken from what it does export.

/** What the `virtualize` directive takes as its layout. */
export type LayoutConfig = NonNullable<VirtualizeDirectiveConfig<unknown>['layout']>;

type LayoutConstructor = Extract<LayoutConfig, { type: unknown }>['type'];

/** What the virtualizer asks of a layout. */
export type Layout = InstanceType<LayoutConstructor>;

/** Where a layout sends what it has decided. */
export type LayoutSink = ConstructorParameters<LayoutConstructor>[0];

/** Sizes of mounted rows by their index. */
export type Measurements = Parameters<NonNullable<Layout['updateItemSizes']>>[0];

/** The row's size as laid out, not as painted: an animation that scales the chat must not change it. */
export function measureRow(row: Element): { width: number; height: number } {
  // The height is "auto" while the row is not displayed.
  return { width: row.clientWidth, height: Number.parseFloat(getComputedStyle(row).height) || 0 };
}
