import { readFileSync } from 'node:fs';
import type { FunctionName } from './functions.ts';
import { plugin as pluginWith } from './plugin.ts';
import type { Log, Serverless } from './serverless.ts';

/** The plugin in the package: functions were bundled when it was made, into the folder beside this file. */
export const plugin = (serverless: Serverless, log: Log) => pluginWith(serverless, log, read);

const read = (name: FunctionName): string =>
  readFileSync(new URL(`./functions/${name}.cjs`, import.meta.url), 'utf8');
