import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { chunks } from '#aws/client/chunks.ts';
import { describeAlarms } from '#aws/cloudwatch/read-alarms.ts';
import type { AlarmFacts } from '#domain/doctor/checkup.ts';

const NAMES_PER_CALL = 100;

/** Reads what alarms do, by name; the answer lacks those that do not exist. */
export const readAlarms = async (
  client: CloudWatchClient,
  names: readonly string[],
): Promise<readonly AlarmFacts[]> => {
  const alarms: AlarmFacts[] = [];
  for (const chunk of chunks([...new Set(names)], NAMES_PER_CALL)) {
    for await (const page of describeAlarms(client, { AlarmNames: [...chunk] })) {
      alarms.push(...(page.MetricAlarms ?? []).map(alarmOf));
      alarms.push(...(page.LogAlarms ?? []).map(alarmOf));
      alarms.push(...(page.CompositeAlarms ?? []).map(alarmOf));
    }
  }
  return alarms;
};

type AwsAlarm = Readonly<{
  AlarmName?: string | undefined;
  StateValue?: string | undefined;
  ActionsEnabled?: boolean | undefined;
  AlarmActions?: readonly string[] | undefined;
  TreatMissingData?: string | undefined;
}>;

const alarmOf = (alarm: AwsAlarm): AlarmFacts => ({
  name: alarm.AlarmName ?? '',
  state: alarm.StateValue ?? '',
  actionsEnabled: alarm.ActionsEnabled ?? true,
  alarmActions: alarm.AlarmActions ?? [],
  ...(alarm.TreatMissingData === undefined ? {} : { missing: alarm.TreatMissingData }),
});
