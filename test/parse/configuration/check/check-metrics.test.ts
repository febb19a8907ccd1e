import { describe, expect, test } from '@jest/globals';
import { fileWithGroup, linesOf } from '../problems-in.ts';

const BALANCER =
  'loadBalancer: app/web/50dc6c495c0c9188, targetGroup: targetgroup/web/73e2d6bc24d8a067';

/** The mistakes of a group whose metric `sum` is on line 9. */
const linesOfSum = (sum: string) =>
  linesOf(
    fileWithGroup(`metrics:
  cpu: { preset: asg-cpu }
  slow: { preset: asg-cpu, period: 5m }
  rate: { preset: alb-error-rate, ${BALANCER} }
  sum: ${sum}
  math: { expression: a, uses: { a: cpu } }
  wrong: { preset: none }`),
  ).filter((line) => !line.includes('metrics.wrong.preset'));

describe('an expression', () => {
  test.each([
    '{ expression: a + b, uses: { a: cpu, b: { preset: asg-in-service } } }',
    '{ expression: "SUM(METRICS(\'a\')) / PERIOD(a) * 1e3", uses: { a: slow } }',
    "{ expression: 'FILL(a, 0) * 2 + MAX([a, b1_x])', uses: { a: cpu, b1_x: cpu } }",
  ])('is valid: %s', (sum) => {
    expect(linesOfSum(sum)).toEqual([]);
  });

  test.each([
    [
      '{ expression: a + bb, uses: { a: cpu } }',
      '9:30 unknown-name groups.web.metrics.sum.expression: "bb" is not defined under uses',
    ],
    [
      '{ expression: "error / total", uses: { errors: cpu, totals: cpu } }',
      '9:27 unknown-name groups.web.metrics.sum.expression: "error" is not defined under uses | did you mean "errors"?',
      '9:35 unknown-name groups.web.metrics.sum.expression: "total" is not defined under uses | did you mean "totals"?',
    ],
    [
      '{ expression: a, uses: { a: cpus } }',
      '9:40 unknown-name groups.web.metrics.sum.uses.a: no metric of this group is named "cpus" | did you mean "cpu"?',
    ],
    [
      '{ expression: a, uses: { a: rate } }',
      '9:40 bad-value groups.web.metrics.sum.uses.a: "rate" is an expression itself',
    ],
    [
      '{ expression: a, uses: { a: math } }',
      '9:40 bad-value groups.web.metrics.sum.uses.a: "math" is an expression itself',
    ],
    [
      '{ expression: a, uses: { a: sum } }',
      '9:40 bad-value groups.web.metrics.sum.uses.a: "sum" is an expression itself',
    ],
    [
      '{ expression: a + b, uses: { a: cpu, b: slow } }',
      '9:52 conflict groups.web.metrics.sum.uses.b: "b" has a period of 5m, others one of 1m',
    ],
    [
      `{ expression: a, uses: { a: { preset: alb-error-rate, ${BALANCER} } } }`,
      '9:40 bad-value groups.web.metrics.sum.uses.a: found an expression within an expression',
    ],
    [
      '{ expression: a, uses: { a: { expression: b, uses: { b: cpu } } } }',
      '9:40 bad-value groups.web.metrics.sum.uses.a: found an expression within an expression',
    ],
    [
      '{ expression: a, uses: {} }',
      '9:29 out-of-range groups.web.metrics.sum.uses: found nothing in it',
    ],
    ['{ expression: a }', '9:7 missing-key groups.web.metrics.sum.uses: "uses" is missing'],
    [
      '{ uses: { a: cpu } }',
      '9:7 missing-key groups.web.metrics.sum.expression: "expression" is missing',
    ],
    [
      '{ expression: a, uses: { a: cpu, A1: cpu } }',
      '9:45 bad-name groups.web.metrics.sum.uses.A1: "A1" cannot be the name of an id in an expression | did you mean "a1"?',
    ],
    [
      `{ expression: a0, uses: { ${[...'0123456789a'].map((id) => `a${id}: cpu`).join(', ')} } }`,
      '9:30 out-of-range groups.web.metrics.sum.uses: found 11 entries, but CloudWatch takes 10 at most',
    ],
  ])('is not valid: %s', (sum, ...lines) => {
    expect(linesOfSum(sum as string)).toEqual(lines);
  });

  test('whose parts are wrong is judged no further', () => {
    expect(linesOfSum('{ expression: a, uses: { a: wrong } }')).toEqual([]);
  });
});

describe('a metric', () => {
  test.each([
    ['asg-cpu', 'found "asg-cpu" | did you mean "{ preset: asg-cpu }"?'],
    ['5', 'found the number 5'],
    ['[]', 'found a list'],
    ['', 'found nothing'],
    ['{}', 'the kind of metric is missing'],
    ['{ stat: Sum }', 'the kind of metric is missing'],
  ])('%j is of no kind', (metric, message) => {
    expect(linesOf(fileWithGroup(`metrics:\n  cpu: ${metric}`))).toEqual([
      expect.stringContaining(`wrong-type groups.web.metrics.cpu: ${message}`),
    ]);
  });

  test('may have thirty dimensions and no more', () => {
    const metric = (count: number) => {
      const dimensions = Array.from({ length: count }, (_, index) => `D${index}: x`).join(', ');
      return `metrics:\n  m: { namespace: N, metric: M, statistic: Sum, dimensions: { ${dimensions} } }`;
    };

    expect(linesOf(fileWithGroup(metric(30)))).toEqual([]);
    expect(linesOf(fileWithGroup(metric(31)))).toEqual([
      '6:53 out-of-range groups.web.metrics.m.dimensions: found 31 entries, but CloudWatch takes 30 at most',
    ]);
  });

  test('of CloudWatch says which keys it lacks', () => {
    expect(linesOf(fileWithGroup('metrics:\n  m: { namespace: N, stat: Sum }'))).toEqual([
      '6:7 missing-key groups.web.metrics.m.metric: "metric" is missing',
      '6:26 unknown-key groups.web.metrics.m.stat: unknown key "stat" | did you mean "statistic"?',
    ]);
  });

  test.each([
    [
      '{ preset: alb-requests-per-target }',
      '6:7 missing-key groups.web.metrics.m.targetGroup: "targetGroup" is missing',
    ],
    ['{ preset: sqs-backlog }', '6:7 missing-key groups.web.metrics.m.queue: "queue" is missing'],
    [
      '{ preset: 7 }',
      '6:20 bad-value groups.web.metrics.m.preset: found the number 7, which is not a preset',
    ],
    [
      '{ preset: asg-cpu, period: 30s }',
      '6:37 out-of-range groups.web.metrics.m.period: found "30s"',
    ],
    [
      '{ preset: alb-requests-per-target, targetGroup: targetgroup/web/73e2d6bc24d8a067, statistic: Average }',
      '6:92 unknown-key groups.web.metrics.m.statistic: unknown key "statistic"',
    ],
  ])('%s misses what its preset needs', (metric, line) => {
    expect(linesOf(fileWithGroup(`metrics:\n  m: ${metric}`))).toEqual([line]);
  });
});
