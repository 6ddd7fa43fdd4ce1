import type { ChatWindow } from '../../../src/index.js';
import { violations } from '../support/accessibility.js';
import { expect, test } from '../support/chat-test.js';

const languages = ['zh-CN', 'zh-TW', 'ja', 'ko', 'de', 'fr', 'es', 'pt-BR', 'ru', 'ar', 'he'] as const;

for (const tag of languages) {
  test(`${tag}: speaks it, loads no other, and fits into 360 px`, {
    tag: /zh-CN|ja|de|ar/.test(tag) ? [] : '@long',
  }, async ({ visit, gateway, userId }) => {
    const alice = userId('alice');
    const loaded: string[] = [];
    const chat = await visit(
      { user: alice, peer: 'bob', locale: tag },
      { viewport: { width: 360, height: 640 } },
      async (context) =>
        context.on('request', (request) => {
          const [, name] = /\/([\w-]+)\.js$/.exec(request.url()) ?? [];
          if (languages.some((each) => each === name)) loaded.push(name ?? '');
        }),
    );
    await expect.poll(() => chat.root.evaluate((root: ChatWindow) => root.connectionState.name)).toBe('connected');
    gateway.send(alice, 'hello', { from: 'bob', typeu: 0 });
    await expect(chat.root.locator('[part~=bubble]')).toHaveText('hello');
    await chat.root.evaluate((root: ChatWindow) => {
      root.conversation?.store.append(
        ...(['failed', 'unconfirmed', 'queued'] as const).map((status) => ({
          ...{ id: status, type: 0, content: status, from: 'me', to: 'bob', sentAt: Date.now(), status },
        })),
      );
    });
    await expect(chat.root.locator('[part~=failure]')).toHaveCount(2);
    const window = chat.root.locator('.window');
    const direction = tag === 'ar' || tag === 'he' ? 'rtl' : 'ltr';
    await expect(window).toHaveAttribute('lang', tag);
    await expect(window).toHaveCSS('direction', direction);
    expect(new Set(loaded)).toEqual(new Set([tag]));
    // The peer's bubbles stand where a line begins.
    const [list, bubble] = await Promise.all([
      chat.root.locator('[part~=messages]').boundingBox(),
      chat.root.locator('[part~=bubble]').first().boundingBox(),
    ]);
    const before = (bubble?.x ?? 0) - (list?.x ?? 0);
    const behind = (list?.width ?? 0) - before - (bubble?.width ?? 0);
    expect(direction === 'ltr' ? before < behind : behind < before).toBe(true);
    const tooWide = await chat.root.evaluate((root) => {
      const found: string[] = [];
      const visit = (element: Element) => {
        const { scrollWidth, clientWidth } = element;
        if (element.classList.contains('visually-hidden')) return;
        // The tail of a bubble stands beside it.
        const isCut = scrollWidth > clientWidth + (element.classList.contains('bubble') ? 7 : 1);
        if (clientWidth > 0 && isCut && getComputedStyle(element).display !== 'inline')
          found.push(`${element.localName} ${element.className}: ${scrollWidth} px in ${clientWidth}`);
        for (const child of [...element.children, ...(element.shadowRoot?.children ?? [])]) visit(child);
      };
      visit(root);
      return found;
    });
    expect(tooWide).toEqual([]);
    // What is to be typed is told whole.
    const placeholder = await chat.root.locator('textarea').evaluate((field: HTMLTextAreaElement) => {
      const context = document.createElement('canvas').getContext('2d');
      const { font, paddingLeft, paddingRight } = getComputedStyle(field);
      if (context) context.font = font;
      const room = field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      return { missing: Math.max(0, (context?.measureText(field.placeholder).width ?? 0) - room) };
    });
    expect(placeholder).toEqual({ missing: 0 });
    expect(await violations(chat)).toEqual([]);
  });
}
