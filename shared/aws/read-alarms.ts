import {
  AlarmType,
  type CloudWatchClient,
  type CompositeAlarm,
  type MetricAlarm,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import type { Alarm, AlarmState } from '../domain/alarm.ts';
import { chunks } from './chunks.ts';

const NAMES_PER_CALL = 100;

/** Reads alarms of every type by name; the answer lacks those that do not exist. */
export const readAlarms =
  (client: CloudWatchClient) =>
  async (names: readonly string[]): Promise<ReadonlyMap<string, Alarm>> => {
    const pages = await Promise.all(
      chunks([...new Set(names)], NAMES_PER_CALL).map((chunk) => readChunk(client, chunk)),
    );

    return new Map(pages.flat().map((alarm) => [alarm.name, alarm]));
  };

const readChunk = async (
  client: CloudWatchClient,
  names: readonly string[],
): Promise<readonly Alarm[]> => {
  const alarms: Alarm[] = [];
  const input = {
    AlarmNames: [...names],
    // Without types only metric alarms are answered, even for the name of a composite one.
    AlarmTypes: [AlarmType.MetricAlarm, AlarmType.CompositeAlarm],
    MaxRecords: NAMES_PER_CALL,
  };
  for await (const page of paginateDescribeAlarms({ client }, input)) {
    alarms.push(...(page.MetricAlarms ?? []).map((alarm) => metricAlarm(alarm)));
    alarms.push(...(page.CompositeAlarms ?? []).map((alarm) => compositeAlarm(alarm)));
  }
  return alarms;
};

const metricAlarm = (alarm: MetricAlarm): Alarm => ({
  ...commonOf(alarm),
  isEvaluated: alarm.EvaluationState === undefined,
});

const compositeAlarm = (alarm: CompositeAlarm): Alarm => ({
  ...commonOf(alarm),
  actionsEnabled: (alarm.ActionsEnabled ?? true) && alarm.ActionsSuppressedBy === undefined,
  isEvaluated: true,
});

const commonOf = (alarm: MetricAlarm | CompositeAlarm) => ({
  name: alarm.AlarmName ?? '',
  arn: alarm.AlarmArn ?? '',
  state: stateOf(alarm.StateValue),
  since: (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.getTime() ?? 0,
  actionsEnabled: alarm.ActionsEnabled ?? true,
  reason: alarm.StateReason ?? '',
});

const stateOf = (value: string | undefined): AlarmState =>
  value === 'OK' || value === 'ALARM' || value === 'INSUFFICIENT_DATA' ? value : 'UNKNOWN';
