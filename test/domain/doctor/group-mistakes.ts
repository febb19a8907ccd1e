import type { Checkup } from '#domain/doctor/checkup.ts';
import type { DoctorCode } from '#domain/doctor/finding.ts';
import { CPU_LOW, HEALTH_ALARM } from '#test/support/builders.ts';
import {
  aCheckup,
  letsIn,
  soundDeployment,
  soundGroup,
  soundShards,
  TOPIC,
} from '#test/support/checkup.ts';
import {
  stateless,
  topicless,
  withAlarms,
  withState,
  withTopic,
} from '#test/support/checkup-changes.ts';

/** A planted mistake, and what the doctor must say of it. */
export type Mistake = Readonly<{
  code: DoctorCode;
  verdict?: 'warning' | 'error';
  checkup: Checkup;
  says: string;
}>;

const LEARNED = { rule: 'ahead', learnedOn: '2026-03-02', on: '2026-03-20' } as const;

/** Mistakes in a deployment, a group or its alarms. */
export const GROUP_MISTAKES: readonly Mistake[] = [
  {
    code: 'not-deployed',
    checkup: { ...aCheckup(), deployment: topicless },
    says: 'there is no stack tidegate-dev in this Region and account',
  },
  {
    code: 'not-deployed',
    checkup: {
      ...aCheckup(),
      deployment: { ...topicless, status: 'ROLLBACK_COMPLETE', version: '0.0.9' },
    },
    says: 'the stack tidegate-dev is there (ROLLBACK_COMPLETE), but has no output AlarmTopicArn: version 0.0.9 of Tidegate, as its tag says, has not been deployed to its end, or is not the one of this command',
  },
  {
    code: 'not-deployed',
    checkup: { ...aCheckup(), deployment: { ...topicless, status: 'UPDATE_COMPLETE' } },
    says: 'the stack tidegate-dev is there (UPDATE_COMPLETE), but has no output AlarmTopicArn and no tag tidegate:version: it is of another service, of a version before 0.1, or was never deployed to its end',
  },
  {
    code: 'learned-drift',
    verdict: 'warning',
    checkup: aCheckup(
      {},
      {
        learned: {
          values: [
            { ...LEARNED, key: 'lead', was: 150, now: 160 },
            { ...LEARNED, key: 'perInstance', was: 76, now: 60 },
          ],
        },
      },
    ),
    says: 'ahead: perInstance is 76rps, learned on 2026-03-02; the history to 2026-03-20 shows 60rps (−21 %), more than 10 % apart',
  },
  {
    code: 'topic-closed',
    checkup: withTopic({ policy: letsIn('s3.amazonaws.com', 'sns:Publish') }),
    says: `the policy of ${TOPIC} does not let cloudwatch.amazonaws.com publish: alarms fire and nobody hears it`,
  },
  {
    code: 'key-closed',
    checkup: withTopic({ keyId: 'alias/aws/sns', keyPolicy: undefined }),
    says: 'the alarm topic is encrypted with alias/aws/sns, which CloudWatch may not use: alarms fail without a word',
  },
  {
    code: 'key-closed',
    checkup: withTopic({ keyPolicy: letsIn('cloudwatch.amazonaws.com', 'kms:Decrypt') }),
    says: 'the policy of the key 0a1b does not let cloudwatch.amazonaws.com use it: alarms fail without a word',
  },
  {
    code: 'mail-unconfirmed',
    checkup: aCheckup({ mail: [{ ...soundDeployment.mail[0]!, status: 'pending' }] }),
    says: 'ops@example.com (channel mail) has not confirmed its subscription, and gets nothing',
  },
  {
    code: 'mail-unconfirmed',
    checkup: aCheckup({ mail: [{ ...soundDeployment.mail[0]!, status: 'missing' }] }),
    says: 'ops@example.com (channel mail) has no subscription: it was never made, or somebody unsubscribed',
  },
  {
    code: 'shards-dropped',
    verdict: 'warning',
    checkup: aCheckup({ shards: { ...soundShards, dropped: 3 } }),
    says: 'in the last hour the turn of 3 shards of the sweep came too late: nobody looked at their groups for a minute',
  },
  {
    code: 'shards-failed',
    checkup: aCheckup({ shards: { ...soundShards, deadLetters: 1 } }),
    says: 'in the last hour 1 shard of the sweep lay in tidegate-dev-sweep-dead-letters: looks at their groups failed twice',
  },
  {
    code: 'webhook-missing',
    checkup: aCheckup({ webhooks: [{ channel: 'ops', parameter: '/hook' }] }),
    says: 'the parameter /hook of the channel ops does not exist',
  },
  {
    code: 'webhook-missing',
    checkup: aCheckup({ webhooks: [{ channel: 'ops', parameter: '/hook', type: 'String' }] }),
    says: 'the parameter /hook of the channel ops is a String, which everybody with read access can read',
  },
  {
    code: 'group-missing',
    checkup: { ...aCheckup(), groups: [stateless] },
    says: 'AWS knows no Auto Scaling group named web-prod in this Region',
  },
  {
    code: 'group-going',
    checkup: withState({ isBeingDeleted: true }),
    says: 'web-prod is being deleted',
  },
  {
    code: 'group-untagged',
    checkup: withState({ isManaged: false }),
    says: 'web-prod lacks the tag tidegate:managed=true, so nothing is changed',
  },
  {
    code: 'group-untagged',
    checkup: withState({
      isManaged: false,
      optIn: { wanted: 'tidegate-dev', found: 'tidegate-prod' },
    }),
    says: 'web-prod lacks the tag tidegate:managed=tidegate-dev, its value is "tidegate-prod", so nothing is changed',
  },
  {
    code: 'group-untagged',
    verdict: 'warning',
    checkup: aCheckup(
      {},
      {
        group: {
          ...soundGroup.group,
          rules: soundGroup.group.rules.map((rule) => ({ ...rule, isShadow: true })),
          health: { ...soundGroup.group.health!, action: 'notify' },
        },
        state: { ...soundGroup.state!, isManaged: false },
      },
    ),
    says: 'web-prod lacks the tag tidegate:managed=true; its rules are in shadow and need none: tag it before one acts',
  },
  {
    code: 'group-tagged-true',
    verdict: 'warning',
    checkup: withState({ optIn: { wanted: 'tidegate-dev', found: 'true' } }),
    says: 'web-prod has the tag tidegate:managed=true, which hands it to every deployment of the account and is understood up to version 0.1 only',
  },
  {
    code: 'processes-suspended',
    checkup: withState({ suspendedProcesses: ['AZRebalance', 'Terminate', 'Launch'] }),
    says: 'Launch, Terminate are suspended',
  },
  {
    code: 'processes-suspended',
    verdict: 'warning',
    checkup: withState({ suspendedProcesses: ['AlarmNotification'] }),
    says: 'AlarmNotification is suspended, and AlarmNotification means a pause to Tidegate',
  },
  {
    code: 'processes-suspended',
    checkup: withState({ suspendedProcesses: ['AddToLoadBalancer'] }),
    says: 'AddToLoadBalancer is suspended, and without AddToLoadBalancer new instances are registered at no target group',
  },
  {
    code: 'aws-policies',
    checkup: aCheckup(
      {},
      { policies: [{ name: 'cpu50', type: 'TargetTrackingScaling', isEnabled: true }] },
    ),
    says: "AWS's own scaling policies change it, too: cpu50 (TargetTrackingScaling); two controllers work against each other",
  },
  {
    code: 'scheduled-actions',
    verdict: 'warning',
    checkup: aCheckup({}, { scheduledActions: ['night'] }),
    says: "AWS's own scheduled actions change it, too: night",
  },
  {
    code: 'scheduled-actions',
    verdict: 'warning',
    checkup: aCheckup(
      {},
      {
        state: { ...soundGroup.state!, suspendedProcesses: ['ScheduledActions'] },
        scheduledActions: ['night'],
      },
    ),
    says: "AWS's own scheduled actions rest while ScheduledActions is suspended, and change it again once it is resumed: night",
  },
  {
    code: 'bounds-apart',
    verdict: 'warning',
    checkup: withState({ capacityMax: 8 }),
    says: 'capacity.max is 10, and MaxSize 8 is never left',
  },
  {
    code: 'bounds-apart',
    verdict: 'warning',
    checkup: withState({ capacityMin: 3 }),
    says: 'capacity.min is 2, and MinSize 3 is never left',
  },
  {
    code: 'bounds-apart',
    verdict: 'warning',
    checkup: aCheckup(
      {},
      {
        group: { ...soundGroup.group, capacity: {} },
        state: { ...soundGroup.state!, capacityMin: 4, capacityMax: 4 },
      },
    ),
    says: 'MinSize and MaxSize are both 4',
  },
  {
    code: 'warmup-unset',
    verdict: 'warning',
    checkup: aCheckup({}, { settings: { metrics: [], subnets: [] } }),
    says: 'DefaultInstanceWarmup is not set: new instances count in its metrics while they start',
  },
  {
    code: 'metrics-not-collected',
    checkup: aCheckup(
      {},
      {
        group: {
          ...soundGroup.group,
          rules: [
            {
              kind: 'track',
              name: 't',
              metric: 'used',
              target: 60,
              isTotal: false,
              onMissing: 'hold',
            },
          ],
          metrics: {
            used: {
              kind: 'math',
              expression: '100 * d / m',
              periodSeconds: 60,
              uses: {
                d: stat('AWS/AutoScaling', 'GroupDesiredCapacity'),
                m: stat('AWS/AutoScaling', 'GroupMaxSize'),
              },
            },
          },
        },
      },
    ),
    says: 'rules read GroupMaxSize, which the group does not collect',
  },
  {
    code: 'basic-monitoring',
    checkup: aCheckup(
      {},
      {
        instances: Array.from({ length: 7 }, (_, index) => ({
          id: `i-${index + 1}`,
          isMonitored: false,
          isMetadataOpen: false,
          securityGroups: ['sg-web'],
        })),
      },
    ),
    says: 'rules read EC2 metrics every minute, and these report every five: i-1, i-2, i-3, i-4, i-5 and 2 more',
  },
  {
    code: 'alarm-missing',
    checkup: aCheckup({}, { alarms: soundGroup.alarms.slice(0, 2) }),
    says: `there is no alarm named ${HEALTH_ALARM}: what is bound to it never happens`,
  },
  {
    code: 'alarm-muted',
    checkup: withAlarms({ actionsEnabled: false }, HEALTH_ALARM),
    says: `the actions of ${HEALTH_ALARM} are disabled: a muted alarm counts as not firing`,
  },
  {
    code: 'alarm-without-topic',
    verdict: 'warning',
    checkup: withAlarms(
      { alarmActions: ['arn:aws:sns:us-east-1:123456789012:other'] },
      HEALTH_ALARM,
    ),
    says: `${HEALTH_ALARM} does not have the alarm topic among its actions: only the sweep finds it, up to a minute later`,
  },
  {
    code: 'alarm-breaching',
    checkup: withAlarms({ missing: 'breaching' }),
    says: `${CPU_LOW.alarm.name} treats missing data as breaching, and its rule removes: when metrics stop, capacity goes`,
  },
  {
    code: 'alarm-without-data',
    verdict: 'warning',
    checkup: withAlarms({ state: 'INSUFFICIENT_DATA' }, HEALTH_ALARM),
    says: `${HEALTH_ALARM} has insufficient data`,
  },
];

function stat(namespace: string, metricName: string) {
  return {
    ...({ kind: 'stat', namespace, metricName, dimensions: {} } as const),
    statistic: 'Maximum',
    periodSeconds: 60,
  };
}
