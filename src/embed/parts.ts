import type { Panel } from './panel/panel.js';

/**
 * What a launcher loads when somebody is about to chat: its panel, and the elements in it.
 *
 * @param _attempt counts from 0
 */
export async function loadParts(_attempt: number): Promise<{ readonly Panel: typeof Panel }> {
  const [panel] = await Promise.all([import('./panel/panel.js'), import('../define.js')]);
  return panel;
}
