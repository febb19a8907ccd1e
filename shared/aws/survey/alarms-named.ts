import {
  type CloudWatchClient,
  DescribeAlarmsCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { chunks } from '#aws/client/chunks.ts';

/** The API takes at most 100 names. */
const NAMES_PER_CALL = 100;

/** Reads metric alarms by their names; those that are gone are missing. */
export const readAlarmsNamed = async (
  client: CloudWatchClient,
  names: readonly string[],
): Promise<readonly MetricAlarm[]> => {
  const pages = await Promise.all(
    chunks([...new Set(names)], NAMES_PER_CALL).map((AlarmNames) =>
      client.send(
        new DescribeAlarmsCommand({ AlarmNames: [...AlarmNames], MaxRecords: NAMES_PER_CALL }),
      ),
    ),
  );
  return pages.flatMap(({ MetricAlarms = [] }) => MetricAlarms);
};
