import { buildDemoSite } from '../support/demo-site.js';

/** Before the first test: the demo page, and the pages of the tests. */
export default () => buildDemoSite('browser-tests');
