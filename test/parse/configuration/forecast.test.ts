import { describe, expect, test } from '@jest/globals';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { fileWithGroup, linesOf } from './problems-in.ts';

const METRICS = `metrics:
  requests: { namespace: App, metric: Requests, statistic: Sum }
  rate: { namespace: App, metric: Rate, statistic: Average }
  slow: { namespace: App, metric: Requests, statistic: Sum, period: 5m }
  sum: { expression: a + b, uses: { a: requests, b: requests } }
  sent: { preset: sqs-sent, queue: orders }
  sql: { query: SELECT SUM(Requests) FROM App }`;

const groupOf = (body: string) => {
  const result = parseConfiguration(fileWithGroup(`${METRICS}\n${body}`), {
    file: 'tidegate.yml',
    prefix: 't',
  });
  return result.ok ? result.value.groups[0] : undefined;
};
const ruleOf = (rule: string) => groupOf(`rules: { load: ${rule} }`)?.rules[0];
const problemOf = (rule: string) =>
  linesOf(fileWithGroup(`${METRICS}\nrules: { load: ${rule} }`)).map((line) =>
    line.replace(/^\d+:\d+ /, ''),
  );

describe('a forecast rule', () => {
  test('takes a number for text that is one', () => {
    expect(ruleOf('{ forecast: rate, perInstance: "45" }')).toMatchObject({
      perInstance: 45,
      per: 'value',
    });
  });

  test('needs the name of a metric, and no number', () => {
    expect(problemOf('{ forecast: 5, perInstance: 45 }')[0]).toContain(
      'groups.web.rules.load.forecast',
    );
  });

  test('needs a metric and what one instance carries', () => {
    expect(ruleOf('{ forecast: requests, perInstance: 45 }')).toEqual({
      kind: 'forecast',
      name: 'load',
      metric: 'requests',
      perInstance: 45,
      per: 'second',
      risk: 0.1,
      margin: 0.1,
      leadSeconds: 180,
      holdSeconds: 180,
      onMissing: 'hold',
    });
    expect(problemOf('{ forecast: requests }')).toEqual([
      'missing-key groups.web.rules.load.perInstance: "perInstance" is missing',
    ]);
    expect(problemOf('{ forecast: request, perInstance: 45 }')).toEqual([
      'unknown-name groups.web.rules.load.forecast: no metric of this group is named "request" | did you mean "requests"?',
    ]);
  });

  test.each([
    [
      'perInstance: auto, lead: auto',
      { per: 'second', learnedOn: undefined, perInstance: undefined, leadSeconds: undefined },
    ],
    [
      'perInstance: auto, learned: { perInstance: 94.2rps, on: 2026-03-01 }',
      { perInstance: 94.2, per: 'second', leadSeconds: 180, learnedOn: '2026-03-01' },
    ],
    [
      'perInstance: 45, lead: auto, learned: { lead: 157s, on: 2026-03-01 }',
      { perInstance: 45, per: 'second', leadSeconds: 157, learnedOn: '2026-03-01' },
    ],
    [
      'perInstance: auto, lead: auto, learned: { lead: 157s, on: 2026-03-01 }',
      { perInstance: undefined, leadSeconds: 157, learnedOn: '2026-03-01' },
    ],
  ])('reads %s', (rule, expected) => {
    const found = ruleOf(`{ forecast: sent, ${rule} }`);
    expect({ ...expected, ...found }).toMatchObject({ kind: 'forecast', ...expected });
  });

  test.each([
    [
      'forecast: requests, perInstance: auto',
      'conflict groups.web.rules.load.perInstance: requests is not in the history that npx tidegate record fetches, so nothing is learned of it',
    ],
    [
      'forecast: rate, perInstance: auto',
      'conflict groups.web.rules.load.perInstance: rate is not in the history that npx tidegate record fetches, so nothing is learned of it',
    ],
    [
      'forecast: nobody, perInstance: auto',
      'unknown-name groups.web.rules.load.forecast: no metric of this group is named "nobody"',
    ],
    [
      'forecast: 7, perInstance: auto',
      'wrong-type groups.web.rules.load.forecast: found the number 7',
    ],
    [
      'forecast: sent, perInstance: 45, learned: { perInstance: 45rps, on: 2026-03-01 }',
      'conflict groups.web.rules.load.learned.perInstance: perInstance is said above, so what was learned would never count',
    ],
    [
      'forecast: sent, perInstance: auto, learned: { lead: 45s, on: 2026-03-01 }',
      'conflict groups.web.rules.load.learned.lead: lead is said above, so what was learned would never count',
    ],
    [
      'forecast: sent, perInstance: auto, learned: { on: 2026-02-30 }',
      'bad-value groups.web.rules.load.learned.on: found "2026-02-30"',
    ],
    [
      'forecast: sent, perInstance: auto, learned: { perInstance: 45rps }',
      'missing-key groups.web.rules.load.learned.on: "on" is missing',
    ],
  ])('explains %s', (rule, problem) => {
    expect(problemOf(`{ ${rule} }`)).toEqual([problem]);
  });

  test('says nothing of what could be learned of a metric that has mistakes itself', () => {
    const metrics = 'metrics: { odd: { expression: a + 1, uses: { a: nobody } } }';
    const rules = 'rules: { load: { forecast: odd, perInstance: auto } }';

    expect(linesOf(fileWithGroup(`${metrics}\n${rules}`))).toEqual([
      expect.stringContaining('groups.web.metrics.odd.uses.a'),
    ]);
  });

  test('takes its knobs', () => {
    expect(
      ruleOf(
        '{ forecast: requests, perInstance: 45, risk: 30%, margin: 0%, lead: 90s, hold: 10m, mode: shadow, onMissing: zero }',
      ),
    ).toMatchObject({
      isShadow: true,
      risk: 0.3,
      margin: 0,
      leadSeconds: 90,
      holdSeconds: 600,
      onMissing: 'zero',
    });
    expect(problemOf('{ forecast: requests, perInstance: 45, risk: 0.5% }')).toEqual([
      'out-of-range groups.web.rules.load.risk: found "0.5%"',
    ]);
    expect(problemOf('{ forecast: requests, perInstance: 45, hold: 30s }')).toEqual([
      'out-of-range groups.web.rules.load.hold: found "30s"',
    ]);
  });

  test.each([
    { metric: 'requests', words: '45', perInstance: 45, per: 'second' },
    { metric: 'sum', words: '45', perInstance: 45, per: 'second' },
    { metric: 'rate', words: '45', perInstance: 45, per: 'value' },
    { metric: 'requests', words: '45 per second', perInstance: 45, per: 'second' },
    { metric: 'requests', words: '0.5/s', perInstance: 0.5, per: 'second' },
    { metric: 'requests', words: '2700 per minute', perInstance: 2_700, per: 'minute' },
    { metric: 'requests', words: '45rps', perInstance: 45, per: 'second' },
    { metric: 'requests', words: '45 rps', perInstance: 45, per: 'second' },
    { metric: 'requests', words: '2700rpm', perInstance: 2_700, per: 'minute' },
    { metric: 'requests', words: '2700/min', perInstance: 2_700, per: 'minute' },
  ])('reads $words of $metric as $perInstance per $per', ({ metric, words, ...share }) => {
    expect(ruleOf(`{ forecast: ${metric}, perInstance: ${words} }`)).toMatchObject(share);
  });

  test.each([
    { words: '0', problem: 'out-of-range groups.web.rules.load.perInstance: found the number 0' },
    {
      words: '0 per second',
      problem: 'out-of-range groups.web.rules.load.perInstance: found "0 per second"',
    },
    {
      words: 'true',
      problem: 'wrong-type groups.web.rules.load.perInstance: found the truth value true',
    },
    { words: 'lots', problem: 'bad-value groups.web.rules.load.perInstance: found "lots"' },
    {
      words: '45 requests per s',
      problem:
        'bad-value groups.web.rules.load.perInstance: found "45 requests per s" | did you mean "45 per second"?',
    },
    {
      words: '45 RPM',
      problem:
        'bad-value groups.web.rules.load.perInstance: found "45 RPM" | did you mean "45 per minute"?',
    },
  ])('explains $words', ({ words, problem }) => {
    expect(problemOf(`{ forecast: requests, perInstance: ${words} }`)).toEqual([problem]);
  });

  test.each([
    {
      metric: 'slow',
      problem: 'conflict groups.web.rules.load.forecast: slow has a period of 5m',
    },
    {
      metric: 'sql',
      problem:
        'conflict groups.web.rules.load.forecast: sql is a query of Metrics Insights, which sees the last three hours only',
    },
  ])('refuses $metric, of which it sees too little', ({ metric, problem }) => {
    expect(problemOf(`{ forecast: ${metric}, perInstance: 45 }`)).toEqual([problem]);
  });

  test('says nothing of the period of an expression whose metrics are unknown', () => {
    const file = fileWithGroup(
      'metrics: { odd: { expression: a, uses: { a: nothing } } }\nrules: { load: { forecast: odd, perInstance: 45 } }',
    );
    expect(linesOf(file).map((line) => line.replace(/^.*? (\S+) .*$/, '$1'))).toEqual([
      'unknown-name',
    ]);
  });
});

