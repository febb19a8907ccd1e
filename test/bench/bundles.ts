import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { type BuildOptions, build } from 'esbuild';
import { bundleFunctions, FUNCTION_SETTINGS } from '#infrastructure/bundle.ts';
import { writeFunctionCode } from '#infrastructure/function-code.ts';
import { CODE_FOLDER } from '#infrastructure/functions.ts';
import { configurationOf } from './configuration.ts';

export const FUNCTIONS = ['scale', 'heal', 'notify', 'sweep'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

export type Bundle = Readonly<{ path: string; bytes: number; zippedBytes: number }>;

export type Bundles = Readonly<{
  name: FunctionName;
  /** As it is deployed. */
  whole: Bundle;
  /** Only imports the same SDK clients. */
  clients: Bundle;
  /** Makes these clients, with the function's own options and source of credentials. */
  made: Bundle;
}>;

/** Bundles each function, and what to compare it with, into a directory. */
export const makeBundles = async (directory: string): Promise<readonly Bundles[]> => {
  await writeFunctions(directory);
  return Promise.all(
    FUNCTIONS.map(async (name) => ({
      name,
      whole: measured(join(directory, CODE_FOLDER, `${name}.cjs`)),
      clients: await bundleClients(join(directory, 'clients', `${name}.cjs`), {
        settings: { ...plainSettings, alias: {} },
        contents: [...importsOf(name), `export const all = [${clientsOf(name).join(', ')}];`],
      }),
      made: await bundleClients(join(directory, 'made', `${name}.cjs`), {
        settings: plainSettings,
        contents: [
          ...importsOf(name),
          "import { clientOptions } from './shared/aws/client/client-options.ts';",
          ...clientsOf(name).map(
            (client) => `export const my${client} = new ${client}(clientOptions);`,
          ),
        ],
      }),
    })),
  );
};

/** As the plugin does it for a deployment. */
const writeFunctions = async (serviceDir: string): Promise<void> => {
  const bundled = await bundleFunctions();
  const configuration = configurationOf(1);
  await writeFunctionCode(serviceDir, (name) => bundled.get(name)?.text ?? '', {
    configuration,
    text: '',
  });
};

/** It is about several entries at once. */
const { outExtension: _, ...plainSettings } = FUNCTION_SETTINGS;

type Source = Readonly<{ settings: BuildOptions; contents: readonly string[] }>;

const bundleClients = async (outfile: string, { settings, contents }: Source): Promise<Bundle> => {
  const stdin = { contents: contents.join('\n'), resolveDir: '.' };
  await build({ ...settings, stdin, outfile });

  return measured(outfile);
};

/** The file that makes the clients of which a handler only says that it takes a second look. */
const SECOND_LOOK = 'aws/auto-scaling/read-on-demand.ts';

/** The lines by which a function's handler imports SDK clients, itself or for its second look. */
const importsOf = (name: FunctionName): readonly string[] => {
  const handler = readFileSync(`functions/${name}/handler.ts`, 'utf8');
  const second = handler.includes(`'#${SECOND_LOOK}'`)
    ? readFileSync(`shared/${SECOND_LOOK}`, 'utf8')
    : '';
  const lines = [...new Set(`${handler}\n${second}`.split('\n'))];
  const imports = lines.filter((line) => /^import \{ \w+Client \} from '@aws-sdk\//.test(line));
  if (imports.length === 0) throw new Error(`the handler of ${name} imports no SDK client`);

  return imports;
};

const clientsOf = (name: FunctionName): readonly string[] =>
  importsOf(name).flatMap((line) => /\w+Client/.exec(line)?.[0] ?? []);

const measured = (path: string): Bundle => ({
  path,
  bytes: statSync(path).size,
  zippedBytes: deflateRawSync(readFileSync(path)).length,
});
