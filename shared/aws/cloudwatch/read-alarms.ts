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

/**
 * Reads the alarms among these that are in ALARM. Beyond a page of names it asks for whatever is in ALARM in the
 * Region, which is a page or two where the names would fill dozens; and by name after all where so much is in ALARM
 * that this would be more.
 */
export const readFiringAlarms =
  (client: CloudWatchClient) =>
  async (names: readonly string[]): Promise<ReadonlyMap<string, Alarm>> => {
    const wanted = new Set(names);
    const most = Math.ceil(wanted.size / NAMES_PER_CALL);
    const firing = most > 1 ? await readWhateverFires(client, most) : undefined;
    const alarms = firing ?? [...(await readAlarms(client)(names)).values()];

    return new Map(
      alarms.flatMap((alarm) =>
        wanted.has(alarm.name) && alarm.state === 'ALARM' ? [[alarm.name, alarm] as const] : [],
      ),
    );
  };

/** At the rate of the sweep these take half a minute, and hold ten thousand alarms. */
const MOST_PAGES = 100;

/** Reads all alarms of the Region that are in ALARM, for whoever divides its groups; nothing when that takes too long. */
export const readAllFiring =
  (client: CloudWatchClient) => (): Promise<readonly Alarm[] | undefined> =>
    readWhateverFires(client, MOST_PAGES);

/** All alarms of the Region that are in ALARM; nothing when so many pages do not hold them. */
const readWhateverFires = async (
  client: CloudWatchClient,
  mostPages: number,
): Promise<readonly Alarm[] | undefined> => {
  const alarms: Alarm[] = [];
  let pages = 0;
  for await (const page of describeAlarms(client, { StateValue: 'ALARM' })) {
    pages += 1;
    alarms.push(...alarmsIn(page));
    if (pages === mostPages && page.NextToken !== undefined) return undefined;
  }
  return alarms;
};

const readChunk = async (
  client: CloudWatchClient,
  names: readonly string[],
): Promise<readonly Alarm[]> => {
  const alarms: Alarm[] = [];
  for await (const page of describeAlarms(client, { AlarmNames: [...names] })) {
    alarms.push(...alarmsIn(page));
  }
  return alarms;
};

const alarmsIn = (page: DescribeAlarmsOutput): readonly Alarm[] => [
  ...(page.MetricAlarms ?? []).map((alarm) => evaluatedAlarm(alarm)),
  ...(page.LogAlarms ?? []).map((alarm) => evaluatedAlarm(alarm)),
  ...(page.CompositeAlarms ?? []).map((alarm) => compositeAlarm(alarm)),
];

/**
 * The pages of DescribeAlarms for alarms of every type that the SDK knows: only the types named are
 * answered, and only metric alarms when none is named. A Region that does not know a newer type refuses
 * the whole question; it is asked again for the types that all Regions know.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export async function* describeAlarms(
  client: CloudWatchClient,
  asked: Readonly<{ AlarmNames: string[] } | { StateValue: 'ALARM' }>,
): AsyncGenerator<DescribeAlarmsOutput> {
  const pages = (types: readonly AlarmType[]) =>
    paginateDescribeAlarms(
      { client },
      {
        ...asked,
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
