import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = new URL('./', import.meta.url);
const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));

function outsideImports(name: string): string[] {
  const source = readFileSync(new URL(name, folder), 'utf8');
  const paths = [...source.matchAll(/(?:from|import) \(?'([^']+)'/g)].map(([, path]) => path ?? '');
  return paths.filter((path) => !path.startsWith('./'));
}

describe('the gateway', { timeout: 30_000 }, () => {
  it.each(sources)('%s imports nothing from outside of its folder but what a host needs', (name) => {
    expect(outsideImports(name).filter((path) => !/^(node:.*|ws|vite)$/.test(path))).toEqual([]);
  });

  it.each(['message-port-host.ts', 'port-web-socket.ts', 'control.ts'])('%s runs in a page', (name) => {
    expect(outsideImports(name)).toEqual([]);
  });

  it('has a core that compiles without Node and without the DOM', () => {
    const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
    const compiler = join(dirname(manifest), 'bin/tsc');
    const project = fileURLToPath(new URL('tsconfig.core.json', folder));
    expect(spawnSync(process.execPath, [compiler, '-p', project], { encoding: 'utf8' }).stdout).toBe('');
  });
});
