import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { type InlineConfig, mergeConfig } from 'vite';
import { pages } from '../../vite.config.js';

/** The pages of `docs/examples`, with the package as it is in `src/`. They lie beside the other pages. */
export function examplePages(outDir: string): InlineConfig {
  const input = ['react', 'vue', 'svelte', 'angular'].map((name) => `docs/examples/${name}.html`);
  return mergeConfig(pages(outDir, input), {
    plugins: [
      vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.includes('-') } } }),
      svelte({ configFile: false }),
    ],
    resolve: {
      alias: [
        {
          find: /^harmonychat-web(\/\w+)?$/,
          replacement: fileURLToPath(new URL('../../src$1/index.ts', import.meta.url)),
        },
      ],
    },
    build: {
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'examples/[name].js', chunkFileNames: 'examples/parts/[name].js' } },
    },
  } satisfies InlineConfig);
}
