import { describe, expect, test } from '@jest/globals';
import type { Rule } from '#domain/configuration/rule.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { fileWithGroup, linesOf } from './problems-in.ts';

const METRICS = 'metrics: { cpu: { preset: asg-cpu }, cpu-max: { preset: asg-cpu } }';

const groupOf = (body: string) => {
  const text = fileWithGroup(`${METRICS}\n${body}`);
  const result = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-dev' });
  if (!result.ok) throw new Error(result.problem.map(({ message }) => message).join('; '));
  return result.value.groups[0];
};

const ruleOf = (rule: string, more = ''): Rule | undefined =>
  groupOf(`rules:\n  a: ${rule}\n${more}`)?.rules[0];

const mistakesIn = (rule: string): readonly string[] =>
  linesOf(fileWithGroup(`${METRICS}\nrules:\n  a: ${rule}`));

describe('a share of what comes', () => {
  const COUNTS = [
    'metrics:',
    '  sent: { preset: sqs-sent, queue: orders, period: 5m }',
    '  twice: { expression: sent + more, uses: { sent: sent, more: { preset: sqs-sent, queue: more, period: 5m } } }',
    '  odd: { expression: sent, uses: { sent: nothing } }',
    '  search: { query: \'SELECT SUM(NumberOfMessagesSent) FROM SCHEMA("AWS/SQS", QueueName)\' }',
  ].join('\n');
  const fileWith = (rule: string) => fileWithGroup(`${COUNTS}\nrules:\n  a: ${rule}`);
  const problemsOf = (rule: string): readonly string[] => linesOf(fileWith(rule));

  test.each([
    ['80rps per unit', 24_000],
    ['80 per second per unit', 24_000],
    ['80/s per unit', 24_000],
    ['600rpm per unit', 3_000],
    ['600 per minute per unit', 3_000],
    ['600 per unit', 600],
  ])('%s is %d in a period of five minutes', (words, target) => {
    const text = fileWith(`{ track: sent, target: ${words} }`).replace(/\n.*odd: .*\n/, '\n');
    const result = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-dev' });
    expect(result.ok && result.value.groups[0]?.rules[0]).toMatchObject({
      kind: 'track',
      target,
      isTotal: true,
    });
  });

  test('is a second of every metric that counts, and of no other', () => {
    const ofOdd = problemsOf('{ track: sent, target: 80rps per unit }');
    expect(problemsOf('{ track: twice, target: 80rps per unit }')).toEqual(ofOdd);
    expect(problemsOf('{ track: odd, target: 80rps per unit }')).toEqual(ofOdd);
    expect(ofOdd).toHaveLength(1);
    expect(problemsOf('{ track: search, target: 80rps per unit }')).toContainEqual(
      expect.stringContaining('search does not count what came within its period'),
    );
  });
});

