import { CorePeer } from '../../gateway/core-peer.js';
import type { Gateway } from '../../gateway/gateway.js';
import type { ChatPage } from '../support/chat-page.js';
import { expect, test } from '../support/chat-test.js';

// What a history that is out of order answers is told by the browser itself.
test.use({ allowErrors: [/^console\.error: Failed to load resource.* 503 /], viewport: { width: 400, height: 700 } });

/** So many messages of alice are in the history, of one to four lines. */
function tell(gateway: Gateway, alice: string, bob: string, count: number): void {
  const peer = new CorePeer(gateway).login(alice);
  for (let n = 0; n < count; n++) peer.say(bob, `number ${n}. ${'and so on '.repeat((n * 7) % 12)}`, `${alice} ${n}`);
  peer.disconnect();
}

interface Place {
  readonly text: string;
  /** Px from the list's upper edge to the bubble. */
  readonly top: number;
}

/** The first bubble that begins in view. */
function firstInView(chat: ChatPage): Promise<Place> {
  return chat.list.evaluate((list) => {
    const { top } = list.getBoundingClientRect();
    for (const row of list.querySelectorAll('message-bubble')) {
      const bubble = row.shadowRoot?.querySelector('[part~=bubble]');
      const place = (bubble?.getBoundingClientRect().top ?? Number.NEGATIVE_INFINITY) - top;
      if (place >= 0) return { text: row.message?.content ?? '', top: Math.round(place * 10) / 10 };
    }
    throw new Error('Expected a message to begin in view; none does');
  });
}

/** Scrolls to the very top and watches where the first bubble is, frame by frame, until older messages stand above it. */
function watchWhileOlderCome(chat: ChatPage): Promise<{ places: (number | null)[]; shown: number; notes: string[] }> {
  return chat.root.evaluate(async (root: HTMLElementTagNameMap['chat-window']) => {
    const list = root.shadowRoot?.querySelector('message-list')?.shadowRoot?.querySelector('[role=log]');
    const store = root.conversation?.store;
    if (!list || !store) throw new Error('Expected a list');
    const painted = () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
      });
    const before = store.size;
    list.scrollTop = 0;
    const notes = new Set<string>();
    const { top } = list.getBoundingClientRect();
    const rows = () => [...list.querySelectorAll('message-bubble')];
    const bubbleOf = (id: string) =>
      rows()
        .find(({ message }) => message?.id === id)
        ?.shadowRoot?.querySelector('[part~=bubble]');
    await painted();
    const id = store.messages.find(({ status }) => status !== 'note')?.id ?? '';
    const places: (number | null)[] = [];
    for (let after = 0; after < 10; ) {
      const rect = bubbleOf(id)?.getBoundingClientRect();
      places.push(rect ? Math.round((rect.top - top) * 10) / 10 : null);
      const [first] = store.messages;
      if (first?.status === 'note') notes.add(first.content);
      root.dataset['watched'] = 'yes';
      if (store.size >= before + 20) after += 1;
      await painted();
    }
    return { places, shown: store.size, notes: [...notes] };
  });
}

/** The history answers when the function that is returned is called. */
async function holdHistory(chat: ChatPage): Promise<() => Promise<void>> {
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await chat.page.route(/gateway\/history\?.*before=/, async (route) => {
    await held;
    await route.continue();
  });
  return async () => answer();
}

test('older messages come while nothing in view moves, to the line that marks the beginning', async ({
  enter,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  tell(gateway, alice, bob, 130);
  const chat = await enter({ user: alice, peer: bob });
  await expect(chat.message('number 129.')).toBeInViewport();
  await expect(chat.message('MobileIMSDK')).toBeHidden();
  for (let pages = 0; pages < 2; pages++) {
    const { places } = await watchWhileOlderCome(chat);
    expect(places[0]).toEqual(expect.any(Number));
    expect(places).toEqual(places.map(() => places[0]));
  }
  await chat.list.press('Home');
  await expect(chat.message('number 0.')).toBeInViewport();
  await expect(chat.message('MobileIMSDK')).toBeInViewport();
  const { notes, texts } = await chat.root.evaluate((root: HTMLElementTagNameMap['chat-window']) => {
    const messages = root.conversation?.store.messages ?? [];
    return {
      notes: messages.flatMap(({ status, content }, at) => (status === 'note' ? [`${at} ${content}`] : [])),
      texts: messages.flatMap(({ status, content }) => (status === 'note' ? [] : [content.split('.')[0]])),
    };
  });
  expect(notes).toEqual(['0 transport']);
  expect(texts).toEqual(Array.from({ length: 130 }, (_, n) => `number ${n}`));
});

test('a slow page is announced by a row, and moves nothing either when it comes', async ({
  enter,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  tell(gateway, alice, bob, 80);
  const chat = await enter({ user: alice, peer: bob });
  await expect(chat.message('number 79.')).toBeInViewport();
  const answer = await holdHistory(chat);
  await chat.list.evaluate((list) => {
    list.scrollTop = 0;
  });
  await expect(chat.root.getByText('Loading earlier messages…')).toBeVisible();
  const watched = watchWhileOlderCome(chat);
  await expect(chat.root).toHaveAttribute('data-watched');
  await answer();
  const { places, notes } = await watched;
  expect(notes[0]).toBe('older');
  expect(places[0]).toBeGreaterThan(0);
  expect(places).toEqual(places.map(() => places[0]));
});

test('a page that does not come is told with a button, which brings it', async ({ enter, gateway, userId }) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  tell(gateway, alice, bob, 80);
  const chat = await enter({ user: alice, peer: bob });
  await expect(chat.message('number 79.')).toBeInViewport();
  gateway.faults.failHistory(alice);
  await chat.list.press('Home');
  await expect(chat.root.getByText('Earlier messages did not load.')).toBeVisible();
  gateway.faults.clear(alice);
  await chat.list.press('Home');
  await chat.list.getByRole('button', { name: 'Retry' }).click();
  await expect(chat.root.getByText('Earlier messages did not load.')).toBeHidden();
  await chat.list.press('Home');
  await expect(chat.message('number 0.')).toBeInViewport();
});

test('L4: after a reload the reader is where they were, and what was typed is there', async ({
  enter,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  tell(gateway, alice, bob, 130);
  const chat = await enter({ user: alice, peer: bob });
  await expect(chat.message('number 129.')).toBeInViewport();
  await watchWhileOlderCome(chat);
  await chat.list.evaluate((list) => {
    list.scrollTop -= 1_234;
  });
  await chat.field.fill('half a thought');
  await expect.poll(() => firstInView(chat).then(({ text }) => /^number [2-7]\d\./.test(text))).toBe(true);
  const before = await firstInView(chat);

  await chat.page.reload();
  await expect.poll(() => firstInView(chat).catch(() => undefined)).toEqual(before);
  await expect(chat.field).toHaveValue('half a thought');
  await chat.list.press('End');
  await expect(chat.message('number 129.')).toBeInViewport();

  await chat.page.reload();
  await expect(chat.message('number 129.')).toBeInViewport();
});
