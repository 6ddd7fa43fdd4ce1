import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChatWindow } from '../../../src/index.js';
import { FrameType } from '../../gateway/frames.js';
import { attachGateway } from '../../gateway/node-host.js';
import { ChatPage } from '../support/chat-page.js';
import { expect, test } from '../support/chat-test.js';

// What Chromium says of a WebSocket that the test has closed.
test.use({ allowErrors: [/^console\.error: WebSocket connection to /] });

test('in a sandboxed frame, where every storage throws, the chat works from memory (T1, G16)', async ({
  emptyPage,
  gateway,
  site,
  userId,
}) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  // To a frame without an origin all servers are strangers: this one passes the site on, and lets it in.
  const server = createServer(async (request, response) => {
    const { body, headers } = await fetch(new URL(request.url ?? '', site.url));
    response.setHeader('content-type', headers.get('content-type') ?? '');
    response.setHeader('access-control-allow-origin', '*');
    for await (const chunk of body ?? []) response.write(chunk);
    response.end();
  });
  attachGateway(server, gateway, { allowedHosts: ['null'] });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { page } = await emptyPage();
  await page.evaluate(
    (src) => {
      const frame = document.createElement('iframe');
      Object.assign(frame, { src, width: 800, height: 600 });
      frame.setAttribute('sandbox', 'allow-scripts');
      document.body.append(frame);
    },
    `http://127.0.0.1:${port}/?${new URLSearchParams({ user, peer })}`,
  );
  const chat = new ChatPage(page, page.frameLocator('iframe').locator('chat-window'));
  await expect(chat.light).toHaveAccessibleName('Connected');
  const denied = await chat.root.evaluate(() => {
    try {
      return String(window.localStorage);
    } catch (error) {
      return String(error);
    }
  });
  expect(denied).toContain('SecurityError');

  await chat.say('hello');
  await expect(chat.bubbles).toHaveText(['You: hello']);
  expect(await chat.root.evaluate((root: ChatWindow) => root.status?.durability)).toBe('memory');
  gateway.send(user, 'hello to you', { from: peer, typeu: 0 });
  await expect(chat.bubbles).toHaveText(['You: hello', 'hello to you']);
  gateway.stop();
  await chat.say('in the dark');
  await expect(chat.statusOf('in the dark')).toHaveAccessibleName('Waiting for the connection');
  gateway.start();
  await expect(chat.statusOf('in the dark')).toHaveAccessibleName('Delivered');
  const arrived = gateway.journal.frames({ user, dir: 'in', type: FrameType.data });
  expect(arrived.map(({ dataContent }) => dataContent)).toEqual(['hello', 'in the dark']);
  server.close();
});
