/**
 * Whether the conversation stays on the device, so that a transcript outlives its page, and a tab that was away shows what
 * happened meanwhile. Until it does, what a page shows begins when it was loaded, or came back.
 */
export const isArchived: boolean = true;