describe('a rule', () => {
  test.each([
    [
      '{ track: cpu, target: 60 }',
      { kind: 'track', metric: 'cpu', target: 60, isTotal: false, onMissing: 'hold' },
    ],
    ['{ track: cpu, target: 100 per unit }', { target: 100, isTotal: true }],
    ['{ track: cpu, target: "0.5" }', { target: 0.5, isTotal: false }],
    [
      '{ step: cpu, bands: [{ above: 60, then: add 10% }, { below: 30, then: remove 1 }] }',
      {
        kind: 'step',
        metric: 'cpu',
        atLeast: 0,
        bands: [
          { side: 'above', bound: 60, adjustment: { kind: 'add', amount: 10, unit: 'percent' } },
          { side: 'below', bound: 30, adjustment: { kind: 'remove', amount: 1, unit: 'capacity' } },
        ],
      },
    ],
    ['{ step: cpu, bands: [{ above: 60, then: set 4 }], atLeast: 2 }', { atLeast: 2 }],
    [
      '{ desired: "ceil(cpu / 50) + capacity" }',
      { kind: 'expression', text: 'ceil(cpu / 50) + capacity', metrics: ['cpu'] },
    ],
    [
      '{ schedule: { start: 0 8 * * MON-FRI, end: 0  18 * * 1-5, timezone: Europe/Berlin }, min: 4 }',
      {
        kind: 'schedule',
        window: {
          kind: 'recurring',
          start: '0 8 * * MON-FRI',
          end: '0 18 * * 1-5',
          timezone: 'Europe/Berlin',
        },
        min: 4,
      },
    ],
    [
      '{ schedule: { from: 2026-11-27T08:00, to: 2026-12-01, timezone: Europe/Berlin }, max: 9, capacity: 5 }',
      {
        window: {
          kind: 'once',
          from: Date.parse('2026-11-27T07:00:00Z'),
          to: Date.parse('2026-11-30T23:00:00Z'),
        },
        max: 9,
        capacity: 5,
      },
    ],
    [
      '{ schedule: { from: 2026-03-29 02:30, to: 2026-03-30, timezone: Europe/Berlin }, min: 4 }',
      // 02:30 is left out that night: it is over with the gap, at 03:00.
      { window: { from: Date.parse('2026-03-29T01:00:00Z') } },
    ],
    [
      '{ schedule: { from: 2026-10-25T02:30, to: 2026-10-25T03:00, timezone: Europe/Berlin }, min: 4 }',
      // 02:30 comes twice, and counts once; 03:00 comes once.
      {
        window: {
          from: Date.parse('2026-10-25T00:30:00Z'),
          to: Date.parse('2026-10-25T02:00:00Z'),
        },
      },
    ],
    ['{ track: cpu, target: 1, mode: shadow, ballot: load }', { isShadow: true, ballot: 'load' }],
    ['{ track: cpu, target: 1, onMissing: last 10m }', { onMissing: { last: 600 } }],
    ['{ track: cpu, target: 1, onMissing: fallback 4 }', { onMissing: { fallback: 4 } }],
    ['{ when: cpu > 1, then: add 1, onMissing: fail }', { onMissing: 'fail' }],
  ])('%s is read', (rule, expected) => {
    expect(ruleOf(rule)).toMatchObject(expected);
  });

  test.each([
    ['{ track: cpu, target: 60 }', 'zero', 'zero'],
    ['{ track: cpu, target: 60, onMissing: hold }', 'zero', 'hold'],
    ['{ when: cpu > 1, then: add 1 }', 'ignore', 'ignore'],
    // An alarm has no value; what is said of values does not concern it.
    ['{ when: cpu > 1, then: add 1 }', 'zero', 'hold'],
    ['{ when: cpu > 1, then: add 1 }', 'last 5m', 'hold'],
  ])('%s in a group with onMissing: %s', (rule, said, onMissing) => {
    expect(ruleOf(rule, `behavior: { onMissing: ${said} }`)).toMatchObject({ onMissing });
  });

  test.each([
    ['{ track: cpuu, target: 1 }', /unknown-name .*a.track: .*did you mean "cpu"/],
    ['{ track: cpu, target: 0 }', /a.target: found the number 0/],
    ['{ track: cpu, target: 100 each }', /found "100 each" \| did you mean "100 per unit"/],
    ['{ track: cpu, target: 100rps }', /found "100rps" \| did you mean "100rps per unit"/],
    ['{ track: cpu, target: 100 rps each }', /found "100 rps each"/],
    [
      '{ track: cpu, target: 100rps per unit }',
      /conflict .*a.target: cpu does not count what came within its period, so it has no share of a second/,
    ],
    ['{ track: cpuu, target: 100rps per unit }', /unknown-name .*a.track: .*did you mean "cpu"/],
    ['{ track: cpu, target: many }', /a.target: found "many"$/],
    ['{ track: cpu, target: [1] }', /a.target: found a list/],
    ['{ trakc: cpu, target: 1 }', /unknown key "trakc" \| did you mean "track"/],
    ['{ track: cpu, when: cpu > 1, target: 1 }', /found when and track in one rule/],
    ['7', /a: found the number 7/],
    ['{ step: cpu, bands: [] }', /bands: found nothing in it/],
    ['{ step: cpu, bands: [{ then: add 1 }] }', /the band has no bound/],
    ['{ step: cpu, bands: [{ above: 1, below: 2, then: add 1 }] }', /the band has two bounds/],
    ['{ step: cpu, bands: [{ above: x, then: add 1 }] }', /above: found "x"/],
    [
      '{ step: cpu, bands: [{ above: 1, then: add 1 }, { above: 1, then: add 2 }] }',
      /two bands begin at 1/,
    ],
    [
      '{ step: cpu, bands: [{ above: 50, then: add 1 }, { below: 50, then: remove 1 }] }',
      /a band below 50 and one above 50 overlap/,
    ],
    [
      `{ step: cpu, bands: [${Array.from({ length: 21 }, (_, at) => `{ above: ${at}, then: add 1 }`)}] }`,
      /found 21 bands/,
    ],
    ['{ desired: "cpu + memory" }', /no metric of this group is named "memory"/],
    ['{ desired: "cpux" }', /did you mean "cpu"/],
    ['{ desired: "cpu-max * 2", mode: shadow }', /no metric of this group is named "max"/],
    ['{ desired: "cpu +" }', /a.desired: Unexpected token: the end of the text/],
    ['{ schedule: {}, min: 4 }', /"timezone" is missing/],
    ['{ schedule: { timezone: UTC }, min: 4 }', /it does not say when/],
    ['{ schedule: { start: 0 8 * * *, timezone: UTC }, min: 4 }', /it says only start/],
    [
      '{ schedule: { from: 2026-01-02, to: 2026-01-01, timezone: UTC }, min: 4 }',
      /it ends before it begins/,
    ],
    [
      '{ schedule: { from: 2026-01-02 08:00, to: 2026-01-02T07:00, timezone: UTC }, min: 4 }',
      /it ends before it begins/,
    ],
    [
      '{ schedule: { from: 2026-01-02, to: 2026-01-02T00:00, timezone: UTC }, min: 4 }',
      /it ends when it begins/,
    ],
    [
      '{ schedule: { from: 2026-03-29T02:00, to: 2026-03-29T03:00, timezone: Europe/Berlin }, min: 4 }',
      /a change of the clocks in Europe\/Berlin leaves all of it out/,
    ],
    [
      '{ schedule: { from: 2026-03-29T02:00, to: 2026-03-29T03:00, timezone: Mars/Olympus }, min: 4 }',
      /found "Mars\/Olympus"/,
    ],
    [
      '{ schedule: { start: 0 8 * * MON-FRI, end: 0  8 * * 1-6, timezone: UTC }, min: 4 }',
      /it ends whenever it begins/,
    ],
    [
      '{ schedule: { start: 0 8 * * *, end: 0 9 * * , timezone: UTC }, min: 4 }',
      /end: found "0 9 \* \*", which has 4 fields/,
    ],
    [
      '{ schedule: { start: 0 8 1 JAN *, end: "*/5 * * * *", timezone: UTC }, min: 4 }',
      /it ends whenever it begins/,
    ],
    [
      '{ schedule: { start: 0 8 * * *, end: 0 8 * * *, timezone: UTC }, min: 4 }',
      /it ends whenever it begins/,
    ],
    ['{ schedule: { start: 0 8 * * *, end: 0 9 * * *, timezone: UTC } }', /it changes nothing/],
    [
      '{ schedule: { start: 0 8 * * *, end: 0 9 * * *, timezone: UTC }, min: 5, max: 4 }',
      /the minimum of 5 is above the maximum of 4/,
    ],
    [
      '{ schedule: { start: 0 8 * *, end: 0 9 * * *, timezone: UTC }, min: 4 }',
      /found "0 8 \* \*", which has 4 fields/,
    ],
    [
      '{ schedule: { start: "cron(0 8 * * ? *)", end: 0 9 * * *, timezone: UTC }, min: 4 }',
      /the form of EventBridge \| write it without cron/,
    ],
    [
      '{ schedule: { start: 99 8 * * *, end: 0 9 * * *, timezone: UTC }, min: 4 }',
      /"99" in "99 8 \* \* \*" is no minute/,
    ],
    [
      '{ schedule: { start: 0 0 31 2 *, end: 0 9 * * *, timezone: UTC }, min: 4 }',
      /"0 0 31 2 \*" never happens/,
    ],
    [
      '{ schedule: { start: 0 8 * * *, end: 0 9 * * *, timezone: Berlin }, min: 4 }',
      /found "Berlin" \| did you mean "Europe\/Berlin"/,
    ],
    [
      '{ schedule: { start: 0 8 * * *, end: 0 9 * * *, timezone: Mars/Olympus }, min: 4 }',
      /timezone: found "Mars\/Olympus"/,
    ],
    [
      '{ schedule: { from: 2026-02-30, to: 2026-03-01, timezone: UTC }, min: 4 }',
      /from: found "2026-02-30"/,
    ],
    [
      '{ schedule: { from: 7, to: 2026-03-01, timezone: UTC }, min: 4 }',
      /from: found the number 7/,
    ],
    ['{ track: cpu, target: 1, onMissing: last }', /onMissing: found "last"/],
    ['{ track: cpu, target: 1, onMissing: 4 }', /did you mean "fallback 4"/],
    ['{ track: cpu, target: 1, onMissing: hodl }', /did you mean "hold"/],
    ['{ when: cpu > 1, then: add 1, onMissing: zero }', /an alarm has a state and no value/],
    ['{ when: cpu > 1, then: add 1, onMissing: last 5m }', /an alarm has a state and no value/],
    ['{ track: cpu, target: 1, ballot: No Way }', /ballot: found "No Way"/],
  ])('%s is refused', (rule, words) => {
    expect(mistakesIn(rule)).toContainEqual(expect.stringMatching(words));
  });

  test('a name with a hyphen is told apart from a subtraction', () => {
    const body = 'metrics: { q-len: { preset: asg-cpu } }\nrules: { a: { desired: "q-len" } }';
    expect(linesOf(fileWithGroup(body))).toContainEqual(
      expect.stringContaining('q-len reads as a subtraction here: name it without hyphens'),
    );
  });
});

