import { describe, expect, test } from '@jest/globals';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { USUAL_CONDITIONS } from '#simulator/backtest/conditions.ts';
import { makeTrace } from '#simulator/backtest/generators.ts';
import { compare, worldsOf } from '#simulator/compare/compare.ts';
import { comparisonPage } from '#simulator/compare/comparison-page.ts';
import { conditionsOf, traceOf } from '#simulator/compare/conditions-of.ts';
import { describeComparison, percent } from '#simulator/compare/describe-comparison.ts';
import { PEER_NAMES } from '#simulator/compare/field.ts';
import { firstDifference } from '#simulator/compare/first-difference.ts';
import { NOON } from '#test/support/builders.ts';

const contender = (name: string, rules: string, bounds = '{ min: 2, max: 40 }') => {
  const text = `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    capacity: ${bounds}
    metrics: { cpu: { preset: asg-cpu } }
    rules: ${rules}
`;
  const parsed = parseConfiguration(text, { file: name, prefix: 'tidegate-dev' });
  if (!parsed.ok) throw new Error(parsed.problem[0]?.message);
  return { name, group: parsed.value.groups[0]! };
};
const TRACK = contender('track.yml', '{ load: { track: cpu, target: 60 } }');
const LOWER = contender('lower.yml', '{ load: { track: cpu, target: 40 } }');

const trace = makeTrace('diurnal', { days: 1, peak: 900 });
const known = { carried: 40, atFullCpu: 50, bootSeconds: [150], failedShare: 0 };
const conditions = conditionsOf(TRACK.group, trace, known);

describe('a comparison', () => {
  const comparison = compare({
    trace,
    conditions,
    rules: [TRACK, LOWER],
    peers: ['target-tracking', 'static'],
    seeds: 2,
  });
  const [track, lower, tracking, peak, oracle, optimum] = comparison.rows;

  test('has the rules, the peers and the bounds, in this order', () => {
    expect(comparison.rows.map(({ name, kind }) => `${kind}: ${name}`)).toEqual([
      'rules: track.yml',
      'rules: lower.yml',
      'peer: target tracking (AWS)',
      'peer: static peak',
      'bound: sees one boot ahead',
      'bound: optimum in hindsight',
    ]);
    expect(comparison).toMatchObject({ days: 1, seeds: 2, holes: 0, saturated: 0 });
  });

  test('has nobody below the optimum, and the static peak above all', () => {
    expect(optimum).toMatchObject({ overOptimum: 1, violated: 0, minutesAtMaximum: 0 });
    expect(oracle?.overOptimum).toBeCloseTo(1, 1);
    for (const row of [track, tracking]) {
      expect(row?.overOptimum).toBeGreaterThan(1);
      expect(row?.cost).toBeLessThan(peak?.cost ?? 0);
    }
    expect(lower?.cost).toBeGreaterThan(track?.cost ?? 0);
  });

  test('shows a peer at a setting that violates no more than the first rules, of all that were tried', () => {
    expect(tracking?.setting).toMatch(
      /^at \d\d % of what an instance carries, in below [79]0 % of that$/,
    );
    expect(tracking?.violated).toBeLessThanOrEqual(Math.max(0.002, track?.violated ?? 0));
    expect(comparison.fronts.map(({ name, points }) => [name, points.length])).toEqual([
      ['target tracking (AWS)', 16],
      ['static peak', 4],
    ]);
  });

  test('is the same at every run', () => {
    const again = compare({ trace, conditions, rules: [TRACK], peers: [], seeds: 2 });

    expect(again.rows[0]).toEqual(track);
  });

  test('has intervals that hold what they are about', () => {
    for (const { cost, costInterval } of comparison.rows) {
      expect(costInterval[0]).toBeLessThanOrEqual(cost * 1.001);
      expect(costInterval[1]).toBeGreaterThanOrEqual(cost * 0.999);
    }
  });

  test('is a table for people, and says what it leaves out', () => {
    const text = describeComparison({ ...comparison, holes: 3, saturated: 2 });

    expect(text.split('\n')[0]).toMatch(/^policy +hours +cost +of optimum +violated/);
    expect(text).toContain('3 periods of the history are holes: they are not judged.');
    expect(text).toContain('2 periods are saturated');
    expect(text).toContain('  static peak: for the largest demand');
    const bare = describeComparison({ ...comparison, rows: [track!], seeds: 1 });
    expect(bare).toContain('1.00 days, 1 seed;');
    expect(bare).not.toContain('Each peer');
  });

  test('is a page that needs nothing else and takes no text for HTML', () => {
    const difference = firstDifference(
      [TRACK, LOWER],
      ({ group }) => worldsOf({ trace, conditions, seeds: 1 }, group)[0]!,
    );
    const rows = comparison.rows.map((row) => ({ ...row, name: `<b>${row.name}` }));
    const page = comparisonPage(
      { ...comparison, rows },
      { title: 'T', subtitle: '<script>', notes: ['<i>'], difference },
      'body{}',
    );

    expect(page).toContain('The first difference, at ');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/<b>|<script|<i>|https?:\/\/(?!www\.w3\.org)/);
    expect(page.match(/<svg/g)).toHaveLength(3);
    expect(page.match(/<tr>/g)?.length).toBeGreaterThan(rows.length);
  });
});

