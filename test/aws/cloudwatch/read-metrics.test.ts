import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from '@jest/globals';
import { readMetrics } from '#aws/cloudwatch/read-metrics.ts';
import type { MathMetric, MetricQuery, SeenMetric } from '#domain/configuration/metric.ts';
import { minutes, NOON, seconds } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';
import { CPU } from '#test/support/readings.ts';

const MATH: MathMetric = {
  kind: 'math',
  expression: 'IF(requests, 100 * errors / requests, 0) + SEARCH("errors", \'errors\')',
  uses: {
    errors: { ...CPU, metricName: 'Errors', statistic: 'Sum' },
    requests: { ...CPU, metricName: 'Requests', statistic: 'p99' },
  },
  periodSeconds: 60,
};

const query = (metric: MetricQuery['metric'], lookbackSeconds = 240): MetricQuery => ({
  metric,
  lookbackSeconds,
});

const setUp = () => {
  const mock = mockClient(CloudWatchClient);
  const read = readMetrics(new CloudWatchClient({ region: 'us-east-1' }), () => NOON);
  const inputs = () => mock.commandCalls(GetMetricDataCommand).map(({ args }) => args[0].input);
  return { mock, read, inputs };
};

const ago = (count: number): Date => new Date(NOON - minutes(count));

describe('reading metrics', () => {
  test('asks for those of one period and range in one call', async () => {
    const { mock, read, inputs } = setUp();
    mock.on(GetMetricDataCommand).resolves({ MetricDataResults: [] });
    expect(await read([query(CPU, 660), query(MATH, 660)])).toEqual([undefined, undefined]);

    expect(inputs()).toEqual([
      {
        StartTime: new Date(NOON - seconds(660)),
        EndTime: new Date(NOON),
        ScanBy: 'TimestampDescending',
        MetricDataQueries: [
          {
            Id: 'm0',
            ReturnData: true,
            MetricStat: {
              Metric: {
                Namespace: 'AWS/EC2',
                MetricName: 'CPUUtilization',
                Dimensions: [{ Name: 'AutoScalingGroupName', Value: 'web-prod' }],
              },
              Period: 60,
              Stat: 'Average',
            },
          },
          expect.objectContaining({ Id: 'm1_errors', ReturnData: false }),
          expect.objectContaining({ Id: 'm1_requests', ReturnData: false }),
          {
            Id: 'm1',
            ReturnData: true,
            Expression:
              'IF(m1_requests, 100 * m1_errors / m1_requests, 0) + SEARCH("errors", \'errors\')',
          },
        ],
      },
    ]);
  });

  test('asks for each period and range in a call of its own, and answers in the order of the queries', async () => {
    const { mock, read, inputs } = setUp();
    const day = { ...CPU, periodSeconds: 86_400 };
    const sum = { ...CPU, statistic: 'Sum' };
    mock.on(GetMetricDataCommand).callsFake((input: GetMetricDataCommandInput) => ({
      MetricDataResults: (input.MetricDataQueries ?? []).map(({ Id }) => ({
        Id,
        StatusCode: 'Complete',
        Timestamps: [input.StartTime],
        Values: [Number(Id?.slice(1))],
      })),
    }));

    const queries = [
      query(CPU),
      query(day, 3 * 86_400),
      query(sum, 600),
      query(CPU),
      query(CPU, 300),
    ];
    const found = (await read(queries)) as readonly SeenMetric[];
    expect(found.map(({ whole }) => whole?.value)).toEqual([0, 1, 2, 3, 4]);
    expect(
      inputs().map(({ StartTime, EndTime, MetricDataQueries = [] }) => [
        ((EndTime?.getTime() ?? 0) - (StartTime?.getTime() ?? 0)) / 1_000,
        MetricDataQueries.map(({ Id }) => Id),
      ]),
    ).toEqual([
      [240, ['m0', 'm3']],
      [4 * 86_400, ['m1']],
      [600, ['m2']],
      [300, ['m4']],
    ]);
  });

  test('finds the one that CloudWatch refuses, and reads all others', async () => {
    const { mock, read, inputs } = setUp();
    mock.on(GetMetricDataCommand).callsFake((input: GetMetricDataCommandInput) => {
      const ids = (input.MetricDataQueries ?? []).map(({ Id }) => Id);
      if (ids.includes('m3')) {
        throw Object.assign(new Error('Error in expression'), { name: 'ValidationError' });
      }
      return {
        MetricDataResults: ids.map((Id) => ({
          Id,
          StatusCode: 'Complete',
          Timestamps: [ago(2)],
          Values: [1],
        })),
      };
    });

    const found = await read(Array.from({ length: 6 }, () => query(CPU)));
    const seen = { whole: { value: 1, at: NOON - minutes(2) } };
    expect(found).toEqual([seen, seen, seen, { refusal: 'Error in expression' }, seen, seen]);
    expect(inputs().map(({ MetricDataQueries = [] }) => MetricDataQueries.length)).toEqual([
      6, 3, 3, 2, 1, 1, 1,
    ]);
  });

  test('asks for each query of Metrics Insights and each METRICS() in a call of its own', async () => {
    const { mock, read, inputs } = setUp();
    mock.on(GetMetricDataCommand).resolves({ MetricDataResults: [] });
    const select = {
      kind: 'query',
      query: 'SELECT MAX(CPUUtilization) FROM "AWS/EC2"',
      periodSeconds: 60,
    } as const;
    const all = { ...MATH, expression: 'SUM(METRICS())' };
    await read([query(CPU), query(select), query(select), query(all), query(CPU)]);

    expect(inputs().map(({ MetricDataQueries }) => MetricDataQueries)).toEqual([
      [expect.objectContaining({ Id: 'm0' }), expect.objectContaining({ Id: 'm4' })],
      [{ Id: 'm1', Expression: select.query, Period: 60, ReturnData: true }],
      [{ Id: 'm2', Expression: select.query, Period: 60, ReturnData: true }],
      [
        expect.objectContaining({ Id: 'm3_errors' }),
        expect.objectContaining({ Id: 'm3_requests' }),
        expect.objectContaining({ Id: 'm3', Expression: 'SUM(METRICS())' }),
      ],
    ]);
  });

  test('says which account has the metric, within an expression too', async () => {
    const { mock, read, inputs } = setUp();
    mock.on(GetMetricDataCommand).resolves({ MetricDataResults: [] });
    const there = { ...CPU, account: '210987654321' };
    await read([
      query(there, 660),
      query({ ...MATH, uses: { errors: there, requests: CPU } }, 660),
    ]);

    expect(
      inputs().flatMap(({ MetricDataQueries = [] }) =>
        MetricDataQueries.map(({ Id, AccountId }) => [Id, AccountId]),
      ),
    ).toEqual([
      ['m0', '210987654321'],
      ['m1_errors', '210987654321'],
      ['m1_requests', undefined],
      ['m1', undefined],
    ]);
  });

  test('refuses to choose among several time series', async () => {
    const { mock, read } = setUp();
    const series = (Label: string) => ({
      Id: 'm0',
      Label,
      StatusCode: 'Complete' as const,
      Timestamps: [ago(2)],
      Values: [1],
    });
    mock
      .on(GetMetricDataCommand)
      .resolves({ MetricDataResults: ['a', 'b', 'c', 'd'].map((label) => series(label)) });

    expect(await read([query(CPU)])).toEqual([
      {
        refusal:
          'it gives 4 time series (a, b, c, …), and a rule needs one: join them, for example with MAX(…) or SUM(…)',
      },
    ]);
  });

  test('takes the newest value whose period is over', async () => {
    const { mock, read } = setUp();
    mock.on(GetMetricDataCommand).resolves({
      MetricDataResults: [
        {
          Id: 'm0',
          StatusCode: 'Complete',
          Timestamps: [new Date(NOON - seconds(59)), ago(1), ago(2)],
          Values: [99, 70, 50],
        },
      ],
    });

    expect(await read([query(CPU)])).toEqual([{ whole: { value: 70, at: NOON - minutes(1) } }]);
  });

  test('takes of a total that is arriving the largest of the periods after the whole one', async () => {
    const { mock, read, inputs } = setUp();
    const sum = { ...CPU, statistic: 'Sum' };
    mock.on(GetMetricDataCommand).resolves({
      MetricDataResults: ['m0', 'm1', 'm2'].map((Id) => ({
        Id,
        StatusCode: 'Complete' as const,
        Timestamps: [ago(5), ago(4), ago(3), ago(2), ago(1)],
        Values:
          Id === 'm1' ? [9, Number.NaN, Number.NaN, Number.NaN, Number.NaN] : [9, 40, 60, 80, 5],
      })),
    });
    const ratio = {
      ...MATH,
      uses: { errors: sum, requests: sum },
      expression: 'errors / requests',
    };

    // The minute that began four minutes ago ended three minutes ago: it is whole.
    expect(await read([query(sum, 600), query(sum, 600), query(ratio, 600)])).toEqual([
      {
        whole: { value: 40, at: NOON - minutes(4) },
        arriving: { value: 80, at: NOON - minutes(2) },
      },
      { whole: { value: 9, at: NOON - minutes(5) } },
      { whole: { value: 40, at: NOON - minutes(4) } },
    ]);
    expect(inputs()).toHaveLength(1);
  });

  test('sees a total of which nothing is whole yet, up to the minute that is running', async () => {
    const mock = mockClient(CloudWatchClient);
    const now = NOON + seconds(20);
    const read = readMetrics(new CloudWatchClient({ region: 'us-east-1' }), () => now);
    mock.on(GetMetricDataCommand).resolves({
      MetricDataResults: [
        { Id: 'm0', StatusCode: 'Complete', Timestamps: [new Date(NOON)], Values: [7] },
      ],
    });

    expect(await read([query({ ...CPU, statistic: 'Sum' })])).toEqual([
      { arriving: { value: 7, at: NOON } },
    ]);
    const [call] = mock.commandCalls(GetMetricDataCommand);
    expect(call?.args[0].input.EndTime).toEqual(new Date(NOON + minutes(1)));
  });

  test('joins what comes on several pages, in any order', async () => {
    const { mock, read, inputs } = setUp();
    const page = (minute: number, StatusCode: 'Complete' | 'PartialData') => ({
      MetricDataResults: [{ Id: 'm0', StatusCode, Timestamps: [ago(minute)], Values: [minute] }],
    });
    mock
      .on(GetMetricDataCommand)
      .resolvesOnce({ ...page(4, 'PartialData'), NextToken: 'more' })
      .resolves(page(2, 'Complete'));

    expect(await read([query(CPU)])).toEqual([{ whole: { value: 2, at: NOON - minutes(2) } }]);
    expect(inputs()).toHaveLength(2);
  });

  test.each(['InternalError', 'Forbidden', undefined] as const)(
    'that ends in %s has no value',
    async (StatusCode) => {
      const { mock, read } = setUp();
      mock.on(GetMetricDataCommand).resolves({
        MetricDataResults: [
          { Id: 'm0', ...(StatusCode && { StatusCode }), Timestamps: [ago(2)], Values: [1] },
        ],
      });

      expect(await read([query(CPU)])).toEqual([undefined]);
    },
  );

  test('takes no value that is no number', async () => {
    const { mock, read } = setUp();
    mock.on(GetMetricDataCommand).resolves({
      MetricDataResults: [
        {
          Id: 'm0',
          StatusCode: 'Complete',
          Timestamps: [ago(2), ago(3), ago(4)],
          Values: [Number.NaN, Number.POSITIVE_INFINITY],
        },
        { Id: 'm1', StatusCode: 'Complete' },
      ],
    });

    expect(await read([query(CPU), query(CPU)])).toEqual([undefined, undefined]);
  });

  test('asks in several calls when there are more than fit', async () => {
    const { mock, read, inputs } = setUp();
    mock.on(GetMetricDataCommand).resolves({});
    expect(await read(Array.from({ length: 46 }, () => query(CPU)))).toHaveLength(46);

    expect(inputs().map(({ MetricDataQueries = [] }) => MetricDataQueries.length)).toEqual([45, 1]);
  });

  test('fails when CloudWatch throttles: that is no missing data', async () => {
    const { mock, read } = setUp();
    mock.on(GetMetricDataCommand).rejects(new Error('Rate exceeded'));

    await expect(read([query(CPU)])).rejects.toThrow('Rate exceeded');
  });
});
