import { MessageType } from '../../../src/client/message.js';
import { messageTypes } from '../../../src/components/bubbles/message-types.js';
import { richText, richTypes } from '../../../src/components/bubbles/text-bubble.js';
import { MessageBubble } from '../../../src/components/message-bubble.js';
import '../../../src/define.js';
import { en } from '../../../src/locales/en.js';

/** Where a text of somebody else may come to be drawn. */
const sinks = {
  text: (text: string) => ({ content: text }),
  'an unknown type': (text: string) => ({ type: 77, content: text }),
  'a system message': (text: string) => ({ type: MessageType.system, content: text }),
  'a name': (text: string) => ({ from: text, content: 'x' }),
  'an image': (text: string) => rich(MessageType.image, { url: text, name: text, thumbnail: text }),
  'an image, address alone': (text: string) => ({ type: MessageType.image, content: text }),
  'a voice message': (text: string) => rich(MessageType.voice, { url: text, name: text }),
  'a file': (text: string) => rich(MessageType.file, { url: `/x?${text}`, name: text, bytes: text }),
  'quick replies': (text: string) => rich(MessageType.quickReplies, { text, replies: [text, { title: text, text }] }),
  'a card': (text: string) =>
    rich(MessageType.card, { title: text, text, image: text, buttons: [{ title: text, url: text }, text] }),
} as const;

export type Sink = keyof typeof sinks;

function rich(type: number, content: unknown) {
  return { type, content: JSON.stringify(content) };
}

/** What was drawn that may not be: elements, attributes and addresses of links and pictures. */
async function draw(sink: Sink, texts: readonly string[], allowed: readonly string[]): Promise<string[]> {
  await Promise.all([richText.load(), richTypes.load()]);
  const faults: string[] = [];
  const context = { strings: en, types: messageTypes, peerName: '', peerAvatar: '', imageHosts: '', send: () => {} };
  for (let from = 0; from < texts.length; from += 100) {
    const bubbles = texts.slice(from, from + 100).map((text, n) => {
      const message = {
        id: `m${n}`,
        type: 0,
        content: '',
        from: 'mallory',
        to: 'me',
        sentAt: 0,
        status: 'received' as const,
      };
      const bubble = Object.assign(new MessageBubble(), { message: { ...message, ...sinks[sink](text) }, context });
      document.body.append(bubble);
      return bubble;
    });
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    bubbles.forEach((bubble, n) => {
      const text = texts[from + n] ?? '';
      for (const fault of faultsIn(bubble, allowed)) faults.push(`${JSON.stringify(text)}: ${fault}`);
      if (sink === 'text' && !textOf(bubble).includes(text))
        faults.push(`${JSON.stringify(text)}: is not shown as it is`);
    });
    document.body.replaceChildren();
  }
  return faults;
}

function* faultsIn(root: Element, allowed: readonly string[]): Generator<string> {
  for (const element of [...(root.shadowRoot?.children ?? []), ...root.children]) {
    const name = element.localName;
    if (!allowed.includes(name)) yield `<${name}>`;
    for (const attribute of element.getAttributeNames())
      if (/^(on|srcdoc$|action$|formaction$)/.test(attribute)) yield `attribute ${attribute}`;
    if (element instanceof HTMLAnchorElement && !/^(https?|mailto|tel):/.test(element.href))
      yield `link to ${element.href}`;
    if (element instanceof HTMLImageElement && new URL(element.src).origin !== location.origin)
      yield `picture ${element.src}`;
    if (element instanceof HTMLMediaElement && new URL(element.src).origin !== location.origin)
      yield `sound ${element.src}`;
    yield* faultsIn(element, allowed);
  }
}

function textOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node as Text).data;
  const root = node instanceof Element ? (node.shadowRoot ?? node) : node;
  return [...root.childNodes].map(textOf).join('');
}

const hostilePage = { draw, sinks: Object.keys(sinks) as Sink[] };

declare global {
  interface Window {
    hostilePage: typeof hostilePage;
  }
}

window.hostilePage = hostilePage;
