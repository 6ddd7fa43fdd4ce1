import type { ChatClient } from './chat-client.js';

/** What the rest of the chat needs of a client: a plain {@link ChatClient}, or one that several tabs share. */
export type Client = { [Member in keyof ChatClient]: ChatClient[Member] };
