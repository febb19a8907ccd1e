import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { bundle } from '../../infrastructure/bundle.ts';
import type { Serverless } from '../../infrastructure/serverless.ts';
import { configurationOf } from './configuration.ts';

export const FUNCTIONS = ['scale', 'heal', 'notify', 'sweep'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

export type Bundle = Readonly<{ path: string; bytes: number; zippedBytes: number }>;

/** A function's bundle as it is deployed, and one with nothing in it but its SDK clients. */
export type Pair = Readonly<{ name: FunctionName; whole: Bundle; clients: Bundle }>;

/** Bundles everything with the settings of a deployment, in a directory of its own. */
export const makeBundles = async (): Promise<readonly Pair[]> => {
  const directory = mkdtempSync(join(tmpdir(), 'tidegate-bench-'));
  const whole = await bundled(join(directory, 'whole'), (root) =>
    symlinkSync(resolve('functions'), join(root, 'functions')),
  );
  const clients = await bundled(join(directory, 'clients'), (root) => {
    // Where the imports are looked up.
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
    for (const name of FUNCTIONS) {
      mkdirSync(join(root, 'functions', name), { recursive: true });
      writeFileSync(join(root, 'functions', name, 'handler.ts'), clientsOf(name));
    }
  });

  return FUNCTIONS.map((name) => ({ name, whole: whole(name), clients: clients(name) }));
};

const bundled = async (
  serviceDir: string,
  prepare: (root: string) => void,
): Promise<(name: FunctionName) => Bundle> => {
  mkdirSync(serviceDir);
  prepare(serviceDir);
  const functions = Object.fromEntries(
    FUNCTIONS.map((name) => [name, { handler: `dist/${name}.handler` }]),
  );
  await bundle({ serviceDir, service: { functions } } as unknown as Serverless, configurationOf(1));

  return (name) => measured(join(serviceDir, 'dist', `${name}.cjs`));
};

const measured = (path: string): Bundle => ({
  path,
  bytes: statSync(path).size,
  zippedBytes: deflateRawSync(readFileSync(path)).length,
});

/** A module that imports the SDK clients of a function's handler, and does nothing with them. */
const clientsOf = (name: FunctionName): string => {
  const handler = readFileSync(`functions/${name}/handler.ts`, 'utf8');
  const imports = [...handler.matchAll(/^import \{ (\w+Client) \} from '@aws-sdk\/[\w-]+';$/gm)];
  if (imports.length === 0) throw new Error(`the handler of ${name} imports no SDK client`);

  const names = imports.map(([, client]) => client);
  return [...imports.map(([line]) => line), `export const handler = [${names.join(', ')}];`].join(
    '\n',
  );
};
