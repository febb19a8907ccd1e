import { describe, expect, test } from '@jest/globals';
import { areOpposite } from '#parse/configuration/opposites.ts';
import { choice } from '#parse/configuration/words/choice.ts';
import { cron } from '#parse/configuration/words/cron.ts';
import { duration } from '#parse/configuration/words/duration.ts';
import { every } from '#parse/configuration/words/every.ts';
import { formula } from '#parse/configuration/words/formula.ts';
import { onForeignChange } from '#parse/configuration/words/on-foreign-change.ts';
import { onMissing } from '#parse/configuration/words/on-missing.ts';
import { orAuto } from '#parse/configuration/words/or-auto.ts';
import { perInstance } from '#parse/configuration/words/per-instance.ts';
import { percent } from '#parse/configuration/words/percent.ts';
import { period, queryPeriod, wholeMinutes } from '#parse/configuration/words/period.ts';
import { probation } from '#parse/configuration/words/probation.ts';
import { reportTime } from '#parse/configuration/words/report-time.ts';
import { statistic } from '#parse/configuration/words/statistic.ts';
import { target } from '#parse/configuration/words/target.ts';
import * as text from '#parse/configuration/words/text.ts';
import { adjustment } from '#parse/configuration/words/then.ts';
import { timezone } from '#parse/configuration/words/timezone.ts';
import { condition } from '#parse/configuration/words/when.ts';
import type { Words } from '#parse/configuration/words/words.ts';
import { fileWithGroup, linesOf } from './problems-in.ts';

const { text: _, ...texts } = text;
const digest = duration({ min: 60, max: 43_200 });
const quarantine = duration({ min: 3_600, max: 14 * 86_400 });
const WORDS: Readonly<Record<string, Words<unknown>>> = {
  ...texts,
  'on or off': choice(['on', 'off']),
  select: choice(['max', 'min', 'disabled']),
  replacement: choice(['launch', 'none']),
  tracing: choice(['off', 'xray']),
  'lead or auto': orAuto(duration({ min: 0, max: 1_500 })),
  'per instance or auto': orAuto(perInstance),
  share: percent({ min: 1, max: 50 }),
  adjustment,
  condition,
  cron,
  digest,
  every,
  formula,
  onForeignChange,
  onMissing,
  perInstance,
  period,
  probation,
  quarantine,
  queryPeriod,
  reportTime,
  statistic,
  target,
  timezone,
  wholeMinutes,
};

const suggestionFor = (name: string, value: unknown): string | undefined => {
  const result = (WORDS[name] as Words<unknown>).read(value);
  return result.ok ? 'it is right' : result.problem.suggestion;
};

