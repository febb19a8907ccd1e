import { build } from 'esbuild';
import type { Configuration } from '../shared/domain/configuration.ts';
import type { Serverless } from './serverless.ts';

/**
 * Bundles each function, with the configuration inside, into one file: `dist/scale.cjs` from
 * `functions/scale/handler.ts`. CommonJS is imported fastest, and `invoke local` can load it. The same
 * sources give the same bytes.
 */
export const bundle = async (
  { service, serviceDir }: Serverless,
  configuration: Configuration,
): Promise<void> => {
  const names = Object.values(service.functions).flatMap(
    ({ handler = '' }) => /^dist\/([\w-]+)\.handler$/.exec(handler)?.[1] ?? [],
  );

  await build({
    absWorkingDir: serviceDir,
    entryPoints: Object.fromEntries(names.map((name) => [name, `functions/${name}/handler.ts`])),
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // The SDK's ES modules lose what is not used; its CommonJS does not.
    mainFields: ['module', 'main'],
    define: { TIDEGATE_CONFIGURATION: JSON.stringify(configuration) },
    // Names and short lines stay, so that a stack trace says where: shorter names import no faster.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 120,
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'warning',
  });
};
