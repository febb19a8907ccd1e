import type { ReportPorts } from '#app/report/tell-report.ts';
import { readRanges } from '#aws/cloudwatch/read-ranges.ts';
import { readReportMark, writeReportMark } from '#aws/dynamodb/report-mark.ts';
import { readsOfCloud } from '#simulator/console/reads-of-cloud.ts';
import type { Runtime } from '#simulator/services/runtime.ts';
import type { Cloud } from '../cloud.ts';
import { TABLE } from './ports.ts';

/** The ports of the report by schedule. Their calls have names of their own, which no fault of other tables is for. */
export const reportPortsOver = (
  cloud: Cloud,
  { call, configuration, note, now }: Runtime,
): ReportPorts => {
  const { client } = cloud.scaleLedger;
  const { listDecisions, readAllMemberships, readChannelCounts } = readsOfCloud(cloud, now);
  return {
    configuration,
    readMark: () => call('GetItem of the report', {}, readReportMark(client, TABLE)),
    writeMark: (before, next) =>
      call('PutItem of the report', next, () => writeReportMark(client, TABLE)(before, next)),
    readAllMemberships: () =>
      call('Query of members for the report', undefined, () => readAllMemberships()),
    listDecisions: (range) => call('Query of the report', range, () => listDecisions(range)),
    readRanges: (metrics, from, to) =>
      call('GetMetricData of the report', metrics, () =>
        readRanges(cloud.cloudWatch)(metrics, from, to),
      ),
    readChannelCounts: (channels, range) =>
      call('Query of the report', channels, () => readChannelCounts(channels, range)),
    tell: (news) => call('SendMessage', news, () => cloud.queues.notify.send(JSON.stringify(news))),
    note,
    now,
  };
};
