/** For a test that changes what the browser's database does before anybody looks at it. */
const loadArchive = () => import('../../../src/store/indexed-db-archive.js');

declare global {
  interface Window {
    loadArchive: typeof loadArchive;
  }
}

window.loadArchive = loadArchive;

export {};
