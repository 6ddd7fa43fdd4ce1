import { beforeEach, describe, expect, it } from 'vitest';
import { type ChannelLike, TabChannel, type TabTalk, words } from '../../src/tabs/tab-channel.js';
import { notHere } from '../support/not-here.js';

/** One end of a channel, and what was said there. */
class Line implements ChannelLike {
  onmessage: ChannelLike['onmessage'] = null;
  readonly said: unknown[] = [];

  postMessage(message: { say: unknown[] }): void {
    this.said.push(message.say);
  }

  close(): void {
    this.said.push('closed');
  }
}

const hello = { v: 1, from: 'other', say: ['ask', 'hello'] };

let line: Line;
let heard: string[];
let channel: TabChannel;
/** Lets the words come, or not come. */
let come: () => Promise<void>;
let fail: () => Promise<void>;
let doubt: Promise<unknown> | undefined;

const hears = (data: unknown) => line.onmessage?.({ data } as MessageEvent);

beforeEach(() => {
  ({ come, fail } = notHere(words));
  line = new Line();
  heard = [];
  doubt = undefined;
  const hear = (from: string) =>
    ({
      ask: (what: string) => {
        heard.push(`${from} asks ${what}`);
        channel.say('here');
      },
      here: () => heard.push(`${from} is here`),
    }) as Partial<TabTalk> as TabTalk;
  channel = new TabChannel('me', line, hear, (leads) => heard.push(`stranger ${leads}`), { doubt: () => doubt });
});

describe('a tab whose words are still to be loaded', () => {
  it('says what it wanted to say, and hears what was said, in their order', async () => {
    channel.say('ask', 'sign');
    hears(hello);
    hears({ v: 2, from: 'new', say: ['news'] });
    channel.say('ask', 'nudge');
    expect([line.said, heard]).toEqual([[], []]);
    await come();
    expect(line.said).toEqual([['ask', 'sign'], ['ask', 'nudge'], ['here']]);
    expect(heard).toEqual(['other asks hello', 'stranger true']);
    hears({ v: 1, from: 'other', say: ['here'] });
    expect(heard.at(-1)).toBe('other is here');
  });

  it('that is closed meanwhile still says what it had to say, and hears nothing', async () => {
    channel.say('ask', 'disconnect');
    hears(hello);
    channel.close();
    await come();
    expect([line.said, heard]).toEqual([[['ask', 'disconnect'], 'closed'], []]);
  });

  it('that is closed is so too when they do not come', async () => {
    channel.say('ask', 'disconnect');
    channel.close();
    await fail();
    expect(line.said).toEqual(['closed']);
  });

  it('that has to be closed at once is', () => {
    channel.say('ask', 'hello');
    channel.close(true);
    expect([line.said, line.onmessage]).toEqual([['closed'], null]);
  });

  it('tries again, when it has something to say, if they did not come', async () => {
    channel.say('ask', 'hello');
    await fail();
    channel.say('ask', 'sign');
    await come();
    expect(line.said).toEqual([['ask', 'sign']]);
  });

  it('does not hear itself', async () => {
    hears({ ...hello, from: 'me' });
    await come();
    expect(heard).toEqual([]);
  });
});

describe('a tab that doubts whether it leads', () => {
  it('hears and says nothing before it knows, then all in its order', async () => {
    const loading = words.load();
    await come();
    await loading;
    let know = () => {};
    doubt = new Promise<void>((resolve) => {
      know = resolve;
    });
    hears(hello);
    channel.say('ask', 'nudge');
    expect([line.said, heard]).toEqual([[], []]);
    know();
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect([line.said, heard]).toEqual([[['ask', 'nudge'], ['here']], ['other asks hello']]);
  });

  it('goes on where nobody can tell it', async () => {
    const loading = words.load();
    await come();
    await loading;
    doubt = Promise.reject(new DOMException('no locks here', 'SecurityError'));
    hears(hello);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(heard).toEqual(['other asks hello']);
  });

  it('waits for the words too, if they are not there', async () => {
    doubt = Promise.resolve();
    hears(hello);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(heard).toEqual([]);
    await come();
    expect(heard).toEqual(['other asks hello']);
  });
});
