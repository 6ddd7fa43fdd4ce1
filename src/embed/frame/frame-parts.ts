/** What a frame needs before it can show a window. */
export const loadFrameParts = (): Promise<unknown> => import('../../define.js');
