import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { readRanges } from '#aws/cloudwatch/read-ranges.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';

const cloudWatch = mockClient(CloudWatchClient);
beforeEach(() => {
  cloudWatch.reset();
});
const metric = (metricName: string, account?: string) => ({
  kind: 'stat' as const,
  namespace: 'AWS/EC2',
  metricName,
  dimensions: { AutoScalingGroupName: 'web-prod' },
  statistic: 'Average',
  periodSeconds: 60,
  account,
});
const read = () =>
  readRanges(new CloudWatchClient({}))([metric('A'), metric('B', '1')], NOON, NOON + minutes(9));

describe('ranges', () => {
  test('are asked for in one call, and come by metric and time', async () => {
    cloudWatch.on(GetMetricDataCommand).resolves({
      MetricDataResults: [
        { Id: 'm1', Timestamps: [new Date(NOON)], Values: [7] },
        {
          Id: 'm0',
          Timestamps: [0, 1, 2].map((minute) => new Date(NOON + minutes(minute))),
          Values: [1, Number.NaN],
        },
        { Id: 'm9', Timestamps: [new Date(NOON)], Values: [1] },
        {},
      ],
    });

    expect(await read()).toEqual([new Map([[NOON, 1]]), new Map([[NOON, 7]])]);
    expect(cloudWatch.calls()).toHaveLength(1);
    expect(cloudWatch.call(0).args[0].input).toEqual({
      StartTime: new Date(NOON),
      EndTime: new Date(NOON + minutes(9)),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: [
        {
          Id: 'm0',
          ReturnData: true,
          MetricStat: {
            Metric: {
              Namespace: 'AWS/EC2',
              MetricName: 'A',
              Dimensions: [{ Name: 'AutoScalingGroupName', Value: 'web-prod' }],
            },
            Period: 60,
            Stat: 'Average',
          },
        },
        expect.objectContaining({ Id: 'm1', AccountId: '1' }),
      ],
    });
  });

  test('go on from page to page', async () => {
    const page = (minute: number) => ({
      MetricDataResults: [
        {
          Id: 'm0',
          StatusCode: 'PartialData' as const,
          Timestamps: [new Date(NOON + minutes(minute))],
          Values: [minute],
        },
      ],
    });
    cloudWatch
      .on(GetMetricDataCommand)
      .resolvesOnce({ ...page(0), NextToken: 'next' })
      .resolvesOnce(page(1))
      .rejects(new Error('a page too many'));

    expect((await read())[0]).toEqual(
      new Map([
        [NOON, 0],
        [NOON + minutes(1), 1],
      ]),
    );
    expect(cloudWatch.call(1).args[0].input).toMatchObject({ NextToken: 'next' });
  });

  test('of nothing are empty', async () => {
    cloudWatch.on(GetMetricDataCommand).resolves({});
    expect(await read()).toEqual([new Map(), new Map()]);
  });

  test.each([
    ['InternalError', { StatusCode: 'InternalError', Id: 'm0', Label: 'A' }, 'no data of A'],
    ['AccessDenied', { StatusCode: 'Forbidden', Id: 'm1' }, 'no data of m1'],
  ] as const)('that CloudWatch cannot give are no hole: %s', async (name, result, message) => {
    cloudWatch.on(GetMetricDataCommand).resolves({ MetricDataResults: [result] });
    await expect(read()).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });
});
