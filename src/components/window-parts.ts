/** What the page may style inside of the window. */
export const PARTS = [
  ...[
    'header',
    'heading',
    'user',
    'light',
    'bell',
    'strip',
    'ended',
    'action',
    'messages',
    'jump',
    'heard',
    'new-line',
  ],
  ...['actions', 'menu', 'toast', 'time', 'avatar', 'name', 'bubble', 'status', 'cancel', 'failure', 'link', 'more'],
  ...['image', 'file', 'voice', 'card', 'reply', 'system', 'form', 'field', 'receiver', 'send', 'bytes', 'empty'],
  ...['problem', 'emoji', 'emoji-button'],
].join();
