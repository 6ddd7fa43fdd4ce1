import { buildDist } from '../support/demo-site.js';

/** Before the first test, beside the pages: what ships, in `dist/`. */
export default (): Promise<void> => buildDist('browser-tests');
