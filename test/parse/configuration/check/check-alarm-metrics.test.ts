import { describe, expect, test } from '@jest/globals';
import { fileWithGroup, linesOf, problemsIn } from '../problems-in.ts';

const METRIC = (expression: string): string => `metrics:
  cpu: { preset: asg-cpu }
  load: { expression: ${JSON.stringify(expression)}, uses: { a: cpu, b: { preset: asg-in-service } } }`;

const inAlarm = (expression: string): readonly string[] =>
  linesOf(
    fileWithGroup(`${METRIC(expression)}
rules:
  high: { when: load > 4 for 5m, then: add 1 }`),
  );

const SEVERAL = 'it gives several time series, and an alarm needs one';
const BAND = 'a band is two time series, and an alarm needs one';
const NUMBER = 'it gives a single number, and an alarm needs a time series';
const CONSTANT = 'it is a constant, and an alarm needs a metric';
const SEARCH = 'SEARCH is not supported in alarms';

describe('an alarm', () => {
  test.each([
    { expression: "MAX(SEARCH('{AWS/EC2} CPU', 'Average', 300)) + 0 * a", message: SEARCH },
    { expression: "SEARCH('{AWS/EC2} CPU', 'Average', 300)", message: SEARCH },
    { expression: 'ANOMALY_DETECTION_BAND(a, 2)', message: BAND },
    { expression: 'a - ANOMALY_DETECTION_BAND(a)', message: BAND },
    { expression: 'METRICS()', message: SEVERAL },
    { expression: 'RATE(METRICS())', message: SEVERAL },
    { expression: "SORT(METRICS('a'), AVG, DESC)", message: SEVERAL },
    { expression: '[a, b]', message: SEVERAL },
    { expression: 'a * [a, b]', message: SEVERAL },
    { expression: 'IF(a > 1, [a, b], 0)', message: SEVERAL },
    { expression: 'SLICE([a, b], 0, 2)', message: SEVERAL },
    { expression: 'REMOVE_EMPTY([a, b])', message: SEVERAL },
    { expression: '-[a, b]', message: SEVERAL },
    { expression: 'AVG(a)', message: NUMBER },
    { expression: '100 * MAX(a) / PERIOD(a)', message: NUMBER },
    { expression: 'METRIC_COUNT(METRICS())', message: NUMBER },
    { expression: '42', message: CONSTANT },
    { expression: '(40 + 2) / .5', message: CONSTANT },
    { expression: 'TIME_SERIES(42)', message: CONSTANT },
    { expression: 'MAX(1, 2)', message: CONSTANT },
    { expression: "'a'", message: CONSTANT },
    { expression: ')', message: CONSTANT },
  ])('is not made from $expression', ({ expression, message }) => {
    const [line = '', ...more] = inAlarm(expression);
    expect(line).toContain(`${message}; one is made from it for the rule high | `);
    expect(line).toContain('bad-value groups.web.metrics.load.expression');
    expect(more).toEqual([]);
  });

  test.each([
    'a + b',
    '42 + a',
    'SUM(METRICS())',
    'MAX([a, b])',
    'FIRST(SORT(METRICS(), AVG, DESC))',
    'SLICE(SORT(METRICS(), AVG, DESC), 0, 1)',
    'SLICE([a, b], b)',
    'MAX(a, b)',
    'a / MAX(a)',
    'IF(a > 1 AND b > 2 || !(a < 1), a, 0)',
    'FILL(a, REPEAT)',
    'TIME_SERIES(MAX(a))',
    'MAX(ANOMALY_DETECTION_BAND(a, 2))',
    'SERVICE_QUOTA(a)',
    "DB_PERF_INSIGHTS('RDS', 'db-ABC', 'os.cpuUtilization.idle.avg')",
    'NEW_FUNCTION(a)',
    // What nobody here can read is left to CloudWatch.
    'a +',
    'MAX(a',
    'a; b',
    '(a',
    "a + 'a'",
    'a + MAX()',
    'a + IF()',
    'RATE()',
    `${'['.repeat(70)}a${']'.repeat(70)}`.replace('[', 'MAX('),
    `${'('.repeat(70)}a${')'.repeat(70)}`,
  ])('is made from %s', (expression) => {
    expect(inAlarm(expression)).toEqual([]);
  });

  test('says where the word stands that it cannot be made with', () => {
    const [problem] = problemsIn(
      fileWithGroup(`metrics:
  load: { expression: "a + MAX(SEARCH('x', 'Sum'))", uses: { a: { preset: asg-cpu } } }
rules:
  high: { when: load > 4, then: add 1 }`),
    );
    expect(problem).toMatchObject({
      line: 6,
      column: 36,
      suggestion:
        'write a rule that reads the metric itself (step, track or desired), or make an alarm of your own: when: { alarm: NAME }',
    });
  });

  test('of an alert is made by the same rules', () => {
    const body = `${METRIC('[a, b]')}\nrules: {}`;
    const alert = (group: string) => `${fileWithGroup(body)}
  api: { autoScalingGroup: api-prod, metrics: { load: { preset: asg-cpu } } }
alerts: { hot: { group: ${group}, when: load > 1 } }`;
    expect(linesOf(alert('web'))).toEqual([
      expect.stringContaining(`${SEVERAL}; one is made from it for the alert hot`),
    ]);
    expect(linesOf(alert('api'))).toEqual([]);
  });

  test.each([
    'high: { track: load, target: 50 }',
    'high: { step: load, bands: [{ above: 70, then: add 1 }] }',
    'high: { desired: ceil(load) }',
    'high: { when: { alarm: own }, then: add 1 }',
    'high: { when: cpu > 4, then: add 1 }',
  ])('is not what stands behind %s', (rule) => {
    expect(linesOf(fileWithGroup(`${METRIC('MAX(SEARCH("x"))')}\nrules:\n  ${rule}`))).toEqual([]);
  });
});
