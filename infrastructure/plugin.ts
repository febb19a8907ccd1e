import { mayNeedShards } from '#domain/sweep/shard.ts';
import { configureService } from './configure-service.ts';
import { dashboardsSaid } from './dashboard/dashboards.ts';
import { type ReadFunctionCode, writeFunctionCode } from './function-code.ts';
import { FUNCTION_NAMES, shardSettings } from './functions.ts';
import { mailChannels, mailTopicArns } from './mail-topics.ts';
import { mistake } from './mistake.ts';
import { nextSteps } from './next-steps.ts';
import { overLimits } from './over-limits.ts';
import { readConfiguration, readConfigurationText } from './read-configuration.ts';
import { resourcesFor } from './resources-for.ts';
import type { Log, Serverless } from './serverless.ts';
import { type Deployment, type Resources, ref, type Value } from './template.ts';

/** The plugin's work at the hooks that plugin.cjs ties it to; `read` gives the code of a function. */
export const plugin = (serverless: Serverless, log: Log, read: ReadFunctionCode) => ({
  /** Adds the functions and their settings, before the Serverless Framework looks at the service. */
  configure: (): Promise<void> => configureService(serverless, deploymentOf(serverless)),

  /**
   * Adds to the service what tidegate.yml asks for. Commands that only look at what is deployed, or
   * remove it, must work with a broken file too.
   */
  addResources: (): void => {
    const command = serverless.processedInput?.commands?.join(' ') ?? 'deploy';
    if (command === 'deploy function') throw mistake(serverless, 'FUNCTION_ALONE', ONLY_WHOLE);
    // A local run finds out queues and tables from the stack, but no text that contains ARNs.
    if (command === 'invoke local') {
      setVariables(serverless, {
        MAIL_TOPIC_ARNS: '{}',
        ACCOUNT_ID: 'unknown',
        DASHBOARD_NAMES: 'off',
      });
    }
    if (command !== 'deploy' && command !== 'package') return;

    const { service } = serverless;
    const { channels, isHeard, dashboards, tracing, hasShards, Resources, Outputs } =
      generate(serverless);
    refuseTaken(serverless, Resources);
    service.resources = {
      ...service.resources,
      Resources: { ...service.resources?.Resources, ...Resources },
      Outputs: { ...service.resources?.Outputs, ...Outputs },
    };
    setVariables(serverless, {
      MAIL_TOPIC_ARNS: mailTopicArns(channels),
      ACCOUNT_ID: ref('AWS::AccountId'),
      DASHBOARD_NAMES: dashboards,
    });
    traceFunctions(serverless, tracing);
    feedShards(serverless, hasShards);
    if (!isHeard) log.warning(NOBODY_HEARS);
  },

  /** Puts the code of the functions, with tidegate.yml in it, where they are packaged from. */
  writeCode: (): Promise<void> =>
    writeFunctionCode(serverless.serviceDir, read, {
      configuration: readConfiguration(serverless, deploymentOf(serverless)),
      text: readConfigurationText(serverless),
    }),

  /** Stops before anything is uploaded if AWS would refuse the finished template. */
  checkLimits: (): void => {
    const { service, stage } = deploymentOf(serverless);
    const found = overLimits(serverless.service.provider.compiledCloudFormationTemplate, {
      region: regionOf(serverless),
      stack: `${service}-${stage}`,
    });
    if (found.length === 0) return;

    const help = [
      ...(found.some(({ isName }) => isName) ? [TOO_LONG] : []),
      ...(found.some(({ isName }) => !isName) ? [TOO_LARGE] : []),
    ];
    const problems = found.map(({ problem }) => problem);
    throw mistake(serverless, 'TOO_LARGE', [...problems, ...help].join('\n'));
  },

  /** Says what a person has to do once everything is there. */
  tellNext: (): void => {
    const deployment = deploymentOf(serverless);
    const configuration = readConfiguration(serverless, deployment);
    log.notice(nextSteps(configuration, { ...deployment, region: regionOf(serverless) }));
  },
});

const generate = (serverless: Serverless) => {
  const deployment = deploymentOf(serverless);
  const configuration = readConfiguration(serverless, deployment);

  return {
    ...resourcesFor(configuration, deployment),
    channels: mailChannels(configuration.channels),
    dashboards: dashboardsSaid(configuration, deployment),
    tracing: configuration.tracing,
    hasShards: mayNeedShards(configuration),
    // Every mailbox hears them, whoever brings it the news.
    isHeard: configuration.channels.some((channel) => 'address' in channel),
  };
};

const deploymentOf = (serverless: Serverless): Deployment => ({
  service: serverless.service.getServiceName(),
  stage: serverless.getProvider('aws').getStage(),
});

const regionOf = (serverless: Serverless): string => serverless.getProvider('aws').getRegion();

const refuseTaken = (serverless: Serverless, generated: Resources): void => {
  const own = Object.keys(serverless.service.resources?.Resources ?? {});
  const taken = own.filter((id) => id in generated);
  if (taken.length === 0) return;

  throw mistake(
    serverless,
    'RESOURCE_TAKEN',
    `serverless.yml has resources that Tidegate generates too: ${taken.join(', ')}. ` +
      'Rename them, or change the generated ones under resources.extensions.',
  );
};

/** Gives notify variables besides those of serverless.yml. */
const setVariables = (
  { service }: Serverless,
  variables: Readonly<Record<'MAIL_TOPIC_ARNS' | 'ACCOUNT_ID' | 'DASHBOARD_NAMES', Value>>,
): void => {
  const { notify } = service.functions;
  if (notify) notify.environment = { ...notify.environment, ...variables };
};

/** Has Lambda trace the functions of Tidegate; others of the service stay as serverless.yml has them. */
const traceFunctions = ({ service }: Serverless, tracing: 'xray' | undefined): void => {
  if (tracing === undefined) return;
  for (const name of FUNCTION_NAMES) {
    const own = service.functions[name];
    if (own !== undefined) own.tracing = 'Active';
  }
};

/** Feeds the sweep with its queue of shards, which only tidegate.yml says whether it has. */
const feedShards = ({ service }: Serverless, hasShards: boolean): void => {
  const { sweep } = service.functions;
  if (sweep === undefined || !hasShards) return;
  const { environment, events } = shardSettings();
  sweep.environment = { ...sweep.environment, ...environment };
  sweep.events = [...(sweep.events ?? []), ...events];
};

const NOBODY_HEARS =
  "tidegate: nobody hears Tidegate's own alarms, since there is no e-mail channel under notify; " +
  'subscribe somebody to the topic in the output OperationsTopicArn.';

const ONLY_WHOLE =
  'a function is not deployed alone: its rules must match the alarms of the stack. ' +
  'Run npx serverless deploy; what has not changed is not touched.';

const TOO_LONG = 'Shorten the stage, or `service` in serverless.yml: names begin with both.';

const TOO_LARGE =
  'Divide the groups and channels between two files, and deploy each under a stage of its own: ' +
  'TIDEGATE_CONFIG=second.yml npx serverless deploy --stage prod-second';
