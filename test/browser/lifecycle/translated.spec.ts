import { expect, test } from '../support/chat-test.js';

// The browser's own words about a server that does not answer.
test.use({ allowErrors: [/^console\.error: WebSocket connection to /] });

/** Runs in the page: puts every text into elements of its own, as the browser's translation does. */
function translate(): void {
  const all = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      element,
      ...(element.shadowRoot ? all(element.shadowRoot) : []),
    ]);
  for (const element of all(document.body)) {
    if (element.matches('style, script, textarea')) continue;
    for (const node of [...(element.shadowRoot ?? element).childNodes]) {
      if (!(node instanceof Text) || node.data.trim() === '') continue;
      const inner = document.createElement('font');
      inner.textContent = node.data.replace(/\p{L}+/gu, (word) => `${word}o`);
      const outer = document.createElement('font');
      outer.append(inner);
      node.replaceWith(outer);
    }
  }
}

test('translated by the browser, the transcript stays whole and goes on (L11)', async ({ enter, gateway, userId }) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const a = await enter({ user, peer });
  await a.say('one', 'two');
  await expect(a.bubbles).toHaveText(['You: one', 'You: two']);
  gateway.send(user, 'three', { from: peer, typeu: 0 });
  await expect(a.bubbles).toHaveText(['You: one', 'You: two', 'three']);
  await expect(a.statusOf('two')).toHaveAccessibleName('Delivered');

  await a.page.evaluate(translate);
  await expect(a.bubbles).toHaveText([/oneo/, /twoo/, 'threeo']);
  gateway.stop();
  await a.say('four');
  await expect(a.statusOf('four')).toHaveAccessibleName('Waiting for the connection');
  await a.page.evaluate(translate);
  gateway.start();
  await expect(a.statusOf('fouro')).toHaveAccessibleName('Delivered');
  gateway.send(user, 'five', { from: peer, typeu: 0 });
  await expect(a.bubbles).toHaveText([/oneo/, /twoo/, /threeo/, /fouro/, 'five']);
});

test('printed and in forced colours, the transcript can be read (L11)', async ({ enter, gateway, userId }) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const a = await enter({ user, peer });
  await a.say('one');
  await expect(a.bubbles).toHaveText(['You: one']);
  gateway.send(user, 'two', { from: peer, typeu: 0 });
  for (const media of [{ media: 'print' }, { forcedColors: 'active' }] as const) {
    await a.page.emulateMedia(media);
    await expect(a.bubbles).toHaveText(['You: one', 'two']);
    for (const bubble of await a.bubbles.all()) await expect(bubble).toBeVisible();
  }
});
