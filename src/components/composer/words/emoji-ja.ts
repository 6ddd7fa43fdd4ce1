import lines from 'emoji:ja';

export const words: string = lines;
