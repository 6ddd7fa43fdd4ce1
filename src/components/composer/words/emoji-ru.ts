import lines from 'emoji:ru';

export const words: string = lines;
