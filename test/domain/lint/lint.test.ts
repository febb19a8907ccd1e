import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { adjust } from '#domain/configuration/adjust.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { lint } from '#domain/lint/lint.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { fileWithGroup } from '#test/parse/configuration/problems-in.ts';
import { runs } from '#test/support/runs.ts';

const ROOT = join(import.meta.dirname, '../../..');

const read = (text: string): Configuration => {
  const result = parseConfiguration(text, { file: 'tidegate.yml', prefix: 't' });
  if (!result.ok) throw new Error(result.problem.map(({ message }) => message).join('; '));
  return result.value;
};

/** Rules by CPU beside a queue get a hint, which has tests of its own. */
const BASE = 'metrics: { cpu: { preset: asg-cpu }, backlog: { preset: sqs-backlog, queue: q } }';
const BOUNDS = 'capacity: { min: 2, max: 10 }';
const PAIR =
  'rules: { up: { when: cpu > 70, then: add 2 }, down: { when: cpu < 20, then: remove 1 } }';

const NOTIFY = 'notify: { channels: { ops: { email: a@b.de } } }';

/** The findings of a group with these rules, behaviour and bounds, of which somebody hears. */
const findingsOf = (rules: string, { behavior = '', bounds = BOUNDS, more = NOTIFY } = {}) =>
  lint(read(`${fileWithGroup([BASE, bounds, rules, behavior].join('\n'))}\n${more}`)).filter(
    ({ isHint }) => !isHint,
  );
const codesOf = (...args: Parameters<typeof findingsOf>) =>
  findingsOf(...args).map(({ code }) => code);

