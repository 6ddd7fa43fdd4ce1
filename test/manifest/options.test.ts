import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { optionsOf, withOptions } from './options.js';

const readme = '../../README.md';
const find = (tagName: string, name: string) =>
  optionsOf(tagName).find(({ attribute, property }) => (attribute ?? property) === name);

describe('the tables of options', () => {
  it('README has those that `npm run options` writes', async () => {
    const text = readFileSync(new URL(readme, import.meta.url), 'utf8');
    await expect(withOptions(text)).toMatchFileSnapshot(readme);
  });

  it('say the default once, as the doc comment or the code has it', () => {
    expect(find('chat-window', 'peer-avatar')?.default).toBe('the first letter of the name');
    expect(find('chat-window', 'theme')).toMatchObject({
      meaning: '`light`, `dark` or `auto`: as the system has it',
      default: '`auto`',
    });
    expect(find('chat-launcher', 'open')?.default).toBe('off');
    expect(find('chat-window', 'server-url')?.default).toBe('none');
    for (const { meaning } of ['chat-window', 'chat-launcher', 'chat-app'].flatMap(optionsOf)) {
      expect(meaning).not.toMatch(/default/i);
    }
  });

  it('have what is no attribute last, and nothing that can only be read', () => {
    const all = optionsOf('chat-window');
    const first = all.findIndex(({ attribute }) => attribute === undefined);
    expect(all.slice(first).every(({ attribute }) => attribute === undefined)).toBe(true);
    expect(all.map(({ property }) => property)).not.toEqual(expect.arrayContaining(['status']));
  });

  it('are not put where there is no such chapter', () => {
    expect(() => withOptions('# Another file\n')).toThrow('expected a table below the heading The script tag');
  });
});
