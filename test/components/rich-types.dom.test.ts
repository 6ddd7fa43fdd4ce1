import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CardBubble } from '../../src/components/bubbles/card-bubble.js';
import type { FileBubble } from '../../src/components/bubbles/file-bubble.js';
import type { ImageBubble } from '../../src/components/bubbles/image-bubble.js';
import type { BubbleSurroundings } from '../../src/components/bubbles/message-types.js';
import type { QuickReplies } from '../../src/components/bubbles/quick-replies.js';
import { richTypes, TextBubble } from '../../src/components/bubbles/text-bubble.js';
import type { UnknownBubble } from '../../src/components/bubbles/unknown-bubble.js';
import type { VoiceBubble } from '../../src/components/bubbles/voice-bubble.js';
import { en } from '../../src/locales/en.js';
import { onDemandEn } from '../../src/locales/on-demand-en.js';
import { strings as zhCN } from '../../src/locales/zh-CN.js';
import { MessageStore } from '../../src/store/message-store.js';
import { messageOf } from '../store/messages.js';
import { change, inside, mount, textOf } from './mount.js';

const ORIGIN = 'http://localhost:3000';
const said: string[] = [];
const around: BubbleSurroundings = { isLast: true, imageHosts: '', send: (text) => said.push(text) };

interface Bubbles {
  'image-bubble': ImageBubble;
  'voice-bubble': VoiceBubble;
  'file-bubble': FileBubble;
  'quick-replies': QuickReplies;
  'card-bubble': CardBubble;
  'unknown-bubble': UnknownBubble;
}

async function show<K extends keyof Bubbles>(
  tag: K,
  type: number,
  content: unknown,
  surroundings: Partial<BubbleSurroundings> = {},
): Promise<Bubbles[K]> {
  const message = messageOf('m', { type, content: typeof content === 'string' ? content : JSON.stringify(content) });
  const bubble = await mount(TextBubble, { message, strings: en, surroundings: { ...around, ...surroundings } });
  const element = inside(bubble, tag) as unknown as Bubbles[K];
  await element.updateComplete;
  return element;
}

const find = (element: Element, selector: string) => element.shadowRoot?.querySelector(selector) ?? null;

