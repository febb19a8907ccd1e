import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import type { GroupObservation } from '#domain/capacity/observation.ts';
import { decideHealth } from '#domain/health/decide-health.ts';
import { newHealHead } from '#domain/ledger/head.ts';
import { groupStatusOf, type StatusView } from '#domain/status/group-status.ts';
import {
  aCapacityDecision,
  aGroup,
  aGroupState,
  aHealthObservation,
  anObservation,
  anOverride,
  aRule,
  aScaleHead,
  CPU_HIGH,
  firing,
  minutes,
  NOON,
  someInstances,
  TARGET_GROUP_ARN,
} from '#test/support/builders.ts';
import { keyOf } from '#test/support/health-changes.ts';
import { observe, pool } from '#test/support/pools.ts';

const statusOf = (observation: GroupObservation, view: Partial<StatusView> = {}) =>
  groupStatusOf({
    capacity: { observation, decision: decideCapacity(observation) },
    values: {},
    recent: [],
    ...view,
  });

describe('the status of a group', () => {
  test('says what there is, what each rule asks for and what the next look decides', () => {
    const state = aGroupState({ capacityDesired: 4, instances: someInstances(4, 1) });
    const observation = firing(CPU_HIGH, { state, group: aGroup({ rules: [CPU_HIGH] }) });
    const values = { cpu: { whole: { value: 82, at: NOON - minutes(2) } } };

    expect(statusOf(observation, { values })).toEqual({
      group: 'web',
      autoScalingGroup: 'web-prod',
      at: NOON,
      capacity: {
        desired: 4,
        inService: 3,
        starting: 1,
        min: { at: 2, by: 'tidegate.yml' },
        max: { at: 10, by: 'tidegate.yml' },
      },
      rules: [
        {
          rule: 'cpu-high',
          text: 'while cpu > 70 for 5m, add 2',
          answer: 'recommends',
          reason: 'ThresholdMet',
          detail: 'cpu > 70 for 5m (in ALARM for 12 s): 1 of 4 warming up, add 2 to 3 makes 5',
          capacity: 5,
          metrics: [{ metric: 'cpu', value: 82, at: NOON - minutes(2), marks: [70] }],
        },
      ],
      gates: [],
      next: {
        id: 'web-1',
        from: 4,
        to: 5,
        wanted: 5,
        reason: 'ScaledOut',
        summary:
          'web 4 → 5: cpu-high: cpu > 70 for 5m (in ALARM for 12 s): 1 of 4 warming up, add 2 to 3 makes 5',
      },
      incidents: [],
    });
  });

  test.each([
    { title: 'with its limit', pool: pool(9, 2, 1), shown: { ready: 2, warming: 1, limit: 9 } },
    { title: 'without one', pool: pool(undefined, 0), shown: { ready: 0, warming: 0 } },
    { title: 'and not one that could not be read', pool: undefined, shown: undefined },
  ])('counts the instances of its warm pool, $title', ({ pool: seen, shown }) => {
    const observation = observe({ capacity: 7, pool: seen });

    expect(statusOf(observation).capacity?.pool).toEqual(shown);
  });

  test('says nothing of a pool that is not ours to size', () => {
    const { warmPool: _none, ...group } = observe({ capacity: 7 }).group;
    const observation = { ...observe({ capacity: 7, pool: pool(9, 2) }), group };

    expect(statusOf(observation).capacity).not.toHaveProperty('pool');
  });

  test('names who set the bounds: the file, the group itself, or a person', () => {
    const boundsOf = (change: Partial<GroupObservation>) => {
      const { min, max } = statusOf(anObservation(change)).capacity ?? {};
      return [min, max];
    };
    const own = { min: { at: 1, by: 'the Auto Scaling group' } };
    const cap = anOverride({ kind: 'cap', capacity: 6 } as never);

    expect(boundsOf({ group: aGroup({ capacity: {} }) })).toEqual([
      own.min,
      { at: 20, by: 'the Auto Scaling group' },
    ]);
    expect(boundsOf({ group: aGroup({ capacity: { max: 50 } }) })[1]).toEqual({
      at: 20,
      by: 'the Auto Scaling group',
    });
    expect(boundsOf({ override: cap })[1]).toEqual({
      at: 6,
      by: 'the cap by ann until 2026-03-02 09:59 UTC (moving the database)',
    });
  });

  test('marks rules in shadow, and metrics that are refused or have no data', () => {
    const rules = [aRule({ isShadow: true })];
    const observation = anObservation({ group: aGroup({ rules }) });
    const withRefusal = statusOf(observation, { values: { cpu: { refusal: 'no such metric' } } });

    expect(withRefusal.rules[0]).toMatchObject({
      isShadow: true,
      answer: 'abstains',
      metrics: [{ metric: 'cpu', refusal: 'no such metric', marks: [70] }],
    });
    expect(statusOf(observation).rules[0]?.metrics).toEqual([{ metric: 'cpu', marks: [70] }]);
    // A part of a period is not shown for the whole.
    const arriving = { cpu: { arriving: { at: NOON, value: 12 } } };
    expect(statusOf(observation, { values: arriving }).rules[0]?.metrics).toEqual([
      { metric: 'cpu', marks: [70] },
    ]);
  });

  test('says that AWS knows no such group, and nothing of its rules', () => {
    const { state: _gone, ...observation } = anObservation();
    const status = statusOf(observation as GroupObservation);

    expect(status).toMatchObject({ rules: [], gates: [], next: { reason: 'GroupNotFound' } });
    expect(status).not.toHaveProperty('capacity');
  });

  test('shows an override while it is in force, and a plan that is not settled', () => {
    const observation = anObservation({ override: anOverride() });
    const recovery = { kind: 'wait', detail: 'web-1 is still in flight' } as const;
    const plan = { decision: aCapacityDecision(), recovery };
    const decision = decideCapacity(observation);

    expect(statusOf(observation, { capacity: { observation, decision, plan } })).toMatchObject({
      override: anOverride(),
      plan: { id: 'web-1', summary: 'web 4 → 6: cpu-high', recovery },
    });
    expect(statusOf({ ...observation, now: NOON + minutes(60) })).not.toHaveProperty('override');
  });

  test('has the last change and the last error', () => {
    const at = NOON - minutes(3);
    const lastScaleOut = { at, from: 2, to: 4 };
    const observation = anObservation({ head: aScaleHead({ lastScaleOut }) });
    const applied = {
      id: 'web-7',
      group: 'web',
      at: at - 400,
      status: 'applied',
      reason: 'ScaledOut',
      summary: 'web 2 → 4: cpu-high',
      settledAt: at,
    } as const;
    const status = statusOf(observation, { recent: [{ ...applied, status: 'refused' }] });

    expect(status.lastError).toEqual({
      at: at - 400,
      id: 'web-7',
      reason: 'ScaledOut',
      summary: 'web 2 → 4: cpu-high',
    });
    expect(statusOf(observation, { recent: [applied] }).lastChange).toEqual({
      at,
      from: 2,
      to: 4,
      id: 'web-7',
      summary: 'web 2 → 4: cpu-high',
    });
    expect(statusOf(observation).lastChange).toEqual({ at, from: 2, to: 4 });
  });
});

