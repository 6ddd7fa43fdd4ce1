import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { optionRows } from '../../docs/site/markdown.js';
import { ChatWindowOptions } from '../../src/components/chat-window-options.js';

// The form of the playground is made from these tables.
it.each(['README.md', 'README.zh-CN.md'])('%s tells of all attributes of <chat-window>, and of no others', (file) => {
  const rows = optionRows(readFileSync(file, 'utf8'), 'window', (href) => href);
  const attributes = [...ChatWindowOptions.elementProperties].flatMap(([name, { attribute, state }]) =>
    state || attribute === false ? [] : [typeof attribute === 'string' ? attribute : String(name).toLowerCase()],
  );
  expect(attributes).toContain('user-id');
  expect(rows.map(([name]) => name).sort()).toEqual(attributes.sort());
});
