import { readFile } from 'node:fs/promises';
import { type Plugin, transform } from 'esbuild';

/**
 * Bundles what comes from npm with short names, and leaves ours as they are: a stack trace says where in Tidegate it
 * was, and a function is a fifth smaller. What is bundled decides nothing by the name of a class or a function.
 */
export const shortNames: Plugin = {
  name: 'short-names',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]node_modules[\\/].*\.m?js$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), {
        // Only then are names shortened that a module keeps to itself.
        format: 'esm',
        minifyIdentifiers: true,
      });
      return { contents: code, loader: 'js' };
    });
  },
};
