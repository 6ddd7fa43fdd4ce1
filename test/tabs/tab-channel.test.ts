import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChannelLike, TabChannel, TabTalk } from '../../src/tabs/tab-channel.js';

/** One end of a channel, and what was said there. */
class Line implements ChannelLike {
  onmessage: ChannelLike['onmessage'] = null;
  readonly said: unknown[] = [];

  postMessage(message: { say: unknown[] }): void {
    this.said.push(message.say);
  }

  close(): void {}
}

const hello = { v: 1, from: 'other', say: ['ask', 'hello'] };

let line: Line;
let heard: string[];
let loadTalk: () => Promise<unknown>;
let channel: TabChannel;

async function open(): Promise<void> {
  const module = await import('../../src/tabs/tab-channel.js');
  loadTalk = module.loadTalk;
  line = new Line();
  heard = [];
  const hear = (from: string) =>
    ({
      ask: (what: string) => {
        heard.push(`${from} asks ${what}`);
        channel.say('here');
      },
      here: () => heard.push(`${from} is here`),
    }) as Partial<TabTalk> as TabTalk;
  channel = new module.TabChannel('me', line, hear, (leads) => heard.push(`stranger ${leads}`));
}

const hears = (data: unknown) => line.onmessage?.({ data } as MessageEvent);

/** The words have come, and what waited for them is done. */
async function loaded(): Promise<void> {
  await loadTalk();
  await Promise.resolve();
}

beforeEach(async () => {
  vi.resetModules();
  await open();
});
afterEach(() => vi.doUnmock('../../src/tabs/talk.js'));

describe('a tab whose words are still to be loaded', () => {
  it('says what it wanted to say, and hears what was said, in their order', async () => {
    channel.say('ask', 'sign');
    hears(hello);
    hears({ v: 2, from: 'new', say: ['news'] });
    channel.say('ask', 'nudge');
    expect([line.said, heard]).toEqual([[], []]);
    await loaded();
    expect(line.said).toEqual([['ask', 'sign'], ['ask', 'nudge'], ['here']]);
    expect(heard).toEqual(['other asks hello', 'stranger true']);
    hears({ v: 1, from: 'other', say: ['here'] });
    expect(heard.at(-1)).toBe('other is here');
  });

  it('that is closed meanwhile says and hears nothing', async () => {
    channel.say('ask', 'hello');
    hears(hello);
    channel.close();
    await loaded();
    expect([line.said, heard]).toEqual([[], []]);
  });

  it('tries again, when it has something to say, if they did not come', async () => {
    vi.resetModules();
    vi.doMock('../../src/tabs/talk.js', () => {
      throw new Error('offline');
    });
    await open();
    channel.say('ask', 'hello');
    await vi.dynamicImportSettled();
    vi.doUnmock('../../src/tabs/talk.js');
    channel.say('ask', 'sign');
    await loaded();
    expect(line.said).toEqual([['ask', 'sign']]);
  });

  it('does not hear itself', async () => {
    await loaded();
    hears({ ...hello, from: 'me' });
    expect(heard).toEqual([]);
  });
});
