import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vscodeData, webTypes } from './editor-data.js';
import { elementsOf, manifest } from './manifest.js';

/** Writes the manifest, and what editors make of it. */
export function run(folder: string, { name, version }: { name: string; version: string }): void {
  const elements = manifest();
  const files = {
    'custom-elements.json': elements,
    'vscode.html-custom-data.json': vscodeData(elements),
    'web-types.json': webTypes(elements, { name, version }),
  };
  mkdirSync(folder, { recursive: true });
  for (const [file, data] of Object.entries(files))
    writeFileSync(join(folder, file), `${JSON.stringify(data, null, 2)}\n`);
  console.log(`${elementsOf(elements).length} elements in ${Object.keys(files).join(', ')}`);
}
