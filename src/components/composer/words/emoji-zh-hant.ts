import lines from 'emoji:zh-hant';

export const words: string = lines;
