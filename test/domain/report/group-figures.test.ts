import { describe, expect, test } from '@jest/globals';
import type { ScheduleRule } from '#domain/configuration/rule.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import { describeReport, linesOfReport } from '#domain/report/describe-report.ts';
import { reportOn } from '#domain/report/group-figures.ts';
import type { Sizes } from '#domain/report/sizes.ts';
import { aGroup, aRule, minutes, NOON } from '#test/support/builders.ts';

const aScheduleRule = (change: Partial<ScheduleRule>): ScheduleRule => ({
  kind: 'schedule',
  name: 'office',
  window: { kind: 'once', from: NOON, to: NOON + minutes(60) },
  ...change,
});

const outcome = (change: Partial<Outcome>): Outcome => ({
  schemaVersion: 1,
  kind: 'scaled',
  decisionId: 'web-1',
  group: 'web',
  autoScalingGroup: 'web-prod',
  at: NOON,
  about: 'capacity',
  reason: 'ScaledOut',
  summary: '',
  ...change,
});

const ended = (
  change: Partial<RecordedDecision>,
  told: Partial<Outcome> = {},
): RecordedDecision => {
  const { id = 'web-1', at = NOON } = change;
  return {
    id,
    group: 'web',
    at,
    status: 'applied',
    reason: 'ScaledOut',
    summary: '',
    outcome: outcome({ decisionId: id, at, ...told }),
    ...change,
  };
};

const changed = (minute: number, from: number, to: number, rule = 'cpu-high'): RecordedDecision => {
  const reason = to > from ? 'ScaledOut' : 'ScaledIn';
  return ended(
    { id: `web-${minute}`, at: NOON + minutes(minute) },
    { capacity: { from, to }, reason, rule, instanceType: 'm5.large' },
  );
};

const points = (...values: readonly number[]) =>
  new Map(values.map((value, index) => [NOON + minutes(5 * index), value]));

const sizesOf = (...desired: readonly number[]): Sizes => ({
  periodSeconds: 300,
  inService: points(...desired),
  desired: points(...desired),
  min: points(...desired.map(() => 1)),
  max: points(...desired.map(() => 9)),
});

const high = aRule({ name: 'cpu-high' });
const low = aRule({ name: 'cpu-low' });
const group = aGroup({ rules: [high, low], capacity: { min: 2, max: 4 } });

