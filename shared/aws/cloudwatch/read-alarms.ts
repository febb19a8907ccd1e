import {
  AlarmType,
  type CloudWatchClient,
  type CompositeAlarm,
  type DescribeAlarmsOutput,
  type LogAlarm,
  type MetricAlarm,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import { chunks } from '#aws/client/chunks.ts';
import type { Alarm, AlarmState } from '#domain/observed/alarm.ts';

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
  for await (const page of describeAlarms(client, names)) {
    alarms.push(...(page.MetricAlarms ?? []).map((alarm) => evaluatedAlarm(alarm)));
    alarms.push(...(page.LogAlarms ?? []).map((alarm) => evaluatedAlarm(alarm)));
    alarms.push(...(page.CompositeAlarms ?? []).map((alarm) => compositeAlarm(alarm)));
  }
  return alarms;
};

/**
 * The pages of DescribeAlarms for alarms of every type that the SDK knows: only the types named are
 * answered, and only metric alarms when none is named. A Region that does not know a newer type refuses
 * the whole question; it is asked again for the types that all Regions know.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export async function* describeAlarms(
  client: CloudWatchClient,
  names: readonly string[],
): AsyncGenerator<DescribeAlarmsOutput> {
  const pages = (types: readonly AlarmType[]) =>
    paginateDescribeAlarms(
      { client },
      {
        AlarmNames: [...names],
        AlarmTypes: [...types],
        MaxRecords: NAMES_PER_CALL,
      },
    );
  try {
    yield* pages(Object.values(AlarmType));
  } catch (thrown) {
    if (!isUnknownType(thrown)) throw thrown;
    yield* pages([AlarmType.MetricAlarm, AlarmType.CompositeAlarm]);
  }
}

/** The service names the parameter that it refuses. */
const isUnknownType = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  /Validation|InvalidParameter/.test(thrown.name) &&
  /alarmTypes/i.test(thrown.message);

/** A metric alarm or a log alarm: CloudWatch says whether it could evaluate all of their data. */
const evaluatedAlarm = (alarm: MetricAlarm | LogAlarm): Alarm => ({
  ...commonOf(alarm),
  isEvaluated: alarm.EvaluationState === undefined,
});

const compositeAlarm = (alarm: CompositeAlarm): Alarm => ({
  ...commonOf(alarm),
  actionsEnabled: (alarm.ActionsEnabled ?? true) && alarm.ActionsSuppressedBy === undefined,
  isEvaluated: true,
});

const commonOf = (alarm: MetricAlarm | LogAlarm | CompositeAlarm) => ({
  name: alarm.AlarmName ?? '',
  arn: alarm.AlarmArn ?? '',
  state: stateOf(alarm.StateValue),
  since: (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.getTime() ?? 0,
  actionsEnabled: alarm.ActionsEnabled ?? true,
  reason: alarm.StateReason ?? '',
});

const stateOf = (value: string | undefined): AlarmState =>
  value === 'OK' || value === 'ALARM' || value === 'INSUFFICIENT_DATA' ? value : 'UNKNOWN';