test('every peer runs, also those that learn from the past', () => {
  const heard: string[] = [];
  const { rows } = compare({
    trace: makeTrace('diurnal', { days: 2, peak: 400 }),
    conditions: { ...conditions, unscoredSeconds: 86_400 },
    rules: [TRACK],
    peers: PEER_NAMES,
    seeds: 1,
    onRun: (name) => heard.push(name),
  });

  expect(rows).toHaveLength(1 + PEER_NAMES.length + 2);
  expect(heard).toHaveLength(1 + PEER_NAMES.length);
  for (const { name, overOptimum } of rows)
    expect([name, overOptimum >= 0.9]).toEqual([name, true]);
});

describe('the first difference of two files', () => {
  const worldOf = ({ group }: typeof TRACK) => worldsOf({ trace, conditions, seeds: 1 }, group)[0]!;

  test('is told by the decision of each', () => {
    const difference = firstDifference([TRACK, LOWER], worldOf);

    expect(difference?.begin).toBe(trace.start * 1_000);
    const [mine, theirs] = difference!.decisions;
    expect([mine.name, theirs.name]).toEqual(['track.yml', 'lower.yml']);
    expect(mine.decision).not.toEqual(theirs.decision);
    expect(mine.decision.at).toBeLessThanOrEqual(difference!.at);
    expect(mine.decision.summary).not.toBe(theirs.decision.summary);
  });

  test('is none of rules that decide alike', () => {
    expect(firstDifference([TRACK, { ...TRACK, name: 'copy.yml' }], worldOf)).toBeUndefined();
  });
});

describe('the conditions of a group', () => {
  test('are its bounds, its boots and what one instance carries', () => {
    expect(conditions).toEqual({
      ...USUAL_CONDITIONS,
      service: {
        ratePerInstance: 50,
        workers: 8,
        timeoutMs: 10_000,
        sharing: 'even',
        objective: { kind: 'utilisation', most: 0.8 },
      },
      boot: {
        ...USUAL_CONDITIONS.boot,
        start: { kind: 'measured', seconds: [133] },
        failureShare: 0,
      },
      min: 2,
      max: 40,
      instanceHour: 1,
    });
  });

  test('are the usual ones where nothing is said', () => {
    const { group } = contender('a.yml', '{ load: { track: cpu, target: 60 } }', '{}');
    const usual = conditionsOf({ ...group, instanceHour: 0.1 }, trace, {
      carried: 60,
      atFullCpu: 50,
      latencySeconds: 0.1,
    });

    expect(usual.boot).toEqual(USUAL_CONDITIONS.boot);
    expect(usual.service).toMatchObject({ workers: 5, objective: { most: 1 } });
    expect([usual.min, usual.max, usual.instanceHour]).toEqual([1, 23, 0.1]);
    const failing = conditionsOf(group, trace, { ...known, failedShare: 1 });
    expect(failing.boot.failureShare).toBe(0.9);
  });

  test('are bounds of rules and not of others', () => {
    const [own] = worldsOf(
      { trace, conditions, seeds: 1 },
      contender('a', '{}', '{ max: 9 }').group,
    );

    expect([own?.conditions.min, own?.conditions.max]).toEqual([2, 9]);
  });
});

test('demand becomes a trace whose holes are no numbers', () => {
  expect(
    traceOf('web', {
      kind: 'requests',
      periodSeconds: 60,
      start: NOON,
      perSecond: [1, undefined],
      isSaturated: [false, true],
    }),
  ).toEqual({
    name: 'web',
    start: NOON / 1_000,
    stepSeconds: 60,
    demand: Float64Array.of(1, Number.NaN),
    saturated: Uint8Array.of(0, 1),
  });
});

test.each([
  [0, '0 %'],
  [0.000_01, '0.001 %'],
  [0.000_94, '0.09 %'],
  [0.001, '0.10 %'],
  [0.05, '5.00 %'],
  [0.123, '12.3 %'],
])('a share of %s is %s', (share, text) => {
  expect(percent(share)).toBe(text);
});
