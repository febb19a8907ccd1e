import { type Conditions, fromAlarms } from './publisher-conditions.ts';
import { type Deployment, prefixOf, type Resources, ref, type Value } from './template.ts';

/**
 * The alarm topic, which wakes the functions, the outcome topic, on which they say what they did, and
 * the operations topic for Tidegate's own alarms. That one goes without the key, so that trouble with
 * the key can still be told.
 */
export const topics = (deployment: Deployment, hasOddAlarms: boolean): Resources => {
  const cloudWatch = [publishing('cloudwatch.amazonaws.com', fromAlarms(hasOddAlarms))];

  return {
    ...topic('AlarmTopic', { name: `${prefixOf(deployment)}-alarms`, publishers: cloudWatch, key }),
    ...topic('OutcomeTopic', { name: `${prefixOf(deployment)}-outcomes`, publishers: [], key }),
    ...topic('OperationsTopic', {
      name: `${prefixOf(deployment)}-operations`,
      publishers: [publishing('cloudwatch.amazonaws.com', fromAlarms(false))],
    }),
  };
};

type Publishing = (topicId: string) => Value;
type TopicOptions = Readonly<{ name: string; publishers: readonly Publishing[]; key?: Value }>;

const key = ref('Key');

/** A topic with its policy: whom it lets publish beyond this account's own roles, and only over TLS. */
export const topic = (id: string, { name, publishers, key }: TopicOptions): Resources => ({
  [id]: {
    Type: 'AWS::SNS::Topic',
    Properties: { TopicName: name, ...(key === undefined ? {} : { KmsMasterKeyId: key }) },
  },
  [`${id}Policy`]: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [ref(id)],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          ...publishers.map((publisher) => publisher(id)),
          {
            Sid: 'OnlyOverTls',
            Effect: 'Deny',
            Principal: '*',
            Action: 'sns:Publish',
            Resource: ref(id),
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    },
  },
});

const publishing =
  (service: string, Condition: Conditions): Publishing =>
  (topicId) => ({
    Sid: 'CloudWatchPublishes',
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sns:Publish',
    Resource: ref(topicId),
    Condition,
  });