describe('lint', () => {
  test('finds nothing in sound rules', () => {
    expect(findingsOf(PAIR)).toEqual([]);
  });

  test.each([
    'tidegate.yml',
    'simulator/day/tidegate.yml',
    ...readdirSync(join(ROOT, 'examples'))
      .filter((name) => name.endsWith('.yml'))
      .map((name) => `examples/${name}`),
  ])('finds nothing in %s', (file) => {
    expect(lint(read(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
  });

  test('has nothing but a hint for the rules of the story, which go by CPU so that it happens within a morning', () => {
    const text = readFileSync(join(ROOT, 'simulator/story/tidegate.yml'), 'utf8');
    expect(lint(read(text)).map(({ code }) => code)).toEqual(['demand-not-followed']);
  });

  test('finds rules that flap, with the first capacity at which they do', () => {
    const rules =
      'rules: { up: { when: cpu > 70, then: add 2 }, down: { when: cpu < 40, then: remove 1 } }';

    expect(findingsOf(rules)).toEqual([
      {
        code: 'rules-flap',
        group: 'web',
        rules: ['up', 'down'],
        message: 'up sets off down',
        why: expect.any(String),
        example:
          'with 2 units at cpu 70, up makes 4; the same load is then 35, below 40, and down makes 3',
        fix: expect.any(String),
      },
    ]);
  });

  test('finds rules that flap on the way in', () => {
    const rules =
      'rules: { up: { when: cpu > 50, then: add 1 }, down: { when: cpu < 40, then: remove 50% } }';

    expect(findingsOf(rules).map(({ rules: both, example }) => [both, example])).toContainEqual([
      ['down', 'up'],
      'with 3 units at cpu 40, down makes 2; the same load is then 60, above 50, and up makes 3',
    ]);
  });

  test('finds bands that flap', () => {
    const rules =
      'rules: { a: { step: cpu, bands: [{ above: 60, then: add 100% }, { below: 35, then: remove 1 }] } }';
    expect(codesOf(rules)).toEqual(['rules-flap']);
  });

  test.each([
    ['the bounds keep them apart', PAIR.replace('20', '60'), 'capacity: { min: 2, max: 2 }'],
    ['the metric is a total', PAIR.replaceAll('cpu', 'backlog').replace('20', '69'), BOUNDS],
    ['one of them is a shadow', PAIR.replace('20, ', '60, mode: shadow, '), BOUNDS],
  ])('finds no flapping when %s', (_title, rules, bounds) => {
    expect(codesOf(rules, { bounds })).not.toContain('rules-flap');
  });

  // Proved by trying: what lint calls sound never turns round at a bound.
  test('finds every pair that flaps', () => {
    const percent = fc.integer({ min: 1, max: 99 });
    fc.assert(
      fc.property(percent, percent, fc.integer({ min: 1, max: 8 }), (one, other, step) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const flaps = codesOf(
          `rules: { up: { when: cpu > ${high}, then: add ${step} }, down: { when: cpu < ${low}, then: remove ${step} } }`,
        ).includes('rules-flap');
        const turnsRound = Array.from({ length: 9 }, (_, index) => index + 2).some((capacity) => {
          const more = Math.min(
            10,
            adjust({ kind: 'add', amount: step, unit: 'capacity' }, capacity),
          );
          const less = Math.max(2, capacity - step);
          const outAndIn = more > capacity && (high * capacity) / more < low;
          const inAndOut = less < capacity && (low * capacity) / less > high;
          return outAndIn || inAndOut;
        });

        expect(flaps).toBe(turnsRound);
      }),
      { numRuns: runs(300) },
    );
  });

  test.each([
    // Within three of the last ten minutes: three minutes after a change seven are older.
    ['cpu > 70 for 3m of 10m', true],
    ['cpu > 70 for 3m of 5m', false],
    ['cpu > 70 for 10m', false],
    ['cpu > 70 for 8m of 10m', false],
  ])('holds the window of %s against the cooldown', (condition, isFound) => {
    const rules = PAIR.replace('cpu > 70', condition);
    const found = findingsOf(rules);

    expect(found.map(({ code }) => code)).toEqual(isFound ? ['window-longer-than-cooldown'] : []);
    if (isFound) {
      expect(found[0]).toMatchObject({
        example: '3 min after a change, 7 of 10 periods are older than it, and 3 are enough',
        fix: 'let behavior.scaleOut.cooldown be 8 min or more, or shorten the condition',
      });
    }
  });

  test('takes a metric that it does not know for one of a minute', () => {
    const { groups, ...rest } = read(`${fileWithGroup(`${BASE}\n${BOUNDS}\n${PAIR}`)}\n${NOTIFY}`);
    expect(lint({ ...rest, groups: groups.map((group) => ({ ...group, metrics: {} })) })).toEqual(
      [],
    );
  });

  test('lets rules that set, and alarms of others, look back as they like', () => {
    const rules =
      'rules: { a: { when: cpu > 70 for 3m of 10m, then: set 4 }, b: { when: { alarm: x }, then: remove 1 } }';
    expect(codesOf(rules)).toEqual([]);
  });

  test.each([
    { title: 'no floor', bounds: 'capacity: { max: 9 }', codes: ['no-floor'] },
    { title: 'no ceiling', bounds: 'capacity: { min: 2 }', codes: ['no-ceiling'] },
    { title: 'neither', bounds: 'capacity: {}', codes: ['no-floor', 'no-ceiling'] },
  ])('finds $title', ({ bounds, codes }) => {
    expect(codesOf(PAIR, { bounds })).toEqual(codes);
  });

  test.each([
    ['rules: { a: { when: cpu > 70, then: add 1 } }', ['never-shrinks']],
    ['rules: { a: { when: cpu < 30, then: remove 1 } }', ['never-grows']],
    ['rules: { a: { track: cpu, target: 50 } }', []],
    ['rules: { a: { desired: cpu / 9 } }', []],
    [
      'rules: { a: { when: { alarm: x }, then: add 1 }, b: { when: { alarm: y }, then: remove 1 } }',
      [],
    ],
    ['rules: {}', ['no-rules']],
  ])('of %s finds %j', (rules, codes) => {
    expect(codesOf(rules)).toEqual(codes);
  });

  test.each([
    ['cpu > 100', []],
    ['cpu > 100.5', ['never-fires']],
    ['backlog > 100000', []],
    ['backlog < -1', ['never-fires']],
  ])('knows what a metric can be: %s', (condition, codes) => {
    const kind = condition.includes('>') ? 'add' : 'remove';
    const other = kind === 'add' ? 'cpu < 20, then: remove 1' : 'cpu > 90, then: add 1';
    const rules = `rules: { a: { when: "${condition}", then: ${kind} 1 }, b: { when: ${other} } }`;

    expect(codesOf(rules).filter((code) => code !== 'ends-busy-workers')).toEqual(codes);
  });

  test('knows percentages and requests by their names, and nothing of an expression', () => {
    const metrics = [
      'memory: { namespace: CWAgent, metric: mem_used_percent, statistic: Average, dimensions: { AutoScalingGroupName: web } }',
      'disk: { namespace: CWAgent, metric: disk_used_percent, statistic: Maximum }',
      'own: { namespace: Shop, metric: Orders, statistic: Sum }',
      'math: { expression: "own2 * 2", uses: { own2: own } }',
      'requests: { preset: alb-requests-per-target, targetGroup: targetgroup/web/73e2d6bc24d8a067 }',
    ];
    const codes = (metric: string, low: number) =>
      lint(
        read(
          `${fileWithGroup(
            `metrics: { ${metrics.join(', ')} }\n${BOUNDS}\n${PAIR.replaceAll('cpu', metric).replace('20', String(low))}`,
          )}\n${NOTIFY}`,
        ),
      ).map(({ code }) => code);

    expect(codes('memory', 60)).toContain('rules-flap');
    expect(codes('requests', 60)).toContain('rules-flap');
    for (const metric of ['disk', 'own', 'math']) expect(codes(metric, 60)).toEqual([]);
  });

  test.each([
    ['remove 60%', '', ['removes-too-much']],
    ['remove 100%', '', ['removes-too-much']],
    ['remove 50%', '', []],
    ['remove 60%', 'behavior: { scaleIn: { limits: [{ remove: 2, per: 5m }] } }', []],
  ])('finds removals of too much at once: %s', (then, behavior, codes) => {
    const rules = PAIR.replace('remove 1', then).replace('< 20', '< 2');
    expect(codesOf(rules, { behavior })).toEqual(codes);
  });

  test('says what remains after a heavy removal', () => {
    const rules = PAIR.replace('remove 1', 'remove 60%').replace('< 20', '< 2');
    expect(findingsOf(rules)[0]?.example).toBe(
      'of 10 units 4 remain, and each carries 2.5 times as much',
    );
  });

  test('finds a cooldown that the warm-up outlasts', () => {
    const found = findingsOf(PAIR, { behavior: 'behavior: { warmup: 10m }' });
    expect(found).toMatchObject([
      {
        code: 'cooldown-shorter-than-warmup',
        message: 'the cooldown of scale-in is 5 min, and instances warm up for 10 min',
      },
    ]);
  });

  test('finds periods that AWS does not publish, and who reads them', () => {
    const text = fileWithGroup(
      [
        'metrics:',
        '  cpu: { namespace: AWS/EC2, metric: CPUUtilization, statistic: Maximum, period: 10s }',
        '  own: { namespace: Shop, metric: Orders, statistic: Sum, period: 10s }',
        BOUNDS,
        'rules:',
        '  up: { when: cpu > 70 for 5m, then: add 2 }',
        '  track: { track: cpu, target: 50 }',
        '  theirs: { when: { alarm: x }, then: remove 1 }',
      ].join('\n'),
    );
    expect(lint(read(`${text}\n${NOTIFY}`))).toMatchObject([
      { code: 'period-too-fine', rules: ['up', 'track'] },
    ]);
  });

  test.each([
    { every: '15s', rules: PAIR, codes: ['looks-in-vain'] },
    { every: '1m', rules: PAIR, codes: [] },
    { every: 'auto', rules: PAIR, codes: ['looks-in-vain'] },
    {
      every: 'auto',
      rules:
        'rules: { office: { schedule: { start: "0 8 * * *", end: "0 9 * * *", timezone: UTC }, min: 2 } }',
      codes: ['looks-in-vain'],
    },
    { every: 'auto', rules: 'rules: { busy: { track: cpu, target: 60 } }', codes: [] },
    { every: '15s', rules: 'rules: { busy: { track: cpu, target: 60 } }', codes: [] },
  ])('finds looks of which no rule has anything: $every', ({ every, rules, codes }) => {
    expect(codesOf(rules, { behavior: `every: ${every}` })).toEqual(codes);
  });

  test.each([
    ['unhealthyFor: 1m', ['heals-too-soon']],
    ['unhealthyFor: 2m', []],
    ['unhealthyFor: 1m, action: notify', []],
  ])('finds healing that is too hasty: %s', (health, codes) => {
    const body = `health: { targetGroup: targetgroup/web/73e2d6bc24d8a067, loadBalancer: app/web/50dc6c495c0c9188, ${health} }`;
    expect(codesOf(PAIR, { behavior: body })).toEqual(codes);
  });

  test.each([
    ['[held]', '[mail]', ['too-much-mail']],
    ['[alarm, failed]', '[ops, mail]', ['too-much-mail']],
    ['[held]', '[ops]', []],
    ['[failed]', '[mail]', []],
  ])('finds routes that tire people: %s to %s', (on, to, codes) => {
    const more = `notify: { channels: { mail: { email: a@b.de }, ops: { slack: ssm:/hook } }, routes: [{ on: ${on}, to: ${to} }, { on: [failed, blocked, at-max], to: [ops] }] }`;
    expect(codesOf(PAIR, { more })).toEqual(codes);
  });
});
