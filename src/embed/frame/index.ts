export { ChatFrame, type FrameOptions } from './chat-frame.js';
export type { Call as FrameCall, FrameEventMap } from './frame-messages.js';
