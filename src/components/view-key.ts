import type { LitElement } from 'lit';
import type { Conversation } from '../store/conversation.js';

/** The window, as far as it matters for what is kept of its conversations. */
export interface ViewHost extends LitElement {
  readonly conversation: Conversation | undefined;
  readonly client: { readonly userId: string } | undefined;
  readonly userId: string | undefined;
  readonly serverUrl: string | undefined;
  readonly appId: string;
  readonly history: string;
}

/** What begins the keys of all that is kept of a user, and the key of the conversation that is shown; empty: none. */
export function viewKey(host: ViewHost): [scope: string, key: string] {
  const { conversation, serverUrl = '', appId, client, userId } = host;
  const scope = `harmonychat view ${JSON.stringify([serverUrl, appId, client?.userId ?? userId])}`;
  return [scope, conversation ? scope + JSON.stringify(conversation.peerId) : ''];
}
