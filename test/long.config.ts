import base from './playwright.config.js';

// `npm run test:long`: browser tests that take long, or want the machine for themselves.
const { grepInvert, ...rest } = base;
export default { ...rest, workers: 1, ...(grepInvert && { grep: grepInvert }) };
