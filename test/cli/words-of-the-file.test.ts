import { describe, expect, test } from '@jest/globals';
import { settingsBetween } from '#cli/plan/changes.ts';
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
