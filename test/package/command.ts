import { spawnSync } from 'node:child_process';
import { delimiter, resolve } from 'node:path';

/**
 * Runs a command, those of the project's dependencies too, and gives what it prints. Throws that, if it fails. In the environment
 * of somebody who develops: nothing that is published may depend on it.
 */
export function command(folder: string, name: string, ...args: string[]): string {
  const path = [resolve('node_modules/.bin'), process.env['PATH']].join(delimiter);
  const { status, stdout, stderr, error } = spawnSync(name, args, {
    ...{
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'development', PATH: path },
      maxBuffer: 2 ** 26,
    },
    shell: process.platform === 'win32',
  });
  if (status !== 0)
    throw new Error([`${name} ${args.join(' ')}`, error?.message, stdout, stderr].filter(Boolean).join('\n'));
  return stdout;
}
