/** A value to choose, or `''` for what is chosen when the attribute is missing. */
type Choices = readonly string[];

const onOff: Choices = ['on', 'off'];

/**
 * With what an attribute is filled in; a text field if it is not named here. The first choice is the default: it needs no
 * attribute.
 */
export const controls: Readonly<Record<string, Choices | 'number' | 'colour' | 'switch'>> = {
  locale: ['', 'zh-CN', 'zh-TW', 'en', 'ja', 'ko', 'de', 'fr', 'es', 'pt-BR', 'ru', 'ar', 'he'],
  theme: ['auto', 'light', 'dark'],
  look: ['classic', 'messenger', 'neutral'],
  brand: 'colour',
  heartbeat: ['5', '3', '10', '15', '30', '60', '120'],
  history: ['session', 'device', 'none'],
  'give-up-after': 'number',
  'unread-title': onOff,
  sound: onOff,
  notifications: ['off', 'on', 'private'],
  'show-user-id': 'switch',
  position: ['right', 'left'],
  consent: ['none', 'required'],
  connect: ['open', 'load'],
  open: 'switch',
};

/** What the chat of the playground begins with. */
export const given: Readonly<Record<'en' | 'zh-CN', Readonly<Record<string, string>>>> = {
  en: {
    'server-url': 'wss://im.example.com/websocket',
    'user-id': 'alice',
    'peer-id': 'support',
    'peer-name': 'Support',
    'peer-avatar': 'logo.svg',
  },
  'zh-CN': {
    'server-url': 'wss://im.example.com/websocket',
    'user-id': 'alice',
    'peer-id': 'support',
    'peer-name': '在线客服',
    'peer-avatar': 'logo.svg',
  },
};

/** Parts of the form; what is in none of them comes last. */
export const groups = {
  look: ['look', 'theme', 'brand', 'locale', 'heading'],
  who: ['server-url', 'user-id', 'peer-id', 'peer-name', 'peer-avatar', 'app-id', 'show-user-id'],
} as const;
