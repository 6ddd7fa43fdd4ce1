import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { command } from './command.js';

/** What a page may name in a tag, and give a hash of. */
const TAGGED = ['harmonychat.js', 'harmonychat.all.js', 'harmonychat.bundle.js', 'harmonychat.app.js'];

/** Sizes, and the hashes by which a page may check what it loads. Fails if one of the files is missing. */
export function printHashes(dist: string): void {
  console.log('\n| file | bytes | gzip | `integrity` |\n| --- | ---: | ---: | --- |');
  for (const name of TAGGED) {
    const code = readFileSync(join(dist, name));
    const hash = createHash('sha384').update(code).digest('base64');
    console.log(`| \`${name}\` | ${code.length} | ${gzipSync(code, { level: 9 }).length} | \`sha384-${hash}\` |`);
  }
  console.log('\nThe hash is of the file alone: not of those that it loads when they are needed.\n');
}

/** The same sources give the same files, byte for byte, and nothing in them tells where they were made. */
export function buildAgain(root: string, dist: string, aside: string): void {
  const before = hashes(dist);
  rmSync(aside, { recursive: true, force: true });
  renameSync(dist, aside);
  try {
    command(root, 'npm', 'run', '--silent', 'build');
  } catch (error) {
    rmSync(dist, { recursive: true, force: true });
    renameSync(aside, dist);
    throw error;
  }
  const after = hashes(dist);
  const differ = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name),
  );
  if (differ.length > 0) throw new Error(`a second build has other files: ${differ.join(', ')}`);
  rmSync(aside, { recursive: true });
  const telling = [...after.keys()].filter((name) => readFileSync(join(dist, name), 'utf8').includes(root));
  if (telling.length > 0) throw new Error(`these tell where they were built: ${telling.join(', ')}`);
}

function hashes(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return new Map(
    files.sort().map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}

/** Of each package of which a file holds code, as its source map tells, or data, the licence lies beside it. */
export function checkLicences(dist: string): void {
  const missing = readdirSync(dist)
    .filter((name) => /^harmonychat(\..*)?\.js$/.test(name))
    .flatMap((file) => {
      const licences = readFileSync(join(dist, licencesOf(file.replace(/\.js$/, ''))), 'utf8');
      const packages = /\.emoji-/.test(file)
        ? ['emojibase-data']
        : packagesOf(readFileSync(join(dist, `${file}.map`), 'utf8'));
      return packages
        .filter((name) => !new RegExp(`^## ${name} - .*\\n\\n.*\\S`, 'm').test(licences))
        .map((name) => `${name} in ${file}`);
    });
  if (missing.length > 0) throw new Error(`no licence of ${missing.join(', ')}`);
}

const licencesOf = (name: string) => (name === 'harmonychat.bundle' ? 'LICENSES.txt' : `${name}.LICENSES.txt`);

function packagesOf(map: string): string[] {
  const { sources }: { sources: string[] } = JSON.parse(map);
  return [...new Set(sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []))];
}
