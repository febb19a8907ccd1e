import { describe, expect, test } from '@jest/globals';
import type { Metric } from '#domain/configuration/metric.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { fileWithGroup, linesOf } from './problems-in.ts';

const SELECT = 'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId)';

const bodyOf = (metric: string, rule: string): string =>
  fileWithGroup(`metrics:
  m: ${metric}
rules:
  high: ${rule}`);

const linesFor = (metric: string, rule = '{ when: m > 90 for 5m, then: add 1 }') =>
  linesOf(bodyOf(metric, rule));

const metricOf = (metric: string): Metric | undefined => {
  const text = bodyOf(metric, '{ when: m > 90, then: add 1 }');
  const result = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-dev' });
  return result.ok ? result.value.groups[0]?.metrics.m : undefined;
};

describe('a query of Metrics Insights', () => {
  test('is passed on as it stands, with a period of a minute', () => {
    expect(metricOf(`{ query: '${SELECT}' }`)).toEqual({
      kind: 'query',
      query: SELECT,
      periodSeconds: 60,
    });
  });

  test.each(['1m', '5m', '1h'])('may have a period of %s', (period) => {
    expect(
      linesFor(`{ query: '${SELECT}', period: ${period} }`, '{ track: m, target: 5 }'),
    ).toEqual([]);
  });

  test.each(['30s', '90s', '61m'])('may not have a period of %s', (period) => {
    const [line] = linesFor(`{ query: '${SELECT}', period: ${period} }`, '{ track: m, target: 5 }');
    expect(line).toContain('out-of-range groups.web.metrics.m.period');
  });

  test.each([
    'select sum("Errors") from "My/App"',
    `${SELECT} WHERE AWS.AccountId = '210987654321'`,
    `${SELECT} WHERE Path = 'GROUP BY'`,
    `${SELECT}${' '.repeat(2_048 - SELECT.length)}`,
  ])('may be %s', (query) => {
    expect(linesFor(`{ query: ${JSON.stringify(query)} }`)).toEqual([]);
  });

  test.each([
    'SELECT p99(Latency) FROM "My/App"',
    'SELECT MAX(Latency)',
    'MAX(Latency) FROM "My/App"',
    `${SELECT}${' '.repeat(2_049 - SELECT.length)}`,
  ])('may not be %s', (query) => {
    const [line] = linesFor(`{ query: ${JSON.stringify(query)} }`);
    expect(line).toContain('bad-value groups.web.metrics.m.query');
  });

  test('that gives several series makes no alarm, and a rule may read it', () => {
    const metric = `{ query: '${SELECT} GROUP BY InstanceId' }`;
    expect(linesFor(metric)).toEqual([
      '6:82 bad-value groups.web.metrics.m.query: GROUP BY gives several time series, and an alarm needs one; one is made from it for the rule high | SELECT MAX(…), SUM(…) or AVG(…) without GROUP BY is one series over all of them',
    ]);
    expect(linesFor(metric, '{ track: m, target: 5 }')).toEqual([]);
  });

  test('is looked back on for three hours, and no longer', () => {
    const over = (time: string) =>
      linesFor(`{ query: '${SELECT}' }`, `{ when: m > 90 for ${time}, then: add 1 }`);
    expect(over('180m')).toEqual([]);
    expect(over('181m')).toEqual([expect.stringContaining('out-of-range')]);
  });

  test('in the place of an expression says where it belongs, and nothing else', () => {
    expect(linesFor(`{ expression: '${SELECT}', uses: {} }`)).toEqual([
      "6:24 bad-value groups.web.metrics.m.expression: found a Metrics Insights query where metric math should be | a query has a key of its own, and no uses: { query: 'SELECT …', period: 1m }",
    ]);
  });

  test.each([
    { used: `{ query: '${SELECT}' }`, message: 'found a query within an expression' },
    { used: 'other', message: '"other" is a query' },
  ])('is nothing that an expression can use: $message', ({ used, message }) => {
    const lines = linesOf(
      fileWithGroup(`metrics:
  other: { query: '${SELECT}' }
  m: { expression: a * 2, uses: { a: ${used} } }`),
    );
    expect(lines).toEqual([expect.stringContaining(message)]);
  });
});

test('a metric says when all data of a period have arrived', () => {
  expect(
    metricOf(`{ namespace: Shop, metric: Orders, statistic: Sum, wholeAfter: 90s }`),
  ).toMatchObject({ wholeAfterSeconds: 90 });
  expect(
    metricOf(`{ namespace: Shop, metric: Orders, statistic: Sum, wholeAfter: 15m }`),
  ).toMatchObject({ wholeAfterSeconds: 900 });
  expect(
    linesFor(`{ namespace: Shop, metric: Orders, statistic: Sum, wholeAfter: 16m }`)[0],
  ).toContain('wholeAfter: found "16m"');
});

describe('a metric of another account', () => {
  const QUEUE = 'namespace: AWS/SQS, metric: Age, statistic: Maximum';

  test('says which', () => {
    expect(metricOf(`{ ${QUEUE}, account: "210987654321" }`)).toEqual({
      kind: 'stat',
      namespace: 'AWS/SQS',
      metricName: 'Age',
      dimensions: {},
      statistic: 'Maximum',
      periodSeconds: 60,
      account: '210987654321',
    });
  });

  test.each(['210987654321', '"21098765432"', '"2109876543210"', '"prod"'])(
    'is not of the account %s',
    (account) => {
      const [line] = linesFor(`{ ${QUEUE}, account: ${account} }`);
      expect(line).toContain('groups.web.metrics.m.account');
    },
  );
});

test('the ARN of an alarm of another account is refused with a way round', () => {
  const arn = 'arn:aws:cloudwatch:eu-west-1:210987654321:alarm:jobs';
  const [line] = linesFor('{ preset: asg-cpu }', `{ when: { alarm: "${arn}" }, then: add 1 }`);
  expect(line).toContain(
    'An alarm of another account cannot be read: write a condition over its metric, with account: "210987654321"',
  );
});