describe('the report on a group', () => {
  test('counts changes by direction and rule, and those that took back the one before', () => {
    const decisions = [
      changed(9, 4, 3, 'cpu-low'),
      changed(1, 2, 3),
      changed(2, 3, 4),
      changed(20, 3, 5),
    ];

    expect(reportOn({ group, decisions })).toMatchObject({
      changes: { out: 3, in: 1 },
      reversals: 2,
      byRule: { 'cpu-high': 3, 'cpu-low': 1 },
      idleRules: [],
    });
  });

  test('takes no change by the clock, by bounds or by a person for a reversal', () => {
    const schedule = aScheduleRule({ name: 'night', capacity: 2 });
    const decisions = [
      changed(1, 2, 4),
      changed(2, 4, 2, 'night'),
      ended(
        { id: 'web-3', at: NOON + minutes(3) },
        { capacity: { from: 4, to: 3 }, reason: 'AboveMaximum' },
      ),
      changed(4, 3, 4),
    ];

    expect(reportOn({ group: { ...group, rules: [high, schedule] }, decisions }).reversals).toBe(0);
  });

  test('counts refusals, targets that were taken out, and what asked for a person', () => {
    const decisions = [
      ended({ id: 'web-1', status: 'refused' }, { kind: 'blocked', reason: 'AccessDenied' }),
      ended({
        id: 'web-2',
        status: 'held',
        reason: 'AtMaximum',
        outcome: outcome({ kind: 'at-max', reason: 'AtMaximum' }),
      }),
      ended(
        { id: 'web-health-3' },
        {
          about: 'health',
          kind: 'replaced',
          reason: 'TargetsReplaced',
          targets: ['i-1:80', 'i-1:80', 'i-2:80'],
        },
      ),
      ended(
        { id: 'web-health-4' },
        { about: 'health', kind: 'replaced', reason: 'TargetsReturned', targets: ['i-3:80'] },
      ),
    ];

    expect(reportOn({ group, decisions })).toMatchObject({
      refused: 1,
      targets: 2,
      troubles: { AccessDenied: 1, AtMaximum: 1 },
    });
  });

  describe('trouble that goes on', () => {
    const held = (minute: number, change: Partial<RecordedDecision> = {}): RecordedDecision => {
      const { outcome: _none, ...decision } = ended({
        id: `web-${minute}`,
        at: NOON + minutes(minute),
        status: 'held',
        reason: 'AtMaximum',
        ...change,
      });
      return decision;
    };
    const troublesOf = (...decisions: readonly RecordedDecision[]) =>
      reportOn({ group, decisions }).troubles;

    test('asked a person once, however often it was recorded', () => {
      expect(troublesOf(held(1), held(2, { goesOn: true }), held(3, { goesOn: true }))).toEqual({
        AtMaximum: 1,
      });
      expect(troublesOf(held(2, { goesOn: true }))).toEqual({});
    });

    test('of a refusal that came again asked nobody a second time', () => {
      const refused = (minute: number, change: Partial<RecordedDecision> = {}) =>
        ended(
          { id: `web-${minute}`, at: NOON + minutes(minute), status: 'refused', ...change },
          { kind: 'failed', reason: 'AccessDenied' },
        );

      expect(troublesOf(refused(1), refused(2, { goesOn: true }))).toEqual({ AccessDenied: 1 });
    });

    test('is trouble by its kind where its reason alone would be none', () => {
      const kept = held(1, { reason: 'InstancesProtected', outcomeKind: 'blocked' });

      expect(troublesOf(kept)).toEqual({ InstancesProtected: 1 });
      expect(troublesOf(held(1, { reason: 'InstancesProtected' }))).toEqual({});
    });
  });

  test('says nothing of a plan whose end nobody knows', () => {
    const { outcome: _none, ...planned } = ended({ status: 'planned' });

    expect(reportOn({ group, decisions: [planned] })).toMatchObject({
      changes: { out: 0, in: 0 },
      troubles: {},
    });
  });

  test('names active rules that no change followed, and no schedule that only moves bounds', () => {
    const floor = aScheduleRule({ name: 'office', min: 3 });
    const tried = aRule({ name: 'tried', isShadow: true });
    const rules = [high, low, floor, tried];

    expect(
      reportOn({ group: { ...group, rules }, decisions: [changed(1, 2, 3)] }).idleRules,
    ).toEqual(['cpu-low']);
  });

  test('reckons sizes by the narrower of the bounds of the file and of the group', () => {
    const { sizes } = reportOn({ group, decisions: [], sizes: sizesOf(2, 3, 4, 4) });

    expect(sizes).toEqual({
      hours: 1 / 3,
      instanceHours: 13 / 12,
      smallest: 2,
      largest: 4,
      mean: 3.25,
      atMaximum: 1 / 6,
      atMinimum: 1 / 12,
    });
  });

  test('goes by the bounds of the group where the file has none, and knows no figure without sizes', () => {
    const free = { ...group, capacity: {} };

    expect(reportOn({ group: free, decisions: [], sizes: sizesOf(1, 9) }).sizes).toMatchObject({
      atMaximum: 1 / 12,
      atMinimum: 1 / 12,
    });
    const unbound = { ...sizesOf(1, 9), min: new Map(), max: new Map() };
    expect(reportOn({ group: free, decisions: [], sizes: unbound }).sizes).toMatchObject({
      atMaximum: 0,
      atMinimum: 0,
    });
    expect(reportOn({ group, decisions: [], sizes: sizesOf() })).not.toHaveProperty('sizes');
  });

  test.each([
    {
      by: 'the price of the file',
      instanceHour: 2,
      spent: 13 / 6,
      basis: '2 an instance-hour, as tidegate.yml says',
    },
    {
      by: 'the list',
      spent: (0.096 * 13) / 12,
      basis: 'm5.large at $0.096 an hour, on demand in us-east-1, 2026-02-09',
    },
  ])('reckons the cost by $by', ({ instanceHour, spent, basis }) => {
    const priced = instanceHour === undefined ? group : { ...group, instanceHour };
    const { cost } = reportOn({
      group: priced,
      decisions: [changed(1, 2, 3)],
      sizes: sizesOf(2, 3, 4, 4),
    });

    expect(cost?.basis).toBe(basis);
    expect(cost?.spent).toBeCloseTo(spent, 9);
    expect(cost?.atLargest).toBeCloseTo(((instanceHour ?? 0.096) * 4) / 3, 9);
  });

  test('knows no cost where nobody knows the type', () => {
    expect(reportOn({ group, decisions: [], sizes: sizesOf(2, 3) })).not.toHaveProperty('cost');
  });
});

