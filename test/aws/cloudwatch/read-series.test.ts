import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { readSeries } from '#aws/cloudwatch/read-series.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';

const cloudWatch = mockClient(CloudWatchClient);
beforeEach(() => {
  cloudWatch.reset();
});
const read = () =>
  readSeries(new CloudWatchClient({}))(
    {
      ...({ kind: 'stat', namespace: 'AWS/EC2', metricName: 'CPUUtilization' } as const),
      dimensions: { AutoScalingGroupName: 'web-prod' },
      statistic: 'Average',
      periodSeconds: 60,
    },
    NOON - minutes(60),
    NOON,
  );

describe('a series', () => {
  test('is asked for in its order, and has what is a number', async () => {
    cloudWatch.on(GetMetricDataCommand).resolves({
      MetricDataResults: [
        {
          Id: 'm0',
          Timestamps: [1, 2, 3].map((minute) => new Date(NOON + minutes(minute))),
          Values: [41, Number.NaN],
        },
      ],
    });
    expect(await read()).toEqual([{ at: NOON + minutes(1), value: 41 }]);
    expect(cloudWatch.call(0).args[0].input).toMatchObject({
      StartTime: new Date(NOON - minutes(60)),
      EndTime: new Date(NOON),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: [{ Id: 'm0', MetricStat: { Period: 60, Stat: 'Average' } }],
    });
  });

  test.each([{}, { MetricDataResults: [{ Id: 'other' }] }, { MetricDataResults: [{ Id: 'm0' }] }])(
    'that CloudWatch does not have is empty: %j',
    async (answer) => {
      cloudWatch.on(GetMetricDataCommand).resolves(answer);
      expect(await read()).toEqual([]);
    },
  );
});
