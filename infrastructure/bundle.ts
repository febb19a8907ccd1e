import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { FUNCTION_NAMES, type FunctionName } from './functions.ts';
import { leanErrors } from './lean-errors.ts';
import { onlyVersions } from './only-versions.ts';
import { PACKAGE_ROOT } from './package-root.ts';
import { shortNames } from './short-names.ts';

/** A function in one text, and what it was made of. */
export type BundledFunction = Readonly<{ text: string; metafile: Metafile }>;

/** Bundles the functions from their sources; the same sources give the same bytes. */
export const bundleFunctions = async (): Promise<ReadonlyMap<FunctionName, BundledFunction>> => {
  const bundled = FUNCTION_NAMES.map(async (name) => [name, await bundleFunction(name)] as const);
  return new Map(await Promise.all(bundled));
};

const bundleFunction = async (name: FunctionName): Promise<BundledFunction> => {
  const { outputFiles, metafile } = await build({
    ...FUNCTION_SETTINGS,
    absWorkingDir: PACKAGE_ROOT,
    entryPoints: [`functions/${name}/handler.ts`],
    outdir: 'functions',
    write: false,
    metafile: true,
  });
  return { text: outputFiles[0]?.text ?? '', metafile };
};

/** In Lambda, credentials come from nowhere but the environment. */
const CREDENTIALS = join(PACKAGE_ROOT, 'shared/aws/client/environment-credentials.ts');
/** A function calls few endpoints, and needs no cache that forgets. */
const ENDPOINTS = join(PACKAGE_ROOT, 'shared/aws/client/few-endpoints.ts');

const PLUGINS = [onlyVersions, leanErrors];

/** Chosen by measuring (docs/benchmarks.md). */
export const BUNDLE_SETTINGS: BuildOptions = {
  bundle: true,
  // CommonJS is imported fastest, and `invoke local` can load it.
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  platform: 'node',
  target: 'node20',
  // The SDK's ES modules lose what is not used; its CommonJS does not.
  mainFields: ['module', 'main'],
  alias: {
    '@aws-sdk/credential-provider-node': CREDENTIALS,
    'mnemonist/lru-cache': ENDPOINTS,
  },
  // The SDK asks for it when an operation streams events, which none of ours does.
  external: ['@smithy/core/event-streams'],
  plugins: PLUGINS,
  // Our names and short lines stay, so that a stack trace says where.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 120,
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'warning',
};

/**
 * Functions start cold, where the command does not, so what comes from npm has short names there. The first plugin that
 * takes a file has it.
 */
export const FUNCTION_SETTINGS: BuildOptions = {
  ...BUNDLE_SETTINGS,
  plugins: [...PLUGINS, shortNames],
};
