// The script tag: paints the launcher, and loads the chat when somebody is about to use it.

import { ownDocument } from '../client/own-document.js';
import { ChatLauncher } from './chat-launcher.js';
import { type Call, embed } from './embed.js';
import { script } from './script.js';

/** A call that waits in the stub's queue: its arguments; or these, and what settles the promise that it gave. */
type Waiting = Call | readonly [Call, resolve: (value: unknown) => void, reject: (error: unknown) => void];

/** The stub's queue is an array; that of this script does at once what is pushed. */
type Api = ((...call: Call) => Promise<unknown>) & { readonly q?: Waiting[] | { push(call: Waiting): unknown } };

/** The stub, or what an earlier evaluation made. An element with this id is neither. */
const before = Reflect.get(window, 'HarmonyChat') as unknown as Api | undefined;
const options: Record<string, string> = {};
for (const { name, value } of script?.attributes ?? []) {
  if (name.startsWith('data-')) options[name.slice(5)] = value;
}

const queue = before?.q ?? [];
if (before && !Array.isArray(queue)) before('update', options);
else start();

function start(): void {
  if (!customElements.get('chat-launcher')) customElements.define('chat-launcher', ChatLauncher);
  const launcher = ownDocument.createElement('chat-launcher') as ChatLauncher;
  launcher.update(options);
  const call = embed(launcher, () => Reflect.deleteProperty(window, 'HarmonyChat'));
  const push = ([first, ...rest]: Waiting) =>
    typeof first === 'string' ? call(first, ...rest) : call(...first).then(...(rest as []));
  // Whoever kept the stub calls this one through its queue.
  const api: Api = Object.assign(call, { q: { push } });
  Object.assign(window, { HarmonyChat: api });
  for (const waiting of queue as Waiting[]) push(waiting);

  const place = () => launcher.keepsItself && ownDocument.body.append(launcher);
  // A script in the head comes before there is a body.
  if (ownDocument.body) place();
  else addEventListener('DOMContentLoaded', place, { once: true });
}
