import { bundleFunctions } from './bundle.ts';
import type { FunctionName } from './functions.ts';
import { plugin as pluginWith } from './plugin.ts';
import type { Log, Serverless } from './serverless.ts';

/** The plugin in a clone of the repository: functions are bundled from the sources that are there. */
export const plugin = (serverless: Serverless, log: Log) => {
  let bundling: ReturnType<typeof bundleFunctions> | undefined;
  const read = async (name: FunctionName): Promise<string> => {
    bundling ??= bundleFunctions();
    return (await bundling).get(name)?.text ?? '';
  };
  return pluginWith(serverless, log, read);
};