describe('the behavior', () => {
  const behaviorOf = (body: string) => groupOf(body)?.behavior;

  test('waits five minutes on the way in when a rule follows a metric', () => {
    const track = 'rules: { a: { track: cpu, target: 1 } }';
    expect(behaviorOf(track)?.scaleIn.stabilizeSeconds).toBe(300);
    expect(behaviorOf(track)?.scaleOut.stabilizeSeconds).toBe(0);
    expect(behaviorOf('rules: { a: { desired: cpu } }')?.scaleIn.stabilizeSeconds).toBe(300);
    expect(behaviorOf('rules: { a: { when: cpu > 1, then: add 1 } }')?.scaleIn).toMatchObject({
      stabilizeSeconds: 0,
    });
    expect(
      behaviorOf(`${track}\nbehavior: { scaleIn: { stabilize: 0s } }`)?.scaleIn.stabilizeSeconds,
    ).toBe(0);
  });

  test('is read in full', () => {
    const body = [
      'behavior:',
      '  scaleOut: { stabilize: 1m, limits: [{ add: 100%, per: 1m }, { add: 4, per: 15s }], select: min }',
      '  scaleIn: { tolerance: 20%, limits: [{ remove: 10%, per: 30m }] }',
      '  tolerance: 5%',
      '  warmup: 2m',
    ].join('\n');
    expect(behaviorOf(body)).toEqual({
      scaleOut: {
        cooldownSeconds: 180,
        stabilizeSeconds: 60,
        tolerancePercent: 5,
        select: 'min',
        limits: [
          { amount: 100, unit: 'percent', periodSeconds: 60 },
          { amount: 4, unit: 'capacity', periodSeconds: 15 },
        ],
      },
      scaleIn: {
        cooldownSeconds: 300,
        stabilizeSeconds: 0,
        tolerancePercent: 20,
        select: 'max',
        limits: [{ amount: 10, unit: 'percent', periodSeconds: 1_800 }],
      },
      warmupSeconds: 120,
      onForeignChange: 'adopt',
      flapping: { reversals: 3, withinSeconds: 7_200, longestCooldownSeconds: 3_600 },
    });
  });

  test.each([
    ['{}', { reversals: 3, withinSeconds: 7_200, longestCooldownSeconds: 3_600 }],
    [
      '{ reversals: 2, within: 1m, longestCooldown: 1d }',
      { reversals: 2, withinSeconds: 60, longestCooldownSeconds: 86_400 },
    ],
    ['off', undefined],
  ])('takes flapping: %s', (words, expected) => {
    expect(behaviorOf(`behavior: { flapping: ${words} }`)?.flapping).toEqual(expected);
  });

  test.each([
    ['{ reversals: 1 }', /reversals: found the number 1/],
    ['{ reversals: 21 }', /reversals: found the number 21/],
    ['{ within: 59s }', /within: found "59s"/],
    ['{ longestCooldown: 2d }', /longestCooldown: found "2d"/],
    ['{ for: 2h }', /unknown key "for"/],
    ['never', /flapping: found "never"/],
    ['false', /flapping: found the truth value false/],
  ])('refuses flapping: %s', (words, said) => {
    const lines = linesOf(fileWithGroup(`behavior: { flapping: ${words} }`));
    expect(lines).toContainEqual(expect.stringMatching(said));
  });

  test.each([
    ['behavior: { scaleOut: { limits: [{ add: 0, per: 1m }] } }', /add: found the number 0/],
    ['behavior: { scaleOut: { limits: [{ add: 0%, per: 1m }] } }', /add: found "0%"/],
    ['behavior: { scaleOut: { limits: [{ add: [1], per: 1m }] } }', /add: found a list/],
    ['behavior: { scaleOut: { limits: [{ add: 1, per: 31m }] } }', /per: found "31m"/],
    ['behavior: { scaleIn: { limits: [{ add: 1, per: 1m }] } }', /unknown key "add"/],
    ['behavior: { scaleIn: { select: most } }', /select: found "most"/],
  ])('%s is refused', (body, words) => {
    expect(linesOf(fileWithGroup(body))).toContainEqual(expect.stringMatching(words));
  });
});
