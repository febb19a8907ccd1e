import { type Conditions, fromAlarms, fromTopics } from './publisher-conditions.ts';
import { type Deployment, type Resources, sub, type Value } from './template.ts';

/**
 * The key of the topics that CloudWatch and the functions publish on. CloudWatch cannot publish on a
 * topic with SNS's own key, and says so only in the history of the alarm
 * (https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns).
 */
export const key = (deployment: Deployment, hasOddAlarms: boolean): Resources => ({
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: {
      Description: 'Encrypts the alarm topic and the outcome topic of Tidegate',
      EnableKeyRotation: true,
      PendingWindowInDays: 30,
      KeyPolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'AccountDecidesByIam',
            Effect: 'Allow',
            Principal: { AWS: sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root`) },
            Action: 'kms:*',
            Resource: '*',
          },
          publisher('CloudWatchPublishes', 'cloudwatch.amazonaws.com', fromAlarms(hasOddAlarms)),
          publisher('TopicsDeliver', 'sns.amazonaws.com', fromTopics(deployment)),
        ],
      },
    },
  },
});

/** In a key policy, the resource `*` is the key itself. */
const publisher = (Sid: string, service: string, Condition: Conditions): Value => ({
  Sid,
  Effect: 'Allow',
  Principal: { Service: service },
  Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  Resource: '*',
  Condition,
});
