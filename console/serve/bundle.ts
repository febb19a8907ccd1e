import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The program and the style sheet of the page, each as one text. */
export type PageAssets = Readonly<{ script: string; css: string }>;

const HERE = import.meta.dirname;
const VIEW = join(HERE, '../view');
/** The folder of a package that has the page bundled already, seen from wherever this code was bundled to. */
const BUILT = [join(HERE, 'console'), join(HERE, '../console')];

/** The page's program and style sheet: bundled from the sources, or as a package without them brings it. */
export const readPage = async (): Promise<PageAssets> => {
  if (existsSync(join(VIEW, 'main.tsx'))) return bundlePage();
  const folder = BUILT.find((each) => existsSync(join(each, 'page.js')));
  if (folder === undefined)
    throw new Error(`the page of the console is not in ${BUILT.join(', ')}`);
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return { script: read('page.js'), css: read('page.css') };
};

/** Bundles the page from its sources, which takes a moment; `inputs` names the files that are in it. */
export const bundlePage = async (): Promise<
  PageAssets & Readonly<{ inputs: readonly string[] }>
> => {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    absWorkingDir: join(HERE, '../..'),
    entryPoints: { page: join(VIEW, 'main.tsx'), style: join(VIEW, 'page.css') },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    outdir: 'out',
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'silent',
  });
  const textOf = (suffix: string): string =>
    outputFiles.find(({ path }) => path.endsWith(suffix))?.text ?? '';
  return { script: textOf('.js'), css: textOf('.css'), inputs: Object.keys(metafile.inputs) };
};