beforeEach(async () => {
  said.length = 0;
  await richTypes.load();
  vi.stubGlobal('location', { origin: ORIGIN });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('an image', () => {
  test('has its place before it has loaded, in its own shape, no larger than fits', async () => {
    const element = await show('image-bubble', 1, {
      url: `${ORIGIN}/x.png`,
      width: 1_300,
      height: 650,
      name: 'teapot',
    });
    const image = inside<HTMLImageElement>(element, 'img');
    expect([image.getAttribute('width'), image.getAttribute('height')]).toEqual(['260', '130']);
    expect(image.getAttribute('referrerpolicy')).toBe('no-referrer');
    expect(inside(element, 'button').getAttribute('aria-label')).toBe('Open the image teapot');
  });

  test('of unknown size has one all the same; a small one is not made larger', async () => {
    const unknown = inside(await show('image-bubble', 1, `${ORIGIN}/x.png`), 'img');
    expect([unknown.getAttribute('width'), unknown.getAttribute('height')]).toEqual(['200', '150']);
    const small = inside(await show('image-bubble', 1, { url: `${ORIGIN}/x.png`, width: 16, height: 9 }), 'img');
    expect([small.getAttribute('width'), small.getAttribute('height')]).toEqual(['16', '9']);
  });

  test('H7: from elsewhere is a link that says where it leads, and loads nothing', async () => {
    const element = await show('image-bubble', 1, 'https://elsewhere.example/x.png');
    expect(find(element, 'img')).toBeNull();
    const link = inside<HTMLAnchorElement>(element, 'a');
    expect(link.textContent).toBe('Image on elsewhere.example');
    expect(link.rel).toBe('noopener noreferrer nofollow ugc');
    const hosts = { imageHosts: 'elsewhere.example' };
    expect(find(await show('image-bubble', 1, 'https://elsewhere.example/x.png', hosts), 'img')).not.toBeNull();
  });

  test('H7: of this page is a link, if its thumbnail is from elsewhere', async () => {
    const content = { url: `${ORIGIN}/x.png`, thumbnail: 'https://elsewhere.example/x.png' };
    expect(find(await show('image-bubble', 1, content), 'img')).toBeNull();
  });

  test('that does not load says so, with a link; another one in its place begins anew', async () => {
    const element = await show('image-bubble', 1, { url: `${ORIGIN}/x.png`, name: 'teapot' });
    inside(element, 'img').dispatchEvent(new Event('error'));
    await element.updateComplete;
    expect(textOf(element)).toBe(`${onDemandEn.imageFailed}teapot`);
    await change(element, { image: { url: `${ORIGIN}/y.png`, name: '' } });
    expect(find(element, 'img')).not.toBeNull();
  });
});

test('a file has a name, a size and a kind, and says from where it is, if that is not this page', async () => {
  const element = await show('file-bubble', 5, { url: `${ORIGIN}/f`, name: 'price list.pdf', bytes: 1_536_000 });
  const link = inside<HTMLAnchorElement>(element, 'a');
  expect(link.textContent?.replace(/\s+/g, ' ')).toContain('File PDF price list.pdf');
  expect([link.getAttribute('download'), link.target]).toEqual(['price list.pdf', '_blank']);
  expect(inside(element, '.kind').textContent).toBe('PDF');
  expect(inside(element, '.size').textContent).toBe('1.5 MB');
  const foreign = await show('file-bubble', 5, { url: 'https://files.example/x', name: 'x' });
  expect(inside(foreign, '.size').textContent).toBe('files.example');
  const plain = await show('file-bubble', 5, `${ORIGIN}/`);
  expect(textOf(plain)).toContain('localhost:3000');
  expect([find(plain, '.size'), inside(plain, '.kind').textContent]).toEqual([null, '']);
});

describe('quick replies', () => {
  const question = { text: 'Which size?', replies: ['S', { title: 'L', text: 'Large, please' }] };

  test('send their text, and are open until something else was said', async () => {
    const element = await show('quick-replies', 20, question);
    const buttons = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
    expect(buttons.map((button) => button.textContent)).toEqual(['S', 'L']);
    for (const button of buttons) button.click();
    expect(said).toEqual(['S', 'Large, please']);
    const late = await show('quick-replies', 20, question, { isLast: false });
    expect(textOf(late)).toBe('Which size?');
    expect(find(late, 'button')).toBeNull();
  });

  test('that one sent oneself are the peer’s to choose', async () => {
    const message = messageOf('m', { type: 20, content: JSON.stringify(question), status: 'delivered' });
    const bubble = await mount(TextBubble, { message, strings: en, surroundings: around });
    const element = inside<QuickReplies & HTMLElement>(bubble, 'quick-replies');
    await element.updateComplete;
    expect(find(element, 'button')).toBeNull();
  });
});

test('a card has a picture, a title, a text, and buttons that say something or lead somewhere', async () => {
  const content = {
    ...{ title: 'Teapot', text: '600 ml', image: { url: `${ORIGIN}/x.png`, width: 4, height: 3 } },
    buttons: [
      { title: 'Order', text: 'I want it' },
      { title: 'More', url: 'https://shop.example/teapot' },
    ],
  };
  const element = await show('card-bubble', 21, content, { isLast: false });
  expect(textOf(element).replace(/\s+/g, ' ')).toBe('Teapot 600 ml OrderMoreshop.example');
  await inside<ImageBubble>(element, 'image-bubble').updateComplete;
  expect(find(inside(element, 'image-bubble'), 'img')).not.toBeNull();
  inside(element, 'button').click();
  expect(said).toEqual(['I want it']);
  expect(inside<HTMLAnchorElement>(element, 'a').href).toBe('https://shop.example/teapot');
});

test.each([1, 2, 5, 20, 21, 77])('type %i with a content that is none of it says so, and is readable', async (type) => {
  const element = await show('unknown-bubble', type, '<b>{not JSON');
  expect(textOf(element)).toBe(`${en.unknownType(type)}\n<b>{not JSON`);
});

/** What looks like a window to whoever is in it. */
function standIn(store: MessageStore): HTMLElement {
  const window = document.createElement('div');
  Object.defineProperty(window, 'localName', { value: 'chat-window' });
  window.attachShadow({ mode: 'open' });
  return document.body.appendChild(Object.assign(window, { conversation: { store } }));
}

describe('a voice message', () => {
  const played: FakeAudio[] = [];

  class FakeAudio extends EventTarget {
    src = '';
    currentTime = 0;
    duration = Number.NaN;
    playbackRate = 1;
    readyState = 0;
    paused = true;
    ended = false;

    constructor() {
      super();
      played.push(this);
    }

    async play(): Promise<void> {
      if (this.src.includes('gone.wav')) throw new DOMException('no source', 'NotSupportedError');
      this.paused = false;
      this.readyState = 4;
      this.duration = 12;
      this.dispatchEvent(new Event('loadedmetadata'));
      this.dispatchEvent(new Event('play'));
    }

    pause(): void {
      if (this.paused) return;
      this.paused = true;
      this.dispatchEvent(new Event('pause'));
    }

    at(seconds: number): void {
      this.currentTime = seconds;
      this.dispatchEvent(new Event('timeupdate'));
    }
  }

  let voices = 0;
  /** Each a message of its own. */
  const voice = (url = `${ORIGIN}/v.wav`) => show('voice-bubble', 2, { url: `${url}?${++voices}`, seconds: 10 });
  const press = async (element: VoiceBubble, label: string) => {
    inside(element, `button[aria-label="${label}"]`).click();
    await Promise.resolve();
    await element.updateComplete;
  };
  const slider = (element: VoiceBubble) => inside<HTMLInputElement>(element, 'input');

  beforeEach(() => {
    played.length = 0;
    vi.stubGlobal('Audio', FakeAudio);
  });

  test('loads nothing before it is played; then tells where it is', async () => {
    const element = await voice();
    expect(played).toEqual([]);
    expect(textOf(inside(element, '.time'))).toBe('0:10');
    await press(element, onDemandEn.play);
    expect(played.map(({ src }) => src)).toEqual([`${ORIGIN}/v.wav?${voices}`]);
    played[0]?.at(3);
    await element.updateComplete;
    expect(textOf(inside(element, '.time'))).toBe('0:03');
    expect([slider(element).value, slider(element).max]).toEqual(['3', '12']);
    expect(slider(element).getAttribute('aria-valuetext')).toBe('0:03 of 0:12');
    await press(element, onDemandEn.pause);
    expect(played[0]?.paused).toBe(true);
  });

  test('begins where the slider was put, and as fast as it was asked to', async () => {
    const element = await voice();
    slider(element).value = '4';
    slider(element).dispatchEvent(new InputEvent('input'));
    await press(element, 'Speed 1×');
    await press(element, 'Speed 1.5×');
    await press(element, onDemandEn.play);
    expect([played[0]?.currentTime, played[0]?.playbackRate]).toEqual([4, 2]);
    await press(element, 'Speed 2×');
    expect(played[0]?.playbackRate).toBe(1);
    slider(element).value = '7';
    slider(element).dispatchEvent(new InputEvent('input'));
    expect(played[0]?.currentTime).toBe(7);
  });

  test('is one at a time', async () => {
    const [first, second] = [await voice(), await voice(`${ORIGIN}/w.wav`)];
    await press(first, onDemandEn.play);
    await press(second, onDemandEn.play);
    expect(played.map(({ paused }) => paused)).toEqual([true, false]);
  });

  describe('in a window', () => {
    const store = new MessageStore();
    const message = messageOf('m', { type: 2, content: `${ORIGIN}/v.wav` });
    let window: HTMLElement;

    const row = async (into: HTMLElement = window) => {
      const bubble = await mount(TextBubble, { message, strings: en, surroundings: around });
      into.shadowRoot?.append(bubble);
      const element = inside<HTMLElement>(bubble, 'voice-bubble') as unknown as VoiceBubble;
      await element.updateComplete;
      return { bubble, element };
    };

    beforeEach(() => {
      store.clear();
      store.append(message);
      window = standIn(store);
    });

    test('goes on while its row is out of view', async () => {
      const first = await row();
      await press(first.element, onDemandEn.play);
      first.bubble.remove();
      await Promise.resolve();
      played[0]?.at(3);
      expect(played[0]?.paused).toBe(false);
      const second = await row();
      expect(inside(second.element, '.play').getAttribute('aria-label')).toBe(onDemandEn.pause);
      expect(slider(second.element).value).toBe('3');
    });

    test('ends with it, and can be played in another one', async () => {
      const first = await row();
      await press(first.element, onDemandEn.play);
      window.remove();
      await Promise.resolve();
      expect(played[0]?.paused).toBe(true);
      const second = await row(standIn(store));
      await press(second.element, onDemandEn.play);
      expect(played.at(-1)?.paused).toBe(false);
    });

    test('ends when the message is cleared away, or somebody else is talked to', async () => {
      const first = await row();
      await press(first.element, onDemandEn.play);
      store.clear();
      first.bubble.remove();
      await Promise.resolve();
      expect(played[0]?.paused).toBe(true);
    });
  });

  test('that does not load says so, with a link', async () => {
    const element = await voice(`${ORIGIN}/gone.wav`);
    await press(element, onDemandEn.play);
    await vi.waitFor(() => expect(textOf(element)).toContain(onDemandEn.voiceFailed));
    expect(inside<HTMLAnchorElement>(element, 'a').href).toBe(`${ORIGIN}/gone.wav?${voices}`);
  });

  test('H7: from elsewhere is a link', async () => {
    const element = await voice('https://elsewhere.example/v.wav');
    expect(textOf(element)).toBe('Voice message on elsewhere.example');
    expect(find(element, 'input')).toBeNull();
  });
});

test('the language of the window is spoken', async () => {
  const message = messageOf('m', { type: 1, content: 'https://elsewhere.example/x.png' });
  const bubble = await mount(TextBubble, { message, strings: zhCN, surroundings: around });
  const element = inside<HTMLElement>(bubble, 'image-bubble') as unknown as ImageBubble;
  await element.updateComplete;
  expect(textOf(element)).toBe('elsewhere.example 上的图片');
});
