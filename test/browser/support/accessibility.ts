import { fileURLToPath } from 'node:url';
import type axe from 'axe-core';
import type { ChatPage } from './chat-page.js';

const source = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));

/** Levels A and AA of WCAG 2.0, 2.1 and 2.2. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe-core finds in the chat as it is now: the rule, and where. */
export async function violations({ page, root }: ChatPage): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ path: source });
  return root.evaluate(async (chat, values) => {
    const { axe: checker } = window as unknown as { axe: typeof axe };
    const found = await checker.run(chat, { runOnly: { type: 'tag', values } });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.flat().join(' ')}: ${failureSummary}`),
    );
  }, rules);
}
