import { describe, expect, test } from '@jest/globals';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { fileWithGroup, linesOf } from '../problems-in.ts';

describe('the file as a whole', () => {
  test.each([
    ['groups: {}', '2:1 out-of-range groups: found nothing in it'],
    ['groups: []', '2:9 wrong-type groups: found a list'],
    ['groups:', '2:1 wrong-type groups: found nothing | fill it in, or remove the key'],
    ['groups: { w: 5 }', '2:14 wrong-type groups.w: found the number 5'],
  ])('%j holds no group', (groups, line) => {
    expect(linesOf(`version: 1\n${groups}`)).toEqual([line]);
  });

  test('gives an Auto Scaling group to one group only', () => {
    const text = `version: 1
groups:
  a: { autoScalingGroup: web-prod }
  b: { autoScalingGroup: other }
  c: { autoScalingGroup: web-prod }`;
    expect(linesOf(text)).toEqual([
      '5:26 conflict groups.c.autoScalingGroup: the Auto Scaling group "web-prod" belongs to group "a" already | put all rules into group "a"',
    ]);
  });

  test.each(['5', 'text', '[1]', '{ a: 1 }'])('is not only %s', (text) => {
    expect(linesOf(text).length).toBeGreaterThan(0);
  });

  test('explains a missing key by the misspelt one beside it, and only then', () => {
    expect(linesOf('version: 1\ngroups: { w: { autoscalinggroup: x, foo: 1 } }')).toEqual([
      '2:16 unknown-key groups.w.autoscalinggroup: unknown key "autoscalinggroup" | did you mean "autoScalingGroup"?',
      '2:37 unknown-key groups.w.foo: unknown key "foo"',
    ]);
    expect(linesOf('version: 1\ngroups: { w: { foo: 1 } }')).toEqual([
      '2:11 missing-key groups.w.autoScalingGroup: "autoScalingGroup" is missing',
      '2:16 unknown-key groups.w.foo: unknown key "foo"',
    ]);
  });
});

describe('a warm pool', () => {
  test('needs a rule that forecasts', () => {
    expect(linesOf(fileWithGroup('warmPool: { wake: 40s }'))).toEqual([
      expect.stringContaining(
        'conflict groups.web.warmPool: no rule of the group forecasts, so nothing would size its warm pool',
      ),
    ]);
  });

  test('has its forecast, whatever is wrong with the rules beside it', () => {
    const rules = `metrics: { requests: { namespace: Shop, metric: Requests, statistic: Sum } }
rules:
  load: { forecast: requests, perInstance: 45rps }
  high: { when: cpu above 80, then: add 2 }`;
    expect(linesOf(fileWithGroup(`warmPool: { wake: 40s }\n${rules}`))).toEqual([
      expect.stringContaining('groups.web.rules.high.when'),
    ]);
  });

  test.each([
    ['{}', 'missing-key groups.web.warmPool.wake: "wake" is missing'],
    ['{ wake: 0s }', 'out-of-range groups.web.warmPool.wake: found "0s"'],
    ['{ wake: 26m }', 'out-of-range groups.web.warmPool.wake: found "26m"'],
    [
      '{ wake: 40s, learned: { wake: 41s, on: 2026-03-02 } }',
      'conflict groups.web.warmPool.learned: wake is said above, so what was learned would never count',
    ],
    ['{ wake: 40s, reuse: no }', 'bad-value groups.web.warmPool.reuse: found "no"'],
  ])('is wrong as %s', (pool, problem) => {
    expect(linesOf(fileWithGroup(`warmPool: ${pool}`))).toContainEqual(
      expect.stringContaining(problem),
    );
  });
});

