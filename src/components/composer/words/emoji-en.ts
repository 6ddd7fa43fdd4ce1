import lines from 'emoji:en';

export const words: string = lines;
