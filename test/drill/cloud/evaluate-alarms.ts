import {
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import type { Comparison, Condition } from '#domain/configuration/rule-parts.ts';
import { EXTRA_PERIODS, evaluateAlarm } from '#simulator/services/cloud-watch/evaluate-alarm.ts';
import { STACK } from '#test/e2e/harness/deploy.ts';
import type { Deployment } from '#test/e2e/harness/deployment.ts';

type Watching = Pick<Deployment, 'clients' | 'alarms'>;

/**
 * CloudWatch's part, which the emulator leaves out: evaluates the deployed alarms of a group on what was published, M of
 * N with missing data, and publishes each change to the alarm's own actions. `until` is the end of the last period.
 */
export const evaluateAlarms = async (
  { clients, alarms }: Watching,
  { group, until }: Readonly<{ group: string; until: number }>,
): Promise<readonly string[]> => {
  const changed: string[] = [];
  for (const alarm of await alarmsOfGroup(clients, group)) {
    const { AlarmName = '', StateValue = 'INSUFFICIENT_DATA' } = alarm;
    const state = evaluateAlarm(
      conditionOf(alarm),
      await valuesOf(clients, alarm, until),
      StateValue,
    );
    if (state === StateValue || state === 'UNKNOWN') continue;
    if (state === 'INSUFFICIENT_DATA') await alarms.change(AlarmName, state);
    else await alarms.raise(AlarmName, state);
    changed.push(`alarm ${AlarmName}: ${StateValue} → ${state}`);
  }
  return changed;
};

/** Ends the alarms of a group, so that nothing follows them any more. */
export const quietenAlarms = async (
  { clients, alarms }: Watching,
  group: string,
): Promise<void> => {
  for (const { AlarmName = '' } of await alarmsOfGroup(clients, group)) {
    await alarms.change(AlarmName, 'OK');
  }
};

/** The emulator fails when it is asked for a prefix. */
const alarmsOfGroup = async (
  { cloudWatch }: Deployment['clients'],
  group: string,
): Promise<readonly MetricAlarm[]> => {
  const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({}));
  return MetricAlarms.filter(({ AlarmName = '' }) => AlarmName.startsWith(`${STACK}-${group}-`));
};

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
};

const conditionOf = ({
  AlarmName = '',
  ComparisonOperator,
  Threshold = 0,
  EvaluationPeriods = 1,
  DatapointsToAlarm = EvaluationPeriods,
}: MetricAlarm): Condition => {
  const comparison = COMPARISONS[ComparisonOperator ?? ''];
  if (comparison === undefined) {
    throw new Error(`${AlarmName} compares by ${ComparisonOperator}, which no drill knows`);
  }
  return {
    text: AlarmName,
    metric: '',
    comparison,
    threshold: Threshold,
    datapoints: DatapointsToAlarm,
    periods: EvaluationPeriods,
  };
};

/** The values of the alarm's last periods, the oldest first; undefined where nothing was published. */
const valuesOf = async (
  { cloudWatch }: Deployment['clients'],
  { Namespace, MetricName, Dimensions, Period = 60, Statistic, EvaluationPeriods = 1 }: MetricAlarm,
  until: number,
): Promise<readonly (number | undefined)[]> => {
  const count = EvaluationPeriods + EXTRA_PERIODS;
  const periodMs = Period * 1_000;
  const from = until - count * periodMs;
  const { MetricDataResults } = await cloudWatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(from),
      EndTime: new Date(until),
      MetricDataQueries: [
        {
          Id: 'm1',
          MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period, Stat: Statistic },
        },
      ],
    }),
  );
  const { Timestamps = [], Values = [] } = MetricDataResults?.[0] ?? {};
  const found = new Map(Timestamps.map((time, index) => [time.getTime(), Values[index]]));
  return Array.from({ length: count }, (_, index) => found.get(from + index * periodMs));
};
