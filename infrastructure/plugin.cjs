const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

/** A clone has the sources and runs them; the package has only what was built of them. */
const loadPlugin = async () => {
  if (!existsSync(join(__dirname, 'plugin.ts'))) {
    return import(pathToFileURL(join(__dirname, '../dist/plugin.mjs')).href);
  }
  // Not by require: the CommonJS build of this module looks for its parts in the wrong place.
  const { tsImport } = await import('tsx/esm/api');
  return tsImport('./plugin-from-sources.ts', pathToFileURL(__filename).href);
};

/** The Serverless Framework loads this by require and without await; the work is in plugin.ts. */
module.exports = class TidegatePlugin {
  constructor(serverless, _options, { log }) {
    const load = async () => (await loadPlugin()).plugin(serverless, log);
    let loading;
    const plugin = () => {
      loading ??= load();
      return loading;
    };
    const writeCode = async () => (await plugin()).writeCode();

    this.asyncInit = async () => (await plugin()).configure();
    this.hooks = {
      initialize: async () => (await plugin()).addResources(),
      'before:package:createDeploymentArtifacts': writeCode,
      'before:invoke:local:invoke': writeCode,
      'after:aws:package:finalize:mergeCustomProviderResources': async () =>
        (await plugin()).checkLimits(),
      'after:deploy:deploy': async () => (await plugin()).tellNext(),
    };
  }
};
