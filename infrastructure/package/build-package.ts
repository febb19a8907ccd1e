import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildResult, build } from 'esbuild';
import { bundlePage } from '#console/serve/bundle.ts';
import { BUNDLE_SETTINGS, bundleFunctions } from '#infrastructure/bundle.ts';
import { PACKAGE_ROOT } from '#infrastructure/package-root.ts';
import { COMMIT_FILE, commitOf } from '#infrastructure/version.ts';
import { packagesIn, thirdPartyNotice } from './third-party.ts';

/**
 * Builds `dist`, which the package ships in place of the sources: the command and the plugin, which load what they need
 * and no more; the functions, each in one file; the page of the console; the licences of all that is bundled; and the commit.
 */
export const buildPackage = async (): Promise<void> => {
  const dist = join(PACKAGE_ROOT, 'dist');
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(join(dist, 'functions'), { recursive: true });
  mkdirSync(join(dist, 'console'));

  const { metafile } = await buildCommand();
  const functions = await bundleFunctions();
  for (const [name, { text }] of functions) {
    writeFileSync(join(dist, 'functions', `${name}.cjs`), text);
  }

  const page = await bundlePage();
  writeFileSync(join(dist, 'console/page.js'), page.script);
  writeFileSync(join(dist, 'console/page.css'), page.css);

  const inputs = [metafile, ...[...functions.values()].map((each) => each.metafile)].flatMap(
    (each) => Object.keys(each.inputs),
  );
  const notice = thirdPartyNotice(packagesIn([...inputs, ...page.inputs], PACKAGE_ROOT));
  writeFileSync(join(dist, 'third-party-licences.txt'), notice);
  writeFileSync(join(PACKAGE_ROOT, COMMIT_FILE), `${commitOf(PACKAGE_ROOT) ?? ''}\n`);
};

const buildCommand = (): Promise<BuildResult<{ metafile: true }>> => {
  const { outExtension: _, alias: __, ...settings } = BUNDLE_SETTINGS;
  return build({
    ...settings,
    absWorkingDir: PACKAGE_ROOT,
    entryPoints: {
      tidegate: 'cli/process.ts',
      plugin: 'infrastructure/plugin-from-package.ts',
    },
    outdir: 'dist',
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
};