test.each([
  ['on or off', 'no', 'off'],
  ['on or off', 'No', 'off'],
  ['on or off', false, 'off'],
  ['on or off', 'never', 'off'],
  ['on or off', 'yes', 'on'],
  ['on or off', true, 'on'],
  ['on or off', 1, 'on'],
  ['on or off', 'of', 'off'],
  ['select', false, 'disabled'],
  ['select', 'yes', undefined],
  ['select', 'mix', 'max'],
  ['replacement', 'no', 'none'],
  ['replacement', 'yes', 'launch'],
  ['tracing', 'no', 'off'],
  ['tracing', 'on', 'xray'],
  ['probation', false, 'off'],
  ['probation', 0, 'off'],
  ['probation', 'no', 'off'],
  ['probation', 10, '10m'],
  ['probation', true, undefined],
  ['adjustment', -2, 'remove 2'],
  ['adjustment', 2.5, undefined],
  ['adjustment', true, undefined],
  ['adjustment', 'increase to 4', 'set 4'],
  ['adjustment', 'scale down to 4', 'set 4'],
  ['adjustment', 'lower by 4', 'remove 4'],
  ['digest', 10, '10m'],
  ['digest', '10', '10m'],
  ['digest', 90, '90s'],
  ['digest', '10 seconds', undefined],
  ['digest', '1.5 hours', '90m'],
  ['wholeMinutes', 2, '2m'],
  ['wholeMinutes', 90, '90m'],
  ['quarantine', 12, '12h'],
  ['quarantine', 99_999_999_999, undefined],
  ['period', 45, '45m'],
  ['queryPeriod', 5, '5m'],
  ['every', 30, '30s'],
  ['every', 2, undefined],
  ['every', 'automatic', 'auto'],
  ['condition', 'cpu > 70 for 5', 'cpu > 70 for 5m'],
  ['condition', 'cpu > 70 for 300', 'cpu > 70 for 300s'],
  ['onForeignChange', 30, 'hold 30m'],
  ['onForeignChange', -1, undefined],
  ['onMissing', 4, 'fallback 4'],
  ['onMissing', -4, undefined],
  ['share', 0.5, '50%'],
  ['share', 90, undefined],
  ['perInstance', '45 requests per minute', '45 per minute'],
  ['perInstance', '45 req/s', '45 per second'],
  ['perInstance', '45 per hour', undefined],
  ['perInstance', '45 items', undefined],
  ['timezone', 'utc', 'UTC'],
  ['timezone', 'GMT', 'UTC'],
  ['timezone', 'Zulu', 'UTC'],
  ['timezone', 'CET', 'Europe/Berlin'],
  ['timezone', 'EST5EDT', 'America/New_York'],
  ['timezone', 'Europe/Berlln', 'Europe/Berlin'],
  ['timezone', 'Asia/Katmandhu', 'Asia/Katmandu'],
  ['timezone', 'Pacific/Auklnd', 'Pacific/Auckland'],
  ['timezone', 'Europe/Berlin ', 'Europe/Berlin'],
  ['timezone', 'America/New York', 'America/New_York'],
  ['timezone', 'berlin', 'Europe/Berlin'],
  ['timezone', '+01:00', undefined],
])('%s: about %j it asks whether %j was meant', (name, value, meant) => {
  const expected = meant === undefined ? undefined : `did you mean "${meant}"?`;
  expect(suggestionFor(name, value)).toBe(expected);
});

test('a plus is lost in YAML, so that a number could be a change or the capacity itself', () => {
  expect(suggestionFor('adjustment', 2)).toBe(
    'write "add 2" for 2 more, or "set 2" for 2 altogether',
  );
});

test.each([
  ['dimensionValue', 8080],
  ['tagValue', 1],
  ['tagValue', true],
  ['metricName', 1.5],
  ['accountId', 123_456_789_012],
  ['accountId', 12_345_678_901],
  ['formula', 4],
])('%s: %j is text that lacks its quotation marks', (name, value) => {
  expect(suggestionFor(name, value)).toBe('put it between quotation marks, as it is written here');
});

test.each([
  ['emailAddress', 4],
  ['accountId', true],
  ['formula', true],
  ['slackChannelId', 4],
])('%s: quotation marks would not help %j', (name, value) => {
  expect(suggestionFor(name, value)).toBeUndefined();
});

const BAD = [
  ...[0, 1, 2, 5, 10, 12, 30, 45, 90, 300, 3_600, 86_400, -1, -2, 0.25, 1.5, 1e21, true, false],
  ...[
    '',
    ' ',
    'no',
    'yes',
    'off',
    'on',
    '5',
    '10',
    '90',
    '300',
    '5 minutes',
    '10 seconds',
    '2 days',
  ],
  ...[
    'auto',
    'automatic',
    'hold',
    'hold 5',
    'last 5',
    'fallback',
    '+2',
    '-2',
    '= 0',
    'add 0',
    '50',
  ],
  ...[
    '999',
    '50 percent',
    '45 rps',
    '45 per minute',
    'monday',
    '8:00',
    '08:00',
    '25:00',
    'Monday 8:00',
  ],
  ...[
    'cpu over 70 for 5',
    'cpu > 70 in 5',
    'p95',
    '95th',
    'avg',
    'orders',
    'arn:aws:sqs:x:1:orders',
  ],
  ...['autoScalingGroupName/web', 'Europe/Berlln', 'CET', '0 8 * *', '“5m”', '5 – 6'],
];

