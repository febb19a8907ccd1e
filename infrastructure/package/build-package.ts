import { join, relative } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { bundlePage } from '#console/serve/bundle.ts';
import { BUNDLE_SETTINGS, bundleFunctions } from '#infrastructure/bundle.ts';
import { PACKAGE_ROOT } from '#infrastructure/package-root.ts';
import { COMMIT_FILE, commitOf } from '#infrastructure/version.ts';
import { packagesIn, thirdPartyNotice } from './third-party.ts';
import { type Tree, writeTree } from './write-tree.ts';

const DIST = join(PACKAGE_ROOT, 'dist');

/**
 * Builds `dist`, which the package ships in place of the sources: the command and the plugin, which load what they need
 * and no more; the functions, each in one file; the page of the console; the licences of all that is bundled; and the commit.
 */
export const buildPackage = async (): Promise<void> => {
  const [command, functions, page] = await Promise.all([
    buildCommand(),
    bundleFunctions(),
    bundlePage(),
  ]);
  const bundled = [...functions].map(
    ([name, { text }]) => [`functions/${name}.cjs`, text] as const,
  );
  const metafiles = [command.metafile, ...[...functions.values()].map((each) => each.metafile)];
  const inputs = [...metafiles.flatMap((each) => Object.keys(each.inputs)), ...page.inputs];

  writeTree(
    DIST,
    new Map([
      ...command.tree,
      ...bundled,
      ['console/page.js', page.script],
      ['console/page.css', page.css],
      ['third-party-licences.txt', thirdPartyNotice(packagesIn(inputs, PACKAGE_ROOT))],
      [relative(DIST, join(PACKAGE_ROOT, COMMIT_FILE)), `${commitOf(PACKAGE_ROOT) ?? ''}\n`],
    ]),
  );
};

const buildCommand = async (): Promise<Readonly<{ tree: Tree; metafile: Metafile }>> => {
  const { outExtension: _, alias: __, ...settings } = BUNDLE_SETTINGS;
  const { outputFiles, metafile } = await build({
    ...settings,
    absWorkingDir: PACKAGE_ROOT,
    entryPoints: {
      tidegate: 'cli/process.ts',
      plugin: 'infrastructure/plugin-from-package.ts',
    },
    outdir: DIST,
    write: false,
    // The package brings what a clone bundles when it is asked for.
    external: ['esbuild'],
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'parts/[name]-[hash]',
    // A part is loaded when it is needed: no command but those that reach AWS loads the SDK.
    splitting: true,
    // Packages in CommonJS ask for modules of Node at run time.
    banner: {
      js: "import { createRequire as createRequireHere } from 'node:module'; const require = createRequireHere(import.meta.url);",
    },
    metafile: true,
  });
  const tree = outputFiles.map(({ path, contents }) => [relative(DIST, path), contents] as const);
  return { tree: new Map(tree), metafile };
};
