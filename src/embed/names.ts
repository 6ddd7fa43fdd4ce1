/** What a launcher is told for the window in its panel: attributes, of the same names and meanings as those of `<chat-window>`. */
export const WINDOW_ATTRIBUTES = (
  'server-url app-id user-id peer-id peer-name peer-avatar image-hosts heading locale theme look brand heartbeat ' +
  'give-up-after history unread-title sound notifications show-user-id token'
).split(' ');

/** What only a script can tell it. */
export const WINDOW_PROPERTIES = 'getToken extra client store loadHistory log messageTypes strings'.split(' ');

/** The property of an attribute. */
export const camelCase = (attribute: string) =>
  attribute.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