test.each(Object.entries(WORDS))('each guess of %s is right itself', (_name, words) => {
  for (const value of BAD) {
    const result = words.read(value);
    const guess = result.ok
      ? undefined
      : /^did you mean "(.*)"\?$/.exec(result.problem.suggestion ?? '');
    const meant = guess?.[1];
    expect([value, meant, meant === undefined || words.read(meant).ok]).toEqual([
      value,
      meant,
      true,
    ]);
  }
});

test.each(['every', 'lead or auto', 'per instance or auto'])('%s: auto is told, too', (name) => {
  for (const value of ['5m x', '30m', 99_999, false, {}]) {
    const result = (WORDS[name] as Words<unknown>).read(value);
    expect(result).toEqual(
      expect.objectContaining(
        result.ok
          ? {}
          : { problem: expect.objectContaining({ expected: expect.stringMatching(/; or auto$/) }) },
      ),
    );
  }
});

test.each([
  ['scaleDown', 'scaleOut', true],
  ['scaleUp', 'scaleIn', true],
  ['scaleDown', 'scaleIn', false],
  ['maxHealthy', 'minHealthy', true],
  ['minUnhealthy', 'minHealthy', true],
  ['healthyFor', 'unhealthyFor', true],
  ['below', 'above', true],
  ['add', 'remove', true],
  ['no', 'on', true],
  ['of', 'off', false],
  ['minHealty', 'minHealthy', false],
])('%s and %s: opposites is %s', (word, other, expected) => {
  expect(areOpposite(word, other)).toBe(expected);
  expect(areOpposite(other, word)).toBe(expected);
});

describe('in a file', () => {
  const ONE = 'metrics: { cpu: { preset: asg-cpu } }';
  const WARM = 'warmPool: { wake: 1m, reuse: no }';

  test.each([
    [
      'behavior: { scaleDown: { cooldown: 5m } }',
      /unknown key "scaleDown" \| did you mean "scaleIn"/,
    ],
    ['behavior: { scaleUp: { cooldown: 5m } }', /unknown key "scaleUp" \| did you mean "scaleOut"/],
    ['behavior: { scaleIn: { policies: [] } }', /unknown key "policies" \| did you mean "limits"/],
    [
      'behavior: { scaleIn: {}, scaleDown: {} }',
      /unknown key "scaleDown" \| "scaleIn" is there already: put/,
    ],
    ['behavior: { flapping: no }', /did you mean "off"/],
    ['behavior: { flapping: yes }', /found "yes"$/],
    [WARM, /reuse: found "no" \| did you mean "off"/],
    ['capacity: { min: 1, mim: 2 }', /unknown key "mim" \| "min" is there already/],
  ])('%s', (body, line) => {
    expect(linesOf(fileWithGroup(body))).toContainEqual(expect.stringMatching(line));
  });

  test('an alert has no change, and does not need its condition a second time', () => {
    const alert = 'alerts: { hot: { group: web, when: cpu > 9, then: add 1 } }';

    expect(linesOf(`${fileWithGroup(ONE)}\n${alert}`)).toEqual([
      expect.stringMatching(
        /unknown key "then": an alert changes nothing: a rule of the group does$/,
      ),
    ]);
  });

  test.each([
    ['alerts: { hot: { group: web, when: cpu > 9 } }', 'no group is named "web"'],
    [
      'notify: { channels: { it: { slack: ssm:/a } }, routes: [{ on: [failed], groups: [web], to: [it] }] }',
      'no group is named "web"',
    ],
  ])('a name that is refused where it stands is no help elsewhere: %s', (more, message) => {
    const lines = linesOf(`version: 1\ngroups: { Web_1: { autoScalingGroup: web } }\n${more}`);

    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`${message}$`)));
    expect(lines).toContainEqual(expect.stringMatching(/"Web_1" cannot be .*did you mean "web-1"/));
  });

  test('a metric that is refused where it stands is no help elsewhere', () => {
    const body = 'metrics: { Cpu: { preset: asg-cpu } }\nrules: { a: { track: cpu, target: 5 } }';

    expect(linesOf(fileWithGroup(body))).toContainEqual(expect.stringMatching(/is named "cpu"$/));
  });
});
