// `npm run size`, after a build: what a visitor downloads to chat, by module. Fails above the limit.
import { readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import process from 'node:process';
import { gzipSync } from 'node:zlib';

// Everything that is needed to chat; and the script tag, which is there before anybody wants to.
const limit = 44_000;
const tagLimit = 4_000;
const file = new URL('../dist/harmonychat.bundle.js', import.meta.url);

const code = read(file);
const modules = codeByModule(code, new SourceMap(JSON.parse(read(new URL(`${file}.map`)))));
const zipped = gzipSize(code);
const whole = gzipSize([...modules.values()].join(''));
const sizes = [...modules].map(([name, own]) => {
  const others = [...modules.values()].filter((other) => other !== own).join('');
  return { name, raw: Buffer.byteLength(own), saved: whole - gzipSize(others) };
});
console.log('   bytes  gzip saved without it');
for (const { name, raw, saved } of sizes.sort((a, b) => b.raw - a.raw)) {
  console.log(String(raw).padStart(8), String(saved).padStart(5), name);
}
console.log(
  `${String(Buffer.byteLength(code)).padStart(8)} bytes minified, ${zipped} gzip; at most ${limit} gzip allowed`,
);
const dist = new URL('.', file);
for (const name of readdirSync(dist).filter((each) => /^harmonychat\.(?!bundle\.).*\.js$/.test(each))) {
  console.log(`         and on demand, ${name}: ${gzipSize(read(new URL(name, dist)))} gzip`);
}
const tag = gzipSize(read(new URL('harmonychat.js', dist)));
console.log(`         the script tag, harmonychat.js: ${tag} gzip; at most ${tagLimit} gzip allowed`);
if (tag > tagLimit) {
  console.error(`harmonychat.js is ${tag - tagLimit} bytes too large.`);
  process.exitCode = 1;
}
if (zipped > limit) {
  console.error(`harmonychat.bundle.js is ${zipped - limit} bytes too large.`);
  process.exitCode = 1;
}

/** The map tells of every character where it comes from. */
function codeByModule(code, map) {
  const parts = new Map();
  code.split('\n').forEach((line, row) => {
    for (let column = 0; column < line.length; column++) {
      const module = moduleOf(map.findEntry(row, column).originalSource);
      parts.set(module, `${parts.get(module) ?? ''}${line[column]}`);
    }
  });
  return parts;
}

function gzipSize(text) {
  return gzipSync(text, { level: 9 }).length;
}

/** One name for all files of a package. */
function moduleOf(source = 'the bundler itself') {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source) ?? [];
  return name ?? source.replace(/^(\.\.\/)+/, '');
}

function read(url) {
  try {
    return readFileSync(url, 'utf8');
  } catch (error) {
    console.error(`Expected a build in dist/ (npm run build): ${error.message}`);
    process.exit(1);
  }
}
