const { pathToFileURL } = require('node:url');

/** The Serverless Framework loads this by require and without await; the work is in plugin.ts. */
module.exports = class TidegatePlugin {
  constructor(serverless, _options, { log }) {
    const load = async () => {
      // Not by require: the CommonJS build of this module looks for its parts in the wrong place.
      const { tsImport } = await import('tsx/esm/api');
      const { plugin } = await tsImport('./plugin.ts', pathToFileURL(__filename).href);
      return plugin(serverless, log);
    };
    let loading;
    const plugin = () => {
      loading ??= load();
      return loading;
    };
    const bundle = async () => (await plugin()).bundle();

    this.hooks = {
      initialize: async () => (await plugin()).addResources(),
      'before:package:createDeploymentArtifacts': bundle,
      'before:invoke:local:invoke': bundle,
      'after:aws:package:finalize:mergeCustomProviderResources': async () =>
        (await plugin()).checkLimits(),
      'after:deploy:deploy': async () => (await plugin()).tellNext(),
    };
  }
};
