import type { ChatClient } from './chat-client.js';

/** Between a client and those who share it; windows need none of it. */
type Inner = 'adopt' | 'claim' | 'reclaim' | 'recognise' | 'waiting';

/** What the rest of the chat needs of a client: a plain {@link ChatClient}, or one that several tabs share. */
export type Client = { [Member in Exclude<keyof ChatClient, Inner>]: ChatClient[Member] };
