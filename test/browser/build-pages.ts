import { build } from 'vite';
import { buildDemoSite, folderOf } from '../support/demo-site.js';
import { examplePages } from '../support/example-pages.js';

/** Before the first test: the demo page, the pages of the tests, and the examples. */
export default async function buildPages(): Promise<void> {
  await buildDemoSite('browser-tests');
  await build(examplePages(folderOf('browser-tests')));
}
