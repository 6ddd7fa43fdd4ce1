import type { Strings } from './strings.js';

export const en: Strings = {
  locale: 'en',
  direction: 'ltr',
  heading: 'Chat',
  userId: (id) => `UID: ${id}`,

  connected: 'Connected',
  connecting: 'Connecting…',
  disconnected: 'Not connected',
  trouble: 'The network is poor. Trying to recover…',
  closed: 'You are disconnected.',
  connect: 'Connect',

  listLabel: 'Messages',
  newMessages: (count) => (count === 1 ? '1 new message' : `${count} new messages`),
  jumpToLatest: 'Jump to the latest message',
  empty: 'No messages yet. Say hello!',
  chooseReceiver: 'Enter the ID of the person you want to talk to.',
  you: 'You',
  said: (who, what) => `${who}: ${what}`,
  systemLine: (who) => `Notice from ${who}`,
  unknownType: (type) => `This message cannot be shown here (type ${type}).`,
  newFrom: (who) => `New message from ${who}`,

  status: {
    queued: 'Waiting for the connection',
    sending: 'Sending',
    unconfirmed: 'Not received yet',
    sent: 'Sent',
    delivered: 'Delivered',
    failed: 'Not delivered',
  },
  notDelivered: 'This message was not delivered!',
  retry: 'Retry',
  remove: 'Remove',

  composerLabel: 'Message',
  placeholder: 'Type a message, press Enter to send',
  send: 'Send',
  receiver: 'To ID',
  nothingTyped: 'Type something first.',
  toOneself: 'You cannot send a message to yourself!',
  bytesLeft: (bytes) => `${bytes} bytes left`,
  tooLong: 'The message is too long.',
  bytesOver: (bytes) => `Too long by ${bytes} bytes, please shorten it.`,

  kickedElsewhere: 'Your account was used to log in elsewhere. This session has ended.',
  kickedByAdministrator: 'An administrator removed you from the chat. This session has ended.',
  kickedOtherwise: (code) => `The server ended this session (code ${code}).`,
  reason: (text) => `Reason: ${text}`,
  useHere: 'Use it here',
  refused: (code) => `The server refused the login (code ${code}).`,

  cannotStart: 'The chat cannot start',
  notes: {
    transport: 'Messages travel over WebSocket (MobileIMSDK)',
  },
};
