import lines from 'emoji:ko';

export const words: string = lines;
