import { describe, expect, test } from '@jest/globals';
import { describeNews } from '#domain/notify/describe-news.ts';
import { sampleChart, sampleNews } from '#domain/notify/sample-news.ts';
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
    ['steps: { step: cpu, bands: [{ above: 70, then: add 1 }] }', 'steps: cpu asks for it'],
    ['all: { desired: cpu / 10 }', 'all: asks for it'],
    [
      'clock: { schedule: { start: "0 8 * * *", end: "0 9 * * *", timezone: UTC }, min: 3 }',
      'clock: asks for it',
    ],
    ['mine: { when: { alarm: theirs }, then: add 1 }', 'mine: theirs (in ALARM for 12 s): add 1'],
    ['', 'cpu-high: cpu > 70 for 3m (in ALARM for 12 s): add 2'],
  ])('tell of the rule that there is: %s', (rules, expected) => {
    const [scaled] = sampleNews(configurationOf(rules), NOON);
    expect(describeNews(scaled!.news).text).toBe(`web 4 → 6: ${expected}`);
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