describe('the pace of a group', () => {
  const paceOf = (rules: string, behavior = '') => {
    const found = groupOf(`rules:\n${rules}${behavior}`)?.behavior;
    return {
      out: found?.scaleOut.cooldownSeconds,
      in: found?.scaleIn.cooldownSeconds,
      window: found?.scaleIn.stabilizeSeconds,
      tolerance: found?.scaleOut.tolerancePercent,
      slowsFlaps: found?.flapping !== undefined,
    };
  };
  const FORECAST = '  load: { forecast: requests, perInstance: 45 }\n';
  const TOTAL = '  share: { track: requests, target: 3000 per unit }\n';
  const MEAN = '  mean: { track: rate, target: 50 }\n';
  const BACKLOG = '  backlog: { track: rate, target: 50 per unit }\n';
  const CLOCK =
    '  office: { schedule: { start: "0 8 * * *", end: "0 18 * * *", timezone: UTC }, min: 4 }\n';
  const usual = { out: 180, in: 300, window: 300, tolerance: 10, slowsFlaps: true };
  const byDemand = { out: 0, in: 0, window: 480, tolerance: 2, slowsFlaps: false };

  test.each([
    { title: 'forecasts alone', rules: FORECAST + CLOCK, pace: { ...byDemand, window: 0 } },
    { title: 'shares of a total', rules: TOTAL, pace: byDemand },
    { title: 'both', rules: FORECAST + TOTAL, pace: byDemand },
    { title: 'a mean beside a forecast', rules: FORECAST + MEAN, pace: usual },
    {
      title: 'a mean in shadow',
      rules: FORECAST + MEAN.replace(' }', ', mode: shadow }'),
      pace: { ...byDemand, window: 0 },
    },
    {
      title: 'a forecast in shadow',
      rules: FORECAST.replace(' }', ', mode: shadow }'),
      pace: usual,
    },
    { title: 'a backlog, which depends on the capacity', rules: BACKLOG, pace: usual },
    { title: 'schedules alone', rules: CLOCK, pace: { ...usual, window: 0 } },
  ])('follows from its rules: $title', ({ rules, pace }) => {
    expect(paceOf(rules)).toEqual(pace);
  });

  test('is what the file says', () => {
    const behavior =
      'behavior: { scaleOut: { cooldown: 1m }, scaleIn: { cooldown: 2m, stabilize: 4m }, tolerance: 5%, flapping: {} }';
    expect(paceOf(FORECAST, behavior)).toEqual({
      out: 60,
      in: 120,
      window: 240,
      tolerance: 5,
      slowsFlaps: true,
    });
  });
});
