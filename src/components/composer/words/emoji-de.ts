import lines from 'emoji:de';

export const words: string = lines;
