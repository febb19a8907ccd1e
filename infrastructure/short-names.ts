import { readFile } from 'node:fs/promises';
import { type Plugin, transform } from 'esbuild';

/**
 * Bundles what comes from npm with short names, and leaves ours as they are: a stack trace says where in Tidegate it
 * was, and a function is a fifth smaller. Nothing that is bundled asks for the name of a class or a function.
 */
export const shortNames: Plugin = {
  name: 'short-names',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]node_modules[\\/].*\.m?js$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), {
        // Only then are names shortened that a module keeps to itself.
        format: 'esm',
        minifyIdentifiers: true,
        target: TARGET,
      });
      return { contents: code, loader: 'js' };
    });
  },
};

/** The oldest Node.js that a function runs on. */
export const TARGET = 'node20';
