import { FrameType } from '../../gateway/frames.js';
import { expect, test } from '../support/chat-test.js';

test.use({ allowErrors: [/^console\.error: WebSocket connection to /] });

/** Chromium 156 crashes where an animation of a background has ended, was forgotten, and the background then changes. */
test('G10: the light has breathed, memory was tidied up, and the page survives the loss of the line', async ({
  enter,
  gateway,
  userId,
}) => {
  const user = userId('alice');
  const { page, light } = await enter({ user, peer: userId('bob'), heartbeat: 3 });
  await gateway.journal.waitFor({ user, dir: 'out', type: FrameType.keepAliveResponse });
  await light.evaluate((circle) =>
    Promise.all(circle.getAnimations({ subtree: true }).map(({ finished }) => finished)),
  );
  const cdp = await page.context().newCDPSession(page);
  for (let turn = 0; turn < 3; turn++) await cdp.send('HeapProfiler.collectGarbage');
  let crashed = false;
  page.on('crash', () => {
    crashed = true;
  });
  gateway.stop();
  await expect
    .poll(async () => crashed || (await Promise.race([light.getAttribute('aria-label'), page.waitForEvent('crash')])))
    .toBe('Connecting…');
});
