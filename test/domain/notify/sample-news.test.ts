import { describe, expect, test } from '@jest/globals';
import { describeNews } from '#domain/notify/describe-news.ts';
import { sampleChart } from '#domain/notify/sample-chart.ts';
import { sampleNews } from '#domain/notify/sample-news.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { aGroup, CPU_HIGH, NOON } from '#test/support/builders.ts';

const configurationOf = (rules: string, more = '') => {
  const text = `
version: 1
groups:
  web:
    autoScalingGroup: web-prod
    ${more}
    metrics:
      cpu: { preset: asg-cpu }
    rules: { ${rules} }
alerts: { hot: { group: web, when: cpu > 90 for 5m, severity: critical } }
`;
  const parsed = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-prod' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problem));
  return parsed.value;
};

const BOTH = `low: { when: cpu < 30 for 9m, then: remove 1 }, high: { when: cpu > 60 for 3m, then: add 2 }`;

const fieldsOf = (name: string, configuration = configurationOf(BOTH)) => {
  const { news } = sampleNews(configuration, NOON).find((each) => each.name === name)!;
  const { fields } = describeNews(news, { groups: configuration.groups, stage: 'prod' });
  return Object.fromEntries(fields.map((field) => [field.name, field.value]));
};

const textOf = (name: string, configuration: ReturnType<typeof configurationOf>) => {
  const sample = sampleNews(configuration, NOON).find((each) => each.name === name);
  return sample && describeNews(sample.news, { groups: configuration.groups }).text;
};

describe('samples agree with their file', () => {
  const PERCENT = 'high: { when: cpu >= 85 for 2m of 3m, then: add 25% }';
  const wide = (more = '') =>
    configurationOf(PERCENT, `capacity: { min: 2, max: 40 }\n    ${more}`);

  test('in the change that a rule asks for', () => {
    expect(textOf('scaled', wide())).toBe(
      'web 26 → 32: high: cpu >= 85 for 2m of 3m (in ALARM for 12 s): add 25%',
    );
    const little = configurationOf(
      'high: { when: cpu > 85 for 3m, then: add 10% }',
      'capacity: { min: 1, max: 4 }',
    );
    expect(textOf('scaled', little)).toMatch(/^web 1 → 2: /);
    const fixed = configurationOf(
      'high: { when: cpu > 85 for 3m, then: set 8 }',
      'capacity: { min: 2, max: 9 }',
    );
    expect(textOf('scaled', fixed)).toMatch(/^web 3 → 8: /);
    expect(textOf('held', fixed)).toMatch(/^web stays at 8: high asks for 9, /);
  });

  test('in a maximum that nobody would count up to', () => {
    const huge = configurationOf(PERCENT, 'capacity: { min: 0, max: 2147483647 }');
    expect(textOf('at-max', huge)).toContain('the maximum of 2147483647');
    expect(textOf('scaled', huge)).toContain('add 25%');
  });

  test('and tell of more, though the file asks for less alone', () => {
    const less = configurationOf('low: { when: cpu < 5 for 9m, then: remove 1 }');
    expect(textOf('scaled', less)).toMatch(/^web 4 → 6: cpu-high: cpu > 70 for 3m .* add 2$/);
  });

  test.each([
    [
      'cpu >= 85 for 2m of 3m',
      '2 out of the last 3 datapoints were greater than or equal to the threshold (85.0)',
    ],
    ['cpu > 70.5 for 1m', '1 out of the last 1 datapoint was greater than the threshold (70.5)'],
    ['cpu < 5 for 3m', '3 out of the last 3 datapoints were less than the threshold (5.0)'],
    [
      'cpu <= 5 for 3m',
      '3 out of the last 3 datapoints were less than or equal to the threshold (5.0)',
    ],
  ])('in the threshold of %s', (when, words) => {
    const configuration = configurationOf(`high: { when: "${when}", then: add 2 }`);
    expect(textOf('alarm', configuration)).toBe(`Threshold Crossed: ${words}`);
  });

  test('in the side from which a metric crosses it', () => {
    const chartOf = (when: string) =>
      sampleNews(configurationOf(`high: { when: "${when}", then: add 2 }`), NOON)[0]!.chart!;
    const isAbove = ({ points, threshold }: ReturnType<typeof chartOf>) =>
      [points[0], points.at(-1)].map((point) => point!.value > threshold!);
    expect(isAbove(chartOf('cpu > 50 for 3m'))).toEqual([false, true]);
    expect(isAbove(chartOf('cpu < 50 for 3m'))).toEqual([true, false]);
  });

  test('in their time', () => {
    expect(textOf('override', wide())).toBe(
      'web is paused by ann until 2026-03-02 15:00 UTC: moving the database',
    );
  });

  test('in the cooldowns', () => {
    const quick = wide('behavior: { scaleOut: { cooldown: 1m }, scaleIn: { cooldown: 1m } }');
    expect(textOf('held', quick)).toBe(
      'web stays at 32: high asks for 40, but the change from 26 to 32 was 30 s ago, and the cooldown is 1 min',
    );
    expect(textOf('flapping', quick)).toContain('waits for 2 min after a change instead of 1 min');
    const none = wide('behavior: { scaleOut: { cooldown: 0s }, flapping: off }');
    expect(textOf('held', none)).toBe(
      'web stays at 32: high asks for 40, but it is paused by ann until 2026-03-02 15:00 UTC: moving the database',
    );
    expect(textOf('flapping', none)).toBeUndefined();
  });

  test('in the maximum', () => {
    expect(textOf('report', wide())).toContain('2 to 40 in service; at the maximum for');
  });

  test('in its fleets', () => {
    const fleets = [{ name: 'workers', tags: { tier: 'queue' }, template: aGroup() }];
    const [scaled, ...others] = sampleNews({ groups: [], alerts: [], fleets }, NOON);
    expect(scaled?.news).toMatchObject({ group: 'workers/web-prod' });
    expect(others.find(({ name }) => name === 'membership')?.news).toMatchObject({
      group: 'workers/web-prod',
      summary: 'web-prod joined the fleet workers: it carries tier=queue',
    });
    expect(textOf('membership', wide())).toBeUndefined();
  });

  test('and name the command that ends an override', () => {
    expect(fieldsOf('override')).toMatchObject({
      'To end it': expect.stringContaining('npx tidegate resume web --stage prod'),
    });
  });
});

