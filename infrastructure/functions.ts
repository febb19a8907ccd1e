import type { ServerlessFunction } from './serverless.ts';
import { arnOf, type Deployment, prefixOf, ref, sub, type Value } from './template.ts';

/** The four functions of a deployment, in the order of their way from an alarm to people. */
export const FUNCTION_NAMES = ['scale', 'heal', 'notify', 'sweep'] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

/** The folder below serverless.yml from which the functions are packaged, one file each. */
export const CODE_FOLDER = '.tidegate/functions';

/** The rates at which scale reads (shared/aws/client/quotas.ts) reckon with so many environments. */
export const SCALE_CONCURRENCY = 5;

/** The rates at which heal reads (shared/aws/client/quotas.ts) reckon with so many environments. */
export const HEAL_CONCURRENCY = 2;

/** The rates at which shards of the sweep are read (shared/aws/client/quotas.ts) reckon with so many environments. */
export const SHARD_CONCURRENCY = 4;

/** The functions as serverless.yml would have them; the plugin puts them there. */
export const functionsOf = (
  deployment: Deployment,
  deployedBy: string,
): Readonly<Record<FunctionName, ServerlessFunction>> => ({
  scale: {
    ...usual('scale', 'Alarm messages and evaluation requests in, desired capacities out'),
    environment: {
      ...variables(deployment),
      DEPLOYMENT_NAME: prefixOf(deployment),
      OUTCOME_TOPIC_ARN: ref('OutcomeTopic'),
      QUEUE_URL: ref('ScaleQueue'),
      QUARANTINE_QUEUE_URL: ref('ScaleDeadLetters'),
    },
    events: [queueOf('ScaleQueue', SCALE_CONCURRENCY)],
  },
  heal: {
    ...usual('heal', 'Alarm messages and evaluation requests in, unhealthy targets out of service'),
    environment: {
      ...variables(deployment),
      DEPLOYMENT_NAME: prefixOf(deployment),
      ALARM_TOPIC_ARN: ref('AlarmTopic'),
      OUTCOME_TOPIC_ARN: ref('OutcomeTopic'),
      QUEUE_URL: ref('HealQueue'),
      QUARANTINE_QUEUE_URL: ref('HealDeadLetters'),
    },
    events: [queueOf('HealQueue', HEAL_CONCURRENCY)],
  },
  notify: {
    ...usual('notify', 'Outcomes and alarms in, Slack messages and e-mails out'),
    // The plugin adds ACCOUNT_ID, DASHBOARD_NAMES, and MAIL_TOPIC_ARNS from the e-mail channels in tidegate.yml.
    environment: {
      ...variables(deployment),
      TIDEGATE_SERVICE: deployment.service,
      TIDEGATE_STAGE: deployment.stage,
      QUEUE_URL: ref('NotifyQueue'),
      QUARANTINE_QUEUE_URL: ref('NotifyDeadLetters'),
    },
    // Slack takes one message a second; more senders would only be told to wait.
    events: [queueOf('NotifyQueue', 2)],
  },
  sweep: {
    ...usual(
      'sweep',
      'Looks at every group once a minute and requests the evaluations that no message asked for',
    ),
    // A tick that failed or is late is not repeated: the next one looks at everything again.
    maximumRetryAttempts: 0,
    maximumEventAge: 60,
    environment: {
      ...variables(deployment),
      DEPLOYMENT_NAME: prefixOf(deployment),
      // News of groups that join or leave a fleet is published as outcomes are.
      OUTCOME_TOPIC_ARN: ref('OutcomeTopic'),
      SCALE_QUEUE_URL: ref('ScaleQueue'),
      HEAL_QUEUE_URL: ref('HealQueue'),
      NOTIFY_QUEUE_URL: ref('NotifyQueue'),
      // The name that `tidegate rules` gives to whoever deployed.
      DEPLOYED_BY: deployedBy,
    },
    // The reads of ten thousand groups take most of a minute below the rates of AWS; messages do not wait for it.
    timeout: 60,
    events: [{ schedule: 'rate(1 minute)' }],
  },
});

/** The settings that the sweep has besides, where its groups may be so many that it looks at them in shards. */
export const shardSettings = () => ({
  environment: {
    SWEEP_QUEUE_URL: ref('SweepQueue'),
    QUARANTINE_QUEUE_URL: ref('SweepDeadLetters'),
  },
  // A batch is one shard: its groups are as many as an invocation should hold.
  events: [queueOf('SweepQueue', SHARD_CONCURRENCY, 1)],
});

const usual = (name: FunctionName, description: string): ServerlessFunction => ({
  description,
  handler: `${CODE_FOLDER}/${name}.handler`,
  // Not by GetAtt: the Serverless Framework then adds a DependsOn, which says the same a second time.
  role: sub(`\${${name.slice(0, 1).toUpperCase()}${name.slice(1)}Role.Arn}`),
  // Queues hide a message for six times as long (queues.ts), as AWS asks.
  timeout: 30,
  // One file is all that a function needs.
  package: { patterns: ['!**', `${CODE_FOLDER}/${name}.cjs`] },
});

const variables = (deployment: Deployment): Readonly<Record<string, Value>> => ({
  // Also the dimension `service` of Tidegate's own metrics, so stages must not share it.
  POWERTOOLS_SERVICE_NAME: prefixOf(deployment),
  POWERTOOLS_METRICS_NAMESPACE: 'Tidegate',
  TABLE_NAME: ref('Table'),
});

/** No batching window and no filter: a window waits up to 20 s, a filter drops without a trace. */
const queueOf = (queue: string, maximumConcurrency: number, batchSize = 10): Value => ({
  sqs: {
    arn: arnOf(queue),
    batchSize,
    maximumConcurrency,
    functionResponseType: 'ReportBatchItemFailures',
  },
});

/** Settings of the provider for all functions; serverless.yml may set each of them otherwise. */
export const PROVIDER_DEFAULTS: Readonly<Record<string, Value>> = {
  runtime: 'nodejs24.x',
  architecture: 'arm64',
  memorySize: 512,
  logRetentionInDays: 30,
  // Old versions of functions would only pile up: nothing here refers to one.
  versionFunctions: false,
};
