import type { DeploymentFacts, TopicFacts } from './checkup.ts';
import { type Check, type DoctorFinding, needless, unseen } from './finding.ts';
import { admits } from './resource-policy.ts';

const CLOUD_WATCH = 'cloudwatch.amazonaws.com';

/** Checks that alarms reach Tidegate, and that Tidegate reaches people. */
export const DEPLOYMENT_CHECKS: readonly Check<DeploymentFacts>[] = [
  {
    sound: 'it is deployed, and has its alarm topic',
    needs: ['the alarm topic'],
    find: (facts) =>
      facts.topic === undefined
        ? [{ code: 'not-deployed', verdict: 'error', ...whatStandsThere(facts) }]
        : [],
  },
  {
    sound: 'CloudWatch may publish on the alarm topic',
    needs: ['the alarm topic'],
    unless: ({ topic }) => {
      if (topic === undefined) return NO_TOPIC;
      return topic.policy === undefined ? unseen('the topic has no policy to read') : undefined;
    },
    find: ({ topic }) => (topic?.policy === undefined ? [] : closedTopic(topic)),
  },
  {
    sound: 'CloudWatch may use the key of the alarm topic',
    needs: ['the alarm topic'],
    unless: ({ topic }) => {
      if (topic === undefined) return NO_TOPIC;
      if (topic.keyId === undefined) return needless('the alarm topic is not encrypted');
      const isUnread = topic.keyPolicy === undefined && topic.keyId !== MANAGED_KEY;
      return isUnread ? unseen(`the key ${topic.keyId} has no policy to read`) : undefined;
    },
    find: ({ topic }) => (topic?.keyId === undefined ? [] : closedKey(topic, topic.keyId)),
  },
  {
    sound: 'every mailbox has confirmed its subscription',
    needs: ['the alarm topic', 'the subscriptions'],
    unless: ({ topic, mailboxes, mail }) => {
      if (mailboxes === 0) return needless('no channel is an address that confirms');
      if (topic === undefined) return NO_TOPIC;
      return mail.length === 0 ? unseen('no subscription was read') : undefined;
    },
    find: ({ mail }) =>
      mail
        .filter(({ status }) => status !== 'confirmed')
        .map(({ channel, address, status }) => ({
          code: 'mail-unconfirmed',
          verdict: 'error',
          message:
            status === 'pending'
              ? `${address} (channel ${channel}) has not confirmed its subscription, and gets nothing`
              : `${address} (channel ${channel}) has no subscription: it was never made, or somebody unsubscribed`,
          fix:
            status === 'pending'
              ? 'click the link in the mail from AWS Notifications; a link lives for three days, then deploy again'
              : 'remove the channel, deploy, put it back, and deploy again: that subscribes it anew',
        })),
  },
  {
    sound: 'every webhook is kept as a SecureString',
    needs: ['the parameters'],
    unless: ({ webhooks }) =>
      webhooks.length === 0 ? needless('no channel has a secret in Parameter Store') : undefined,
    find: ({ webhooks }) =>
      webhooks
        .filter(({ type }) => type !== 'SecureString')
        .map(({ channel, parameter, type }) => ({
          code: 'webhook-missing',
          verdict: 'error',
          message:
            type === undefined
              ? `the parameter ${parameter} of the channel ${channel} does not exist`
              : `the parameter ${parameter} of the channel ${channel} is a ${type}, which everybody with read access can read`,
          fix: `aws ssm put-parameter --type SecureString --overwrite --name ${parameter} --value file://webhook.txt`,
        })),
  },
];

/** Beside them, where a channel keeps a secret in Secrets Manager. */
export const SECRETS_CHECK: Check<DeploymentFacts> = {
  sound: 'every secret in Secrets Manager is there',
  needs: [],
  unless: () => unseen('it would have to be read; tidegate notify --test CHANNEL tries it'),
  find: () => [],
};

const NO_TOPIC = unseen('there is no alarm topic');
const MANAGED_KEY = 'alias/aws/sns';

const closedTopic = ({ policy, arn }: TopicFacts): readonly DoctorFinding[] =>
  admits(policy, CLOUD_WATCH, 'sns:Publish')
    ? []
    : [
        {
          code: 'topic-closed',
          verdict: 'error',
          message: `the policy of ${arn} does not let ${CLOUD_WATCH} publish: alarms fire and nobody hears it`,
          fix: 'deploy again, which writes the policy anew',
        },
      ];

const closedKey = ({ keyPolicy }: TopicFacts, keyId: string): readonly DoctorFinding[] => {
  const isManaged = keyId === MANAGED_KEY;
  const isOpen = ['kms:Decrypt', 'kms:GenerateDataKey'].every((action) =>
    admits(keyPolicy, CLOUD_WATCH, action),
  );
  if (!isManaged && (keyPolicy === undefined || isOpen)) return [];

  return [
    {
      code: 'key-closed',
      verdict: 'error',
      message: isManaged
        ? 'the alarm topic is encrypted with alias/aws/sns, which CloudWatch may not use: alarms fail without a word'
        : `the policy of the key ${keyId} does not let ${CLOUD_WATCH} use it: alarms fail without a word`,
      fix: 'deploy again, which makes the key and its policy anew; do not change them by hand',
    },
  ];
};

/** Says what there is under the name of the stack, if not a deployment of this version. */
const whatStandsThere = ({
  stack,
  status,
  version,
}: DeploymentFacts): Pick<DoctorFinding, 'message' | 'fix'> => {
  if (status === undefined) {
    return {
      message: `there is no stack ${stack} in this Region and account`,
      fix: 'npx serverless deploy, or say --service and --stage as you deployed it',
    };
  }
  const found = `the stack ${stack} is there (${status}), but has no output AlarmTopicArn`;
  if (version === undefined) {
    return {
      message: `${found} and no tag tidegate:version: it is of another service, of a version before 0.1, or was never deployed to its end`,
      fix: 'look at its events in CloudFormation; if it is Tidegate, npx serverless deploy; else say --service and --stage as you deployed it',
    };
  }
  return {
    message: `${found}: version ${version} of Tidegate, as its tag says, has not been deployed to its end, or is not the one of this command`,
    fix: 'npx serverless deploy --force with the version of this command (without --force what was uploaded is skipped), and look at the events of the stack in CloudFormation if that fails',
  };
};
