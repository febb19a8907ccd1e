import { partitionOf } from '#domain/basics/partition.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { factsOf, type Rule } from '#domain/configuration/rule.ts';
import { DRILL_MARK } from '#domain/ledger/drill.ts';
import type { Instant } from '#domain/time/instant.ts';

type Payload = Readonly<{
  group: Group;
  rule: Rule;
  alarm: string;
  drill: string;
  at: Instant;
  region: string;
  account: string;
}>;

/**
 * The message that CloudWatch sends when the alarm of a rule fires, with the mark of a drill: the fields are those of
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export const alarmPayload = ({
  group,
  rule,
  alarm,
  drill,
  at,
  region,
  account,
}: Payload): string => {
  const partition = partitionOf(region)?.name ?? 'aws';
  const time = new Date(at).toISOString().replace('Z', '+0000');
  return JSON.stringify({
    [DRILL_MARK]: drill,
    AlarmName: alarm,
    AlarmDescription: `A drill. Group ${group.name}, rule ${rule.name}.`,
    AWSAccountId: account,
    AlarmConfigurationUpdatedTimestamp: time,
    NewStateValue: 'ALARM',
    NewStateReason: 'A drill: nothing has crossed a threshold.',
    StateChangeTime: time,
    Region: region,
    AlarmArn: `arn:${partition}:cloudwatch:${region}:${account}:alarm:${alarm}`,
    OldStateValue: 'OK',
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    Trigger: triggerOf(rule),
  });
};

const triggerOf = (rule: Rule): object => {
  const { alarm } = factsOf(rule);
  if (alarm?.kind !== 'generated') return { MetricName: 'drill' };
  const { metric, threshold } = alarm.condition;
  return { MetricName: metric, Threshold: threshold, TreatMissingData: 'missing' };
};
