import type { OnDemandStrings } from './on-demand-strings.js';

export const onDemandEn: OnDemandStrings = {
  showAll: 'Show all',
  showLess: 'Show less',
  image: 'Image',
  openImage: (name) => `Open the image ${name}`,
  imageFailed: 'The image did not load.',
  imageElsewhere: (host) => `Image on ${host}`,
  close: 'Close',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  play: 'Play the voice message',
  pause: 'Pause',
  position: 'Position',
  ofTime: (at, whole) => `${at} of ${whole}`,
  speed: (times) => `Speed ${times}`,
  voiceFailed: 'The voice message did not load.',
  voiceElsewhere: (host) => `Voice message on ${host}`,

  kickedElsewhere: 'Your account was used to log in elsewhere. This session has ended.',
  openElsewhere: 'This chat is open in another tab.',
  kickedByAdministrator: 'An administrator removed you from the chat. This session has ended.',
  kickedOtherwise: (code) => `The server ended this session (code ${code}).`,
  reason: (text) => `Reason: ${text}`,
  useHere: 'Use it here',
  refused: (code) => `The server refused the login (code ${code}).`,
};
