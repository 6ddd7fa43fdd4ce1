import lines from 'emoji:es';

export const words: string = lines;
