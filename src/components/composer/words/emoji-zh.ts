import lines from 'emoji:zh';

export const words: string = lines;
