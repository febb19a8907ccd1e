import { describe, expect, test } from '@jest/globals';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { linesOf } from './problems-in.ts';

const fileWith = (alerts: string, notify = ''): string =>
  [
    'version: 1',
    'groups:',
    '  web:',
    '    autoScalingGroup: web-prod',
    '    metrics:',
    '      cpu: { preset: asg-cpu }',
    '      used: { preset: asg-percent-of-maximum, period: 5m }',
    'alerts:',
    ...alerts.split('\n').map((line) => `  ${line}`),
    notify,
  ].join('\n');

const parse = (text: string) => {
  const result = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-dev' });
  if (!result.ok) throw new Error(linesOf(text).join('\n'));
  return result.value;
};

describe('an alert', () => {
  test('has an alarm of its own, its condition in periods, and how much it matters', () => {
    const text = fileWith('full: { group: web, when: used >= 80 for 15m, severity: critical }');

    expect(parse(text).alerts).toEqual([
      {
        name: 'full',
        group: 'web',
        severity: 'critical',
        alarm: 'tidegate-dev-web-alert-full',
        condition: {
          text: 'used >= 80 for 15m',
          metric: 'used',
          comparison: '>=',
          threshold: 80,
          datapoints: 3,
          periods: 3,
        },
      },
    ]);
  });

  test('may lead to what people have written about it', () => {
    const text = fileWith(
      'hot: { group: web, when: cpu > 90, runbook: "https://wiki.example.com/hot" }',
    );
    expect(parse(text).alerts[0]?.runbook).toBe('https://wiki.example.com/hot');
  });

  test('is a warning unless it says otherwise', () => {
    expect(parse(fileWith('hot: { group: web, when: cpu > 90 }')).alerts[0]?.severity).toBe(
      'warning',
    );
  });

  test('reads the share of the maximum as metric math', () => {
    const ofGroup = (metricName: string) => ({
      kind: 'stat',
      namespace: 'AWS/AutoScaling',
      metricName,
      statistic: 'Maximum',
      dimensions: { AutoScalingGroupName: 'web-prod' },
      periodSeconds: 300,
    });

    expect(parse(fileWith('hot: { group: web, when: cpu > 90 }')).groups[0]?.metrics.used).toEqual({
      kind: 'math',
      expression: '100 * desired / maximum',
      periodSeconds: 300,
      uses: { desired: ofGroup('GroupDesiredCapacity'), maximum: ofGroup('GroupMaxSize') },
    });
  });

  test('goes where routes send alerts of its severity', () => {
    const notify =
      'notify: { channels: { ops: { email: a@b.de } }, routes: [{ on: [alert], severity: [critical], to: [ops] }] }';

    expect(parse(fileWith('hot: { group: web, when: cpu > 90 }', notify)).routes).toEqual([
      { on: ['alert'], severities: ['critical'], to: ['ops'] },
    ]);
  });
});

describe('a mistake in an alert', () => {
  test.each([
    [
      'hot: { group: wbe, when: cpu > 90 }',
      '9:17 unknown-name alerts.hot.group: no group is named "wbe" | did you mean "web"?',
    ],
    [
      'hot: { group: web, when: cup > 90 }',
      '9:28 unknown-name alerts.hot.when: no metric of this group is named "cup" | did you mean "cpu"?',
    ],
    [
      'hot: { group: web, when: used > 90 for 7m }',
      '9:42 out-of-range alerts.hot.when: 7m is not a multiple of the metric\'s period of 5m | did you mean "5m"?',
    ],
    [
      'hot: { group: web, when: cpu > 90, severity: urgent }',
      '9:48 bad-value alerts.hot.severity: found "urgent"',
    ],
    ['hot: { when: cpu > 90 }', '9:3 missing-key alerts.hot.group: "group" is missing'],
    ['hot: { group: web }', '9:3 missing-key alerts.hot.when: "when" is missing'],
    ['hot: { group: 7, when: cpu > 90 }', '9:17 wrong-type alerts.hot.group: found the number 7'],
  ])('%s', (alert, line) => {
    const found = linesOf(fileWith(alert));

    expect(found).toHaveLength(1);
    expect(found[0]).toContain(line.split(' | ')[0]?.split(' ').slice(1).join(' '));
    expect(found[0]).toContain(line.split(' | ')[1] ?? '');
  });

  test('is one of its name, or the name of its alarm', () => {
    expect(linesOf(fileWith('Hot: { group: web, when: cpu > 90 }'))).toEqual([
      expect.stringContaining('bad-name alerts.Hot'),
    ]);

    const text = fileWith('hot: { group: web, when: cpu > 90 }').replace(
      'alerts:',
      '    rules: { alert-hot: { when: cpu > 95, then: add 1 } }\nalerts:',
    );
    expect(linesOf(text)).toEqual([
      expect.stringContaining(
        'its alarm would be named "tidegate-dev-web-alert-hot", as that of web.rules.alert-hot',
      ),
    ]);
  });

  test('is found although there is no group at all', () => {
    expect(
      linesOf('version: 1\ngroups: {}\nalerts: { hot: { group: web, when: cpu > 9 } }'),
    ).toEqual(expect.arrayContaining([expect.stringContaining('no group is named "web"')]));
  });

  test('is a route with no severity in its list', () => {
    const notify =
      'notify: { channels: { ops: { email: a@b.de } }, routes: [{ on: [alert], severity: [], to: [ops] }] }';

    expect(linesOf(fileWith('hot: { group: web, when: cpu > 90 }', notify))).toEqual([
      expect.stringContaining('notify.routes[0].severity'),
    ]);
  });
});
