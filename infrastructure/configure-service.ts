import { functionsOf, PROVIDER_DEFAULTS } from './functions.ts';
import { regionUnlessChosen } from './region.ts';
import type { Serverless } from './serverless.ts';
import type { Deployment } from './template.ts';
import { describeVersion, readVersion } from './version.ts';

/**
 * Adds to a service what no serverless.yml needs to say: the Region, the functions, their settings and tags of the stack.
 * What serverless.yml does say stays.
 */
export const configureService = async (
  serverless: Serverless,
  deployment: Deployment,
): Promise<void> => {
  const { isHelpRequest, commands = [] } = serverless.processedInput ?? {};
  if (isHelpRequest || commands[0] === 'plugin') return;

  // The deployer's shell says where it deploys to, and who deploys.
  const { env } = process;
  const { provider, functions, package: packaging } = serverless.service;
  const region = await regionUnlessChosen(serverless, env);
  if (region !== undefined) provider.region = region;

  const own = functionsOf(deployment, deployerIn(env));
  serverless.extendConfiguration(['functions'], withSettings(own, functions));
  serverless.extendConfiguration(['package'], { ...PACKAGING, ...packaging });
  serverless.extendConfiguration(['provider', 'stackTags'], {
    ...tagsOf(deployment),
    ...provider.stackTags,
  });
  for (const [name, value] of Object.entries(PROVIDER_DEFAULTS)) {
    if (!Object.hasOwn(provider, name)) serverless.extendConfiguration(['provider', name], value);
  }
};

/** One file is all that a function needs: nothing is looked for in node_modules. */
const PACKAGING = { individually: true, excludeDevDependencies: false };

const tagsOf = ({ stage }: Deployment): Readonly<Record<string, string>> => ({
  application: 'tidegate',
  stage,
  'tidegate:version': describeVersion(readVersion()),
});

const deployerIn = (env: Readonly<Record<string, string | undefined>>): string =>
  env.TIDEGATE_DEPLOYED_BY || env.GITHUB_ACTOR || env.USER || 'somebody';

type Functions = Serverless['service']['functions'];

/** Settings that serverless.yml has for one of our functions, and functions that it has besides. */
const withSettings = (own: Functions, settings: Functions): Functions => {
  const merged = Object.entries(own).map(([name, usual]) => {
    const { environment, ...others } = settings[name] ?? {};
    return [
      name,
      {
        ...usual,
        ...others,
        environment: { ...usual.environment, ...environment },
      },
    ] as const;
  });
  return { ...settings, ...Object.fromEntries(merged) };
};
