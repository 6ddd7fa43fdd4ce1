import { fileURLToPath } from 'node:url';
import type axe from 'axe-core';
import type { ChatWindow } from '../../../src/index.js';
import type { ChatPage } from './chat-page.js';
import { expect } from './chat-test.js';

const source = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));

/** Levels A and AA of WCAG 2.0, 2.1 and 2.2. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe-core finds in the chat as it is now: the rule, and where. */
export async function violations({ page, root }: ChatPage): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ path: source });
  return root.evaluate(async (chat, values) => {
    const { axe: checker } = window as unknown as { axe: typeof axe };
    const found = await checker.run(chat, {
      runOnly: { type: 'tag', values },
      rules: { 'target-size': { enabled: true } },
    });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.flat().join(' ')}: ${failureSummary}`),
    );
  }, rules);
}

/** axe-core finds nothing, in both languages, light and dark. */
export async function expectNoViolations(chat: ChatPage): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    for (const locale of ['zh-CN', 'en']) {
      await chat.root.evaluate(
        async (root: ChatWindow, look) => {
          Object.assign(root, look);
          await root.updateComplete;
          // Colours in the middle of a transition are nobody's colours.
          document.getAnimations().forEach((animation) => {
            if (animation instanceof CSSTransition) animation.finish();
          });
          await new Promise(requestAnimationFrame);
        },
        { theme, locale },
      );
      expect(await violations(chat), `${theme}, ${locale}`).toEqual([]);
    }
  }
}