describe('the hints of a report', () => {
  const hints = (sizes: Sizes | undefined, decisions: readonly RecordedDecision[] = []) =>
    reportOn({ group, decisions, ...(sizes === undefined ? {} : { sizes }) }).hints;

  test('say how to let a group publish its sizes', () => {
    expect(hints(undefined)).toEqual([
      'its sizes are not known; let the group publish them: aws autoscaling enable-metrics-collection --auto-scaling-group-name web-prod --granularity 1Minute',
    ]);
  });

  test('say that the minimum binds from half of the time on', () => {
    expect(hints(sizesOf(2, 2, 2))).toEqual([
      'the minimum held for 100 % of the time: the rules would have gone lower; a lower capacity.min saves, unless it is there for another reason',
    ]);
    expect(hints(sizesOf(2, 2.4))).toEqual([]);
  });

  test('say that the maximum was not enough', () => {
    expect(hints(sizesOf(3, 3, 3, 4))[0]).toBe(
      'the maximum held for 25 % of the time: load beyond it went without capacity; a higher capacity.max would have served it',
    );
  });

  test('say a small share with its tenths', () => {
    const sizes = sizesOf(4, ...Array.from({ length: 49 }, () => 3));

    expect(hints(sizes)[0]).toMatch(/^the maximum held for 2\.0 % of the time/);
    expect(hints(sizesOf(4, ...Array.from({ length: 99 }, () => 3)))).toEqual([]);
  });

  test('say what is always there, and what comes and goes', () => {
    expect(hints(sizesOf(2, 3, 3, 3.5))).toEqual([
      'never fewer than 2 served: a commitment (a Savings Plan) for 2 would be used all the time; the other 30 % of the instance-hours came and went, for which Spot may do where work can be interrupted',
    ]);
    expect(hints(sizesOf(0, 3, 3, 3))).toEqual([]);
  });

  test('say that rules turn round, from six changes on', () => {
    const flap = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        index % 2 === 0 ? changed(index, 2, 3) : changed(index, 3, 2, 'cpu-low'),
      );

    expect(hints(sizesOf(3, 3), flap(6))).toEqual([
      '5 of 6 changes took back the one before: tidegate lint names rules that work against each other, and a longer behavior.scaleIn.stabilize calms them',
    ]);
    expect(hints(sizesOf(3, 3), flap(5))).toEqual([]);
  });

  test('say that no change followed a rule, once there were changes', () => {
    expect(hints(sizesOf(3, 3), [changed(1, 3, 3.5)])).toEqual([
      'no change followed cpu-low: other rules asked for more each time, or the condition never held',
    ]);
  });
});

describe('a report for people', () => {
  test('has a line for each kind of figure', () => {
    const decisions = [
      changed(1, 2, 3),
      ended(
        { id: 'web-2', at: NOON + 1, status: 'refused' },
        { kind: 'blocked', reason: 'AccessDenied' },
      ),
      ended(
        { id: 'web-health-3' },
        { about: 'health', kind: 'replaced', reason: 'TargetsReplaced', targets: ['i-1:80'] },
      ),
    ];
    const report = reportOn({ group, decisions, sizes: sizesOf(2, 3, 4, 4) });

    expect(describeReport(report, 7 * 86_400)).toBe(`web (web-prod), the last 7 d
  changes         1 out, 0 in; 0 reversals; 1 refused by AWS; 1 unhealthy target taken out
  in service      2 to 4, 3.3 on average; at the maximum for 0.2 h and at the minimum for 0.1 h of 0.3 h
  instance-hours  1.1; the largest size all the time would have taken 1.3
  cost            0.10; the largest size all the time 0.13 (m5.large at $0.096 an hour, on demand in us-east-1, 2026-02-09)
  rules           cpu-high 1; never followed: cpu-low
  asked a person  AccessDenied 1
  hints           the maximum held for 50 % of the time: load beyond it went without capacity; a higher capacity.max would have served it
                  no change followed cpu-low: other rules asked for more each time, or the condition never held
                  never fewer than 2 served: a commitment (a Savings Plan) for 2 would be used all the time; the other 38 % of the instance-hours came and went, for which Spot may do where work can be interrupted`);
  });

  test.each([
    { reversals: 1, targets: 1, says: '1 reversal; 1 unhealthy target taken out' },
    { reversals: 2, targets: 3, says: '2 reversals; 3 unhealthy targets taken out' },
  ])('counts as people do: $says', ({ reversals, targets, says }) => {
    const report = { ...reportOn({ group, decisions: [] }), reversals, targets };
    const [line] = linesOfReport(report);

    expect(line).toEqual({ word: 'changes', texts: [`0 out, 0 in; ${says}`] });
  });

  test('has no line of hints when there is none', () => {
    const report = reportOn({ group, decisions: [changed(1, 2, 3)], sizes: sizesOf(2, 3, 4, 4) });
    const words = linesOfReport({ ...report, hints: [] }).map(({ word }) => word);

    expect(words).toEqual(['changes', 'in service', 'instance-hours', 'cost', 'rules']);
  });

  test('leaves out what is not known', () => {
    expect(
      describeReport(reportOn({ group: { ...group, rules: [] }, decisions: [] }), 3_600),
    ).toBe(`web (web-prod), the last 1 h
  changes         0 out, 0 in; 0 reversals
  hints           its sizes are not known; let the group publish them: aws autoscaling enable-metrics-collection --auto-scaling-group-name web-prod --granularity 1Minute`);
  });
});
