import { cp, readdir } from 'node:fs/promises';
import { buildDist, folderOf } from '../support/demo-site.js';

/** Before the first test, beside the pages: what ships, in `dist/`, and where the tag of the shop's pages looks for it. */
export default async function build(): Promise<void> {
  const site = folderOf('browser-tests');
  await buildDist('browser-tests');
  const files = (await readdir(`${site}/dist`)).filter((name) => /^harmonychat\..*js$/.test(name));
  await Promise.all(files.map((name) => cp(`${site}/dist/${name}`, `${site}/${name}`)));
}
