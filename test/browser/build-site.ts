import { cp, readdir } from 'node:fs/promises';
import { build } from 'vite';
import { siteConfig } from '../../docs/site/vite.config.js';
import { folderOf } from '../support/demo-site.js';

/** Before the first test, after what ships: the documents as pages, with the chat's files beside them. */
export default async function buildSite(): Promise<void> {
  const dist = `${folderOf('browser-tests')}/dist`;
  const site = folderOf('documents');
  await build(siteConfig(site));
  const files = (await readdir(dist)).filter((name) => /^harmonychat(\..*)?\.js$/.test(name));
  await Promise.all(files.map((name) => cp(`${dist}/${name}`, `${site}/${name}`)));
}