describe('the wake of a warm pool', () => {
  const poolOf = (text: string) => {
    const rules = `metrics: { requests: { namespace: Shop, metric: Requests, statistic: Sum } }
rules: { load: { forecast: requests, perInstance: 45rps } }`;
    const result = parseConfiguration(fileWithGroup(`warmPool: ${text}\n${rules}`), {
      prefix: 'tidegate-dev',
      file: 'tidegate.yml',
    });
    return result.ok ? result.value.groups[0]?.warmPool : result.problem;
  };

  test('is what was learned, where the file leaves it to that', () => {
    expect(poolOf('{ wake: auto, learned: { wake: 41s, on: 2026-03-02 } }')).toEqual({
      wakeSeconds: 41,
      learnedOn: '2026-03-02',
      isReused: true,
    });
  });

  test('is a minute until something is learned: without a pool no start is ever seen', () => {
    expect(poolOf('{ wake: auto }')).toEqual({ wakeSeconds: 60, isReused: true });
  });
});

describe('words of later versions', () => {
  test('are told apart from mistakes', () => {
    expect(linesOf(fileWithGroup('warmPool: { wake: 40s, state: hibernated }'))).toContainEqual(
      expect.stringContaining(
        'not-in-this-version groups.web.warmPool.state: "state" is not in this version of Tidegate',
      ),
    );
  });

  test('are misspelt ones elsewhere', () => {
    expect(linesOf(fileWithGroup('track: 5'))).toEqual([
      expect.stringContaining('unknown-key groups.web.track'),
    ]);
    expect(linesOf(`${fileWithGroup('')}\nnotify: { alerts: {} }`)).toEqual([
      expect.stringContaining('unknown-key notify.alerts'),
    ]);
  });
});

describe('routes', () => {
  const linesOfNotify = (notify: string) =>
    linesOf(`version: 1\ngroups: { w: { autoScalingGroup: w } }\nnotify: ${notify}`);
  const channels = 'channels: { ops: { email: a@b.de } }';

  test.each([
    `{ ${channels} }`,
    `{ ${channels}, routes: [{ on: [scaled, alarm], to: [ops] }] }`,
    '{}',
    '{ channels: {} }',
  ])('are valid: %s', (notify) => {
    expect(linesOfNotify(notify)).toEqual([]);
  });

  test.each([
    ['routes: []', '3:49 out-of-range notify.routes: found nothing in it'],
    [
      'routes: [{ on: [], to: [ops] }]',
      '3:60 out-of-range notify.routes[0].on: found nothing in it',
    ],
    [
      'routes: [{ on: [held], to: [] }]',
      '3:72 out-of-range notify.routes[0].to: found nothing in it',
    ],
    ['routes: [{ on: held, to: [ops] }]', '3:64 wrong-type notify.routes[0].on: found "held"'],
    [
      'routes: [{ on: [help], to: [oops] }]',
      '3:65 bad-value notify.routes[0].on[0]: found "help" | did you mean "held"?',
      '3:77 unknown-name notify.routes[0].to[0]: no channel is named "oops" | did you mean "ops"?',
    ],
    [
      'routes: [{ on: [held], to: [5] }]',
      '3:77 wrong-type notify.routes[0].to[0]: found the number 5',
    ],
    ['routes: 5', '3:57 wrong-type notify.routes: found the number 5'],
  ])('are not valid: %s', (routes, ...lines) => {
    expect(linesOfNotify(`{ ${channels}, ${routes} }`)).toEqual(lines);
  });

  test('need channels', () => {
    expect(linesOfNotify('{ routes: [{ on: [held], to: [ops] }] }')).toEqual([
      '3:39 unknown-name notify.routes[0].to[0]: no channel is named "ops"',
    ]);
  });

  test.each([
    ['{ slack: ssm:/a, email: a@b.de }', 'conflict notify.channels.a: found slack and email'],
    [
      '{ discord: x }',
      'wrong-type notify.channels.a: found none of slack, slackBot, teams, pagerduty, webhook, email',
    ],
    ['ops@example.com', 'wrong-type notify.channels.a: found "ops@example.com"'],
    ['{ email: a@b.de, origin: "https://x.de" }', 'unknown-key notify.channels.a.origin'],
  ])('lead to no channel such as %s', (channel, line) => {
    expect(linesOfNotify(`{ channels: { a: ${channel} } }`)).toEqual([
      expect.stringContaining(line),
    ]);
  });
});
