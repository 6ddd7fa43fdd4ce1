import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type InlineConfig, type Plugin } from 'vite';
import { site } from './site.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The documents as pages, and what they show. */
const pages: Plugin = {
  name: 'site-pages',
  generateBundle() {
    const { pages, files } = site(root);
    const emit = (fileName: string, source: string | Uint8Array) => this.emitFile({ type: 'asset', fileName, source });
    for (const [name, html] of pages) emit(name, html);
    for (const [name, file] of files) emit(name, readFileSync(root + file));
    const styles = ['src/demo/page.css', 'docs/site/site.css'].map((file) => readFileSync(root + file, 'utf8'));
    emit('site.css', styles.join('\n'));
  },
};

/** The site without the chat's own files, `harmonychat.*.js`, which `vite build --mode bundle` puts beside it. */
export function siteConfig(outDir: string): InlineConfig {
  return {
    ...{ root, configFile: false, logLevel: 'warn', plugins: [pages] },
    build: {
      ...{ outDir, emptyOutDir: true, modulePreload: false, target: ['safari16.4', 'chrome108', 'firefox115'] },
      rolldownOptions: {
        input: { playground: 'docs/site/playground.ts' },
        output: { entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  };
}

export default defineConfig(siteConfig('dist/site'));