describe('samples', () => {
  test.each(['scaled', 'held', 'at-max', 'failed', 'override', 'foreign', 'flapping'])(
    'of %s say what each rule asked for',
    (name) => {
      expect(fieldsOf(name)['Rules ask for']).toMatch(/^high: \d+, low: \d+$/);
    },
  );

  test('of decisions say the bounds, of changes also the cost, and of another hand whose it was', () => {
    const bounded = configurationOf(BOTH, 'capacity: { min: 3, max: 12 }');
    expect(fieldsOf('scaled', bounded)).toMatchObject({
      Bounds: '3 to 12',
      Capacity: '6 → 8',
      Cost: expect.stringContaining('an hour'),
    });
    const foreign = sampleNews(bounded, NOON).find(({ name }) => name === 'foreign')!.news;
    expect(describeNews(foreign).text).toBe(
      'web was set from 8 to 6 by the scheduled action night of AWS',
    );
  });

  test('of what needs a person say what to do', () => {
    for (const name of ['at-max', 'blocked', 'failed']) {
      expect(fieldsOf(name)['What to do']).toBeDefined();
    }
  });

  test('have a chart where a metric explains them, of that metric and its threshold', () => {
    const samples = sampleNews(configurationOf(BOTH), NOON);
    const charts = samples.map(({ name, chart }) => [name, chart?.title, chart?.threshold]);
    expect(charts).toEqual([
      ['scaled', 'cpu', 60],
      ['replaced', undefined, undefined],
      ['held', 'cpu', 60],
      ['at-max', 'cpu', 60],
      ['blocked', undefined, undefined],
      ['failed', 'cpu', 60],
      ['override', undefined, undefined],
      ['foreign', undefined, undefined],
      ['flapping', undefined, undefined],
      ['alert', 'cpu', 90],
      ['alarm', 'cpu', 60],
      ['report', undefined, undefined],
    ]);
  });

  test.each([
    ['steps: { step: cpu, bands: [{ above: 70, then: add 1 }] }', '4 → 5: steps: cpu asks for it'],
    ['all: { desired: cpu / 10 }', '4 → 6: all: asks for it'],
    [
      'clock: { schedule: { start: "0 8 * * *", end: "0 9 * * *", timezone: UTC }, min: 3 }',
      '4 → 6: clock: asks for it',
    ],
    [
      'mine: { when: { alarm: theirs }, then: add 1 }',
      '4 → 5: mine: theirs (in ALARM for 12 s): add 1',
    ],
    ['', '4 → 6: cpu-high: cpu > 70 for 3m (in ALARM for 12 s): add 2'],
  ])('tell of the rule that there is: %s', (rules, expected) => {
    const [scaled] = sampleNews(configurationOf(rules), NOON);
    expect(describeNews(scaled!.news).text).toBe(`web ${expected}`);
  });

  test('keep within narrow bounds, and do without any group', () => {
    const narrow = configurationOf(BOTH, 'capacity: { min: 1, max: 1 }');
    expect(fieldsOf('scaled', narrow)).toMatchObject({ Capacity: '1 → 2', Bounds: '1 to 1' });
    const none = sampleNews({ groups: [], alerts: [] }, NOON);
    expect(none[0]?.news).toMatchObject({ group: 'web', autoScalingGroup: 'web-prod' });
  });

  test('leave out rules that are only tried', () => {
    const groups = [aGroup({ rules: [{ ...CPU_HIGH, name: 'tried', isShadow: true }] })];
    expect(sampleNews({ groups, alerts: [] }, NOON)[0]?.news).toMatchObject({ rule: 'cpu-high' });
  });
});

test('a chart without a threshold is drawn as it is', () => {
  const { points, threshold } = sampleChart(NOON, { title: 'queue' });
  expect([points[0]?.value, points.at(-1)?.value, threshold]).toEqual([41, 82, undefined]);
});
