import lines from 'emoji:pt';

export const words: string = lines;
