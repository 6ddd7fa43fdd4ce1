import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { bundleAndOpen } from './bundled.js';
import { command } from './command.js';
import { checkTypes, importOnServer, install } from './installed.js';
import { buildAgain, checkLicences, printHashes } from './released.js';

/** Packs what is built and tries it as others would. Says of each check whether it passed; resolves to whether all did. */
export async function run(): Promise<boolean> {
  const root = resolve('.');
  const dist = join(root, 'dist');
  // A project apart: what is installed here, it does not find.
  const project = realpathSync(mkdtempSync(join(tmpdir(), 'harmonychat-package-')));
  let passed = true;
  const check = async (title: string, does: () => unknown) => {
    const from = performance.now();
    const problem = await Promise.resolve()
      .then(does)
      .then(
        () => undefined,
        (error: Error) => error,
      );
    console.log(`${problem ? 'FAILED' : 'passed'}  ${title} (${((performance.now() - from) / 1000).toFixed(1)} s)`);
    if (problem) console.error(problem.message);
    passed &&= !problem;
  };

  try {
    await check('files for tags', () => printHashes(dist));
    await check('licences of what is bundled', () => checkLicences(dist));
    const [{ filename, files }] = JSON.parse(command(root, 'npm', 'pack', '--json', '--pack-destination', project));
    const archive = join(project, filename);
    const peers = ['react', 'react-dom', '@lit/react', '@types/react'];
    const installed = install(root, project, archive, ...peers);
    console.log(`        ${filename}: ${files.length} files`);
    await check('publint', async () => {
      const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true });
      if (messages.length > 0) throw new Error(messages.map((message) => formatMessage(message, pkg)).join('\n'));
    });
    await check('are the types wrong?', () =>
      command(project, 'attw', archive, '--profile', 'esm-only', '--no-definitely-typed', '--no-color'),
    );
    await check('types, in a project', () => checkTypes(project));
    await check('import on a server', () => importOnServer(project));
    await check('bundled, and in a browser', () => bundleAndOpen(project, installed));
    // Which takes as long as all else.
    if (!process.argv.includes('--once')) {
      await check('a second build is the same', () =>
        buildAgain(root, dist, join(root, 'node_modules', '.vite', 'first-build')),
      );
    }
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
  return passed;
}
