import lines from 'emoji:fr';

export const words: string = lines;
