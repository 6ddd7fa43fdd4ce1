import type { Panel } from './panel/panel.js';
import { scriptUrl } from './script.js';

/**
 * For the script tag, in place of `parts.ts`: the files beside the script, with its `?v=…` if it has one. A second try goes to
 * another address, because some browsers remember what did not come.
 */
export async function loadParts(attempt: number): Promise<{ readonly Panel: typeof Panel }> {
  const [panel] = await Promise.all(
    ['panel', 'bundle'].map((name) => import(/* @vite-ignore */ address(name, attempt))),
  );
  return panel;
}

function address(name: string, attempt: number): string {
  const url = new URL(`harmonychat.${name}.js`, scriptUrl);
  url.search = new URL(scriptUrl).search;
  if (attempt > 0) url.searchParams.append('again', String(attempt));
  return url.href;
}
