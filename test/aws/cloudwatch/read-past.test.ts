import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from '@jest/globals';
import { readPast } from '#aws/cloudwatch/read-past.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';
import { REQUESTS } from '#test/support/readings.ts';

const OTHER = { ...REQUESTS, metricName: 'Other' };

const setUp = () => {
  const mock = mockClient(CloudWatchClient);
  const read = readPast(new CloudWatchClient({ region: 'us-east-1' }), () => NOON);
  const inputs = () => mock.commandCalls(GetMetricDataCommand).map(({ args }) => args[0].input);
  return { mock, read, inputs };
};
const periodOf = ({ MetricDataQueries = [] }: GetMetricDataCommandInput) =>
  MetricDataQueries[0]?.MetricStat?.Period;
const ago = (count: number): Date => new Date(NOON - minutes(count));

describe('reading the past', () => {
  test('asks for the minutes of all metrics in one call, and for their bins in another', async () => {
    const { mock, read, inputs } = setUp();
    mock.on(GetMetricDataCommand).callsFake((input: GetMetricDataCommandInput) => ({
      MetricDataResults: (input.MetricDataQueries ?? []).map(({ Id }) => ({
        Id,
        StatusCode: 'Complete',
        Timestamps: periodOf(input) === 60 ? [ago(5), ago(4), ago(3)] : [ago(10), ago(5)],
        Values: periodOf(input) === 60 ? [1, 2, 3] : [10, 20],
      })),
    }));
    const found = await read([REQUESTS, OTHER]);

    // A total is whole three minutes after the end of its period.
    const past = {
      minutes: [
        { at: NOON - minutes(5), value: 1 },
        { at: NOON - minutes(4), value: 2 },
      ],
      fives: [{ at: NOON - minutes(10), value: 10 }],
      arriving: [{ at: NOON - minutes(3), value: 3 }],
    };
    expect(found).toEqual([past, past]);
    expect(
      inputs().map((input) => [
        periodOf(input),
        input.MetricDataQueries?.length,
        (NOON - (input.StartTime?.getTime() ?? 0)) / minutes(1_440),
      ]),
    ).toEqual([
      [60, 2, 1],
      [300, 2, 8],
    ]);
  });

  test.each([60, 300])(
    'gives none when CloudWatch does not answer in full at %i s',
    async (period) => {
      const { mock, read } = setUp();
      mock.on(GetMetricDataCommand).callsFake((input: GetMetricDataCommandInput) => ({
        MetricDataResults: (input.MetricDataQueries ?? []).map(({ Id }) => ({
          Id,
          StatusCode: periodOf(input) === period ? 'InternalError' : 'Complete',
          Timestamps: [],
          Values: [],
        })),
      }));

      expect(await read([REQUESTS])).toEqual([undefined]);
    },
  );

  test.each([60, 300])('says why CloudWatch refuses it at %i s', async (period) => {
    const { mock, read } = setUp();
    mock.on(GetMetricDataCommand).callsFake((input: GetMetricDataCommandInput) => {
      if (periodOf(input) === period) {
        throw Object.assign(new Error('no such thing'), { name: 'ValidationError' });
      }
      return { MetricDataResults: [] };
    });

    expect(await read([REQUESTS])).toEqual([{ refusal: 'no such thing' }]);
  });
});
