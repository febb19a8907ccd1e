import { bundle } from './bundle.ts';
import { mailChannels, mailTopicArns } from './mail-topics.ts';
import { readConfiguration } from './read-configuration.ts';
import { resourcesFor } from './resources-for.ts';
import type { Log, Serverless } from './serverless.ts';
import type { Deployment, Value } from './template.ts';

/** What the plugin does at the hooks that plugin.cjs ties it to. */
export const plugin = (serverless: Serverless, log: Log) => ({
  /**
   * Adds to the service what tidegate.yml asks for. Commands that only look at what is deployed, or
   * remove it, must work with a broken file too.
   */
  addResources: (): void => {
    const command = serverless.processedInput?.commands?.join(' ') ?? 'deploy';
    if (command === 'deploy function') throw new serverless.classes.Error(ONLY_WHOLE, 'TIDEGATE');
    // A local run finds out queues and tables from the stack, but no text that contains ARNs.
    if (command === 'invoke local') setMailTopics(serverless, '{}');
    if (command !== 'deploy' && command !== 'package') return;

    const { service } = serverless;
    const { channels, Resources, Outputs } = generate(serverless);
    service.resources = {
      ...service.resources,
      Resources: { ...Resources, ...service.resources?.Resources },
      Outputs: { ...Outputs, ...service.resources?.Outputs },
    };
    setMailTopics(serverless, mailTopicArns(channels));
    if (channels.length === 0) log.warning(NOBODY_HEARS);
  },

  /** Puts the code of the functions, with tidegate.yml in it, where they are packaged from. */
  bundle: (): Promise<void> =>
    bundle(serverless, readConfiguration(serverless, deploymentOf(serverless))),
});

const generate = (serverless: Serverless) => {
  const deployment = deploymentOf(serverless);
  const configuration = readConfiguration(serverless, deployment);

  return {
    ...resourcesFor(configuration, deployment),
    channels: mailChannels(configuration.channels),
  };
};

const deploymentOf = (serverless: Serverless): Deployment => ({
  service: serverless.service.getServiceName(),
  stage: serverless.getProvider('aws').getStage(),
});

const setMailTopics = ({ service }: Serverless, topics: Value): void => {
  const notify = service.functions.notify;
  if (notify) notify.environment = { ...notify.environment, MAIL_TOPIC_ARNS: topics };
};

const NOBODY_HEARS =
  "tidegate: nobody hears Tidegate's own alarms, since there is no e-mail channel under notify; " +
  'subscribe somebody to the topic in the output OperationsTopicArn.';

const ONLY_WHOLE =
  'a function is not deployed alone: its rules must match the alarms of the stack. ' +
  'Run npx serverless deploy; what has not changed is not touched.';
