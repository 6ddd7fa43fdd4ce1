/** What a frame needs before it can show a window. */
export const loadParts = (): Promise<unknown> => import('../../define.js');
