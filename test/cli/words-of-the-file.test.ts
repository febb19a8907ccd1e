import { describe, expect, test } from '@jest/globals';
import { settingsBetween } from '#cli/plan/changes.ts';
import { planOf } from '#cli/plan/plan-of.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { fileWithGroup } from '#test/parse/configuration/problems-in.ts';

const WATCHED =
  'targetGroup: targetgroup/web/73e2d6bc24d8a067, loadBalancer: app/web/50dc6c495c0c9188';
const TLS = 'targetGroup: targetgroup/tls/83e2d6bc24d8a067, loadBalancer: app/web/50dc6c495c0c9188';

const groupWith = (text: string) => {
  const parsed = parseConfiguration(fileWithGroup(text), {
    file: 'tidegate.yml',
    prefix: 'tidegate-dev',
  });
  if (!parsed.ok) throw new Error(parsed.problem.map(({ message }) => message).join('; '));
  return parsed.value.groups[0];
};
const pool = (text: string): string =>
  `metrics: { requests: { preset: alb-requests, loadBalancer: app/web/50dc6c495c0c9188, targetGroup: targetgroup/web/73e2d6bc24d8a067 } }
rules: { load: { forecast: requests, perInstance: 45 } }
warmPool: { ${text} }`;
const health = (text: string): string => `health: { ${WATCHED}, ${text} }`;

describe('a changed setting has the name and the value that tidegate.yml has', () => {
  test.each([
    [health('minHealthy: 1'), health('minHealthy: 2'), 'health.minHealthy: 1 → 2'],
    [health('floor: 60%'), health('floor: 70%'), 'health.floor: 60% → 70%'],
    [
      health('limit: { targets: 2, per: 1h }'),
      health('limit: { targets: 2, per: 30m }'),
      'health.limit.per: 1 h → 30 min',
    ],
    [
      health('quarantine: { for: 2h }'),
      health('quarantine: { for: 3h }'),
      'health.quarantine.for: 2 h → 3 h',
    ],
    [
      health('quarantine: { for: 2h }'),
      health('quarantine: { for: 2h, replacement: none }'),
      'health.quarantine.replacement: launch → none',
    ],
    [
      health('action: replace'),
      health('action: replace').replace('targetgroup/web', 'targetgroup/shop'),
      'health.targetGroup: "targetgroup/web/73e2d6bc24d8a067" → "targetgroup/shop/73e2d6bc24d8a067"',
    ],
    [pool('wake: 40s'), pool('wake: 40s, reuse: off'), 'warmPool.reuse: on → off'],
  ])('%s, %s', (before, after, line) => {
    expect(settingsBetween(groupWith(before), groupWith(after))).toEqual([line]);
  });

  test('a second target group is one of also, and the name of its alarm stands among the alarms', () => {
    const one = groupWith(health('minHealthy: 1'));
    const two = groupWith(health(`minHealthy: 1, also: [{ ${TLS} }]`));

    expect(settingsBetween(one, two)).toEqual([
      'health.also.0.targetGroup: nothing → "targetgroup/tls/83e2d6bc24d8a067"',
      'health.also.0.loadBalancer: nothing → "app/web/50dc6c495c0c9188"',
    ]);
  });
});

describe('a plan has the words of tidegate.yml for', () => {
  const configurationOf = (text: string) => {
    const parsed = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-dev' });
    if (!parsed.ok) throw new Error(parsed.problem.map(({ message }) => message).join('; '));
    return parsed.value;
  };
  const linesOf = (before: string, after: string): readonly string[] => {
    const at = { service: 'tidegate', stage: 'dev' };
    const plan = planOf(configurationOf(before), configurationOf(after), at);
    return [
      ...[...plan.groups, ...plan.fleets, ...plan.alerts, ...plan.channels].flatMap(
        ({ details }) => details,
      ),
      ...plan.routes,
    ];
  };
  const RULE = 'metrics: { cpu: { preset: asg-cpu } }\nrules: { busy: { track: cpu, target: 50 } }';
  const group = (text: string): string => fileWithGroup(`${RULE}\n${text}`);
  const notify = (text: string): string => `${group('')}\nnotify: ${text}`;
  const alert = (text: string): string => `${group('')}\nalerts: { hot: { group: web, ${text} } }`;
  const quiet = (from: string): string =>
    notify(
      `{ channels: { ops: { slack: "ssm:/a", quiet: { from: ${from}, to: 2026-12-02T08:00, timezone: UTC } } } }`,
    );
  const routes = (text: string): string =>
    notify(
      `{ channels: { ops: { slack: "ssm:/a" } }, routes: [{ on: [failed], to: [ops]${text} }] }`,
    );
  const fleet = (text: string): string =>
    `version: 1\nfleets: { shops: { select: { tags: { tier: shop } }, ${RULE.replace('\n', ', ')}${text} } }`;

  test.each([
    [group('every: 15s'), group('every: auto'), ['every: "15 s" → "auto"']],
    [group(''), group('every: 30s'), ['every: "1 min" → "30 s"']],
    [
      group('behavior: { onForeignChange: hold 10m }'),
      group('behavior: { onForeignChange: hold 5m }'),
      ['behavior.onForeignChange.hold: 10 min → 5 min'],
    ],
    [
      group('behavior: { scaleOut: { limits: [{ add: 4, per: 1m }] } }'),
      group('behavior: { scaleOut: { limits: [{ add: 5, per: 2m }] } }'),
      ['behavior.scaleOut.limits.0.add: 4 → 5', 'behavior.scaleOut.limits.0.per: 1 min → 2 min'],
    ],
    [
      alert('when: cpu > 90 for 5m'),
      alert('when: cpu > 95 for 5m'),
      ['when: "cpu > 90 for 5m" → "cpu > 95 for 5m"'],
    ],
    [
      quiet('2026-12-01T08:00'),
      quiet('2026-12-01T09:00'),
      ['quiet.from: 2026-12-01 08:00 UTC → 2026-12-01 09:00 UTC'],
    ],
    [routes(''), routes(', severity: [critical]'), ['0.severity.0: nothing → "critical"']],
    [fleet(''), fleet(', health: { minHealthy: 2 }'), [expect.stringMatching(/^health\./)]],
  ])('%s, %s', (before, after, lines) => {
    const found = linesOf(before, after);
    expect(found.slice(0, lines.length)).toEqual(lines);
    expect(found.join('\n')).not.toMatch(/watched|Seconds|Percent|floorCount/);
  });
});