describe('the health of a group', () => {
  const healthOf = (observation: ReturnType<typeof aHealthObservation>) => {
    const decision = decideHealth(observation);
    return statusOf(anObservation(), { health: { observation, decision } }).health;
  };

  test('counts targets, and names who is sick and for how long', () => {
    const observation = aHealthObservation({ 'i-1': 60 });
    const decision = decideHealth(observation);

    expect(healthOf(observation)).toEqual({
      registered: 10,
      healthy: 9,
      sick: [
        {
          target: 'i-1:80',
          since: NOON - minutes(1),
          cause: 'Target.FailedHealthChecks: Health checks failed',
        },
      ],
      out: [],
      onProbation: [],
      next: { reason: decision.reason, summary: decision.summary },
    });
  });

  test('names who is out, on probation and in quarantine', () => {
    const out = {
      targetGroupArn: TARGET_GROUP_ARN,
      targetId: 'i-11',
      port: 80,
      seconds: 600,
      until: NOON + minutes(5),
    };
    const quarantined = { instanceId: 'i-13', since: NOON, until: NOON + minutes(60) };
    const head = {
      ...newHealHead,
      probations: {
        [keyOf('i-11')]: { ...out, refusals: 2 },
        [keyOf('i-12')]: { ...out, targetId: 'i-12', returnedAt: NOON - minutes(1) },
      },
      quarantined,
    };

    expect(healthOf(aHealthObservation({}, { head }))).toMatchObject({
      out: [{ target: 'i-11:80', until: NOON + minutes(5), refusals: 2 }],
      onProbation: [{ target: 'i-12:80', until: NOON + minutes(9) }],
      inQuarantine: { instance: 'i-13', until: NOON + minutes(60) },
    });
  });

  test('says why it was not seen', () => {
    const status = statusOf(anObservation(), { health: 'AccessDenied' });

    expect(status.healthUnseen).toBe('AccessDenied');
    expect(status).not.toHaveProperty('health');
  });
});
