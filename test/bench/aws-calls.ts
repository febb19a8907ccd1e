import type { SQSEvent } from 'aws-lambda';
import { changed, enveloped } from '#test/support/events.ts';
import { configurationOf } from './configuration.ts';
import { fakeAws } from './fake-aws.ts';

export type Calls = Readonly<{ what: string; counts: ReadonlyMap<string, number> }>;

const GROUPS = 10;

/** The SDK commands that the real handler of `scale` sends for batches of ten messages. */
export const countCalls = async (): Promise<readonly Calls[]> => {
  const configuration = configurationOf(GROUPS);
  const names = configuration.groups.map(({ name }) => name);
  const aws = fakeAws(configuration.groups.map(({ autoScalingGroup }) => autoScalingGroup));
  const handle = await loadHandler(configuration);

  const deliver = async (what: string, event: SQSEvent): Promise<Calls> => {
    const { batchItemFailures } = await handle(event);
    if (batchItemFailures.length > 0)
      throw new Error(`${batchItemFailures.length} messages failed`);
    return { what, counts: aws.takeCounts() };
  };

  const [first = ''] = names;
  return [
    await deliver('10 alarms on 10 groups, each of which grows', batch(names)),
    await deliver('the same alarms again: 10 groups begin to hold', batch(names)),
    await deliver('and once more: 10 groups hold as before', batch(names)),
    await deliver('10 alarms on 1 group that holds as before', batch(Array(10).fill(first))),
  ];
};

type Handler = (event: SQSEvent) => Promise<{ batchItemFailures: readonly unknown[] }>;

/** Its clients are made, and the configuration is read, when the module is loaded. */
const loadHandler = async (configuration: unknown): Promise<Handler> => {
  Object.assign(globalThis, {
    TIDEGATE_CONFIGURATION: configuration,
    TIDEGATE_CONFIGURATION_HASH: '',
  });
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    DEPLOYMENT_NAME: 'tidegate-dev',
    TABLE_NAME: 'table',
    OUTCOME_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:outcomes',
    QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/scale',
    QUARANTINE_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/quarantine',
  });
  const { handler } = await import('#functions/scale/handler.ts');

  return (event) => handler(event, { functionName: 'scale' } as never) as ReturnType<Handler>;
};

const batch = (groups: readonly string[]): SQSEvent => ({
  Records: groups.map((group, index) => ({
    messageId: `message-${index}`,
    receiptHandle: `receipt-${index}`,
    body: enveloped(changed('metric-alarm', alarmFields(group))),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'sns',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:scale',
    awsRegion: 'us-east-1',
  })),
});

const alarmFields = (group: string) => {
  const name = `tidegate-bench-${group}-cpu-high`;
  return {
    AlarmName: name,
    AlarmArn: `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${name}`,
    StateChangeTime: new Date().toISOString().replace('Z', '+0000'),
  };
};
