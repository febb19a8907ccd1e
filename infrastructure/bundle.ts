import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import type { Configuration } from '#domain/configuration/configuration.ts';
import type { Serverless } from './serverless.ts';
import { sourceOf } from './source-of.ts';

/**
 * Bundles each function, with the configuration inside, into one file: `dist/scale.cjs` from
 * `functions/scale/handler.ts`. The text of the file goes with the sweep, which keeps it in the table. The same
 * sources give the same bytes.
 */
export const bundle = async (
  { service, serviceDir }: Serverless,
  configuration: Configuration,
  text = '',
): Promise<void> => {
  const names = Object.values(service.functions).flatMap(
    ({ handler = '' }) => /^dist\/([\w-]+)\.handler$/.exec(handler)?.[1] ?? [],
  );

  await build({
    ...BUNDLE_SETTINGS,
    absWorkingDir: serviceDir,
    entryPoints: Object.fromEntries(names.map((name) => [name, `functions/${name}/handler.ts`])),
    outdir: 'dist',
    define: {
      TIDEGATE_CONFIGURATION: JSON.stringify(configuration),
      TIDEGATE_CONFIGURATION_HASH: JSON.stringify(sourceOf(text).hash),
      TIDEGATE_SOURCE: JSON.stringify(sourceOf(text)),
    },
  });
};

/** In Lambda, credentials come from nowhere but the environment. */
const CREDENTIALS = fileURLToPath(
  new URL('../shared/aws/client/environment-credentials.ts', import.meta.url),
);

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
  alias: { '@aws-sdk/credential-provider-node': CREDENTIALS },
  // Names and short lines stay, so that a stack trace says where: shorter names import no faster.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 120,
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'warning',
};
