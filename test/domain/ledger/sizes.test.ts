import { describe, expect, test } from '@jest/globals';
import { nameSome } from '#domain/basics/name-some.ts';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { heldHead, plannedHead } from '#domain/capacity/next-scale-head.ts';
import { decideHealth } from '#domain/health/decide-health.ts';
import {
  type HealthObservation,
  keyOf,
  keyOfRegistration,
  type Target,
} from '#domain/health/health-observation.ts';
import { plannedHealHead, settledHealHead } from '#domain/health/next-heal-head.ts';
import { nextSightings } from '#domain/health/sightings.ts';
import type { TraceLine } from '#domain/ledger/decision.ts';
import { newHealHead, newScaleHead, type Probation } from '#domain/ledger/head.ts';
import { inFlightOf } from '#domain/ledger/in-flight.ts';
import { applied } from '#domain/ledger/outcome.ts';
import { outcomeOfAction } from '#domain/ledger/outcome-of.ts';
import { withUntold } from '#domain/ledger/untold.ts';
import { missedAlarms } from '#domain/sweep/decide-sweep.ts';
import {
  aBehavior,
  aCapacityDecision,
  aFailingTarget,
  aGroup,
  aGroupState,
  aHealedGroup,
  aHealthObservation,
  alarmOf,
  anAlarmRule,
  anInstance,
  anObservation,
  aScaleHead,
  aTarget,
  NOON,
  seconds,
  TARGET_GROUP_ARN,
} from '#test/support/builders.ts';

/** Half of what DynamoDB takes as one item, and still far more than any head should have. */
const LARGEST_HEAD = 350_000;
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const numbered = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const LONG_ARN =
  'arn:aws-us-gov:elasticloadbalancing:us-gov-west-1:123456789012:targetgroup/a-name-that-has-thirty-two-chars/0123456789abcdef';
const idOf = (index: number): string => `i-${String(index).padStart(17, '0')}`;

/** So many members in three target groups each, the first of which fail since so long. */
const fleet = (
  [count, failing]: readonly [number, number],
  overrides: Parameters<typeof aHealedGroup>[0] = {},
  ago = 600,
): HealthObservation => {
  const instances = numbered(count, (index) => anInstance({ id: idOf(index) }));
  const targets = ['a', 'b', 'c'].flatMap((name) =>
    instances.map(({ id }, index): Target => {
      const targetGroupArn = `${LONG_ARN}${name}`;
      return index < failing
        ? { ...aFailingTarget(id), targetGroupArn }
        : aTarget({ id, targetGroupArn });
    }),
  );
  const sick = targets.filter(({ state }) => state === 'unhealthy');
  const sightings = Object.fromEntries(sick.map((one) => [keyOf(one), NOON - seconds(ago)]));
  return aHealthObservation(
    {},
    {
      group: aHealedGroup({ pace: { targets: 3, percent: 100, perSeconds: 3_600 }, ...overrides }),
      state: aGroupState({ capacityDesired: count, capacityMax: 20_000, instances }),
      targets,
      head: { ...newHealHead, sightings },
    },
  );
};

describe('names in a sentence', () => {
  test('are ten at most', () => {
    expect(nameSome(['a', 'b'])).toBe('a, b');
    expect(nameSome(numbered(10, String))).toBe('0, 1, 2, 3, 4, 5, 6, 7, 8, 9');
    expect(nameSome(numbered(12, String))).toBe('0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more');
  });

  test('do not grow with the targets that fail', () => {
    const { summary, trace } = decideHealth(fleet([1_000, 900], { ceilingPercent: 100 }, 60));
    expect(summary).toContain(' and 2690 more failing for 1 min');
    expect(bytesOf({ summary, trace })).toBeLessThan(2_000);
  });
});

describe('what is seen failing', () => {
  test('is remembered of five hundred targets', () => {
    const all = fleet([1_000, 166]);
    expect(Object.keys(nextSightings(all))).toHaveLength(498);
    const tooMany = fleet([1_000, 900]);
    expect(Object.keys(nextSightings(tooMany))).toHaveLength(498);
  });

  test('is remembered of a machine with all its targets, so that it can be healed', () => {
    const seen = Object.keys(nextSightings(fleet([1_000, 900])));
    const machines = new Set(seen.map((key) => key.split(' ')[1]));
    expect(machines.size).toBe(166);
    for (const id of machines) expect(seen.filter((key) => key.endsWith(` ${id}`))).toHaveLength(3);
  });

  test('is remembered first of those that failed the longest', () => {
    const observation = fleet([1_000, 900]);
    const last = observation.targets.find(({ id }) => id === idOf(899)) as Target;
    const sightings = { ...observation.head.sightings, [keyOf(last)]: NOON - seconds(900) };
    const head = { ...observation.head, sightings };
    const next = nextSightings({ ...observation, head });

    expect(Object.keys(next)).toContain(keyOf(last));
    expect(nextSightings({ ...observation, head: { ...head, sightings: next } })).toEqual(next);
  });

  test('is remembered last of those that may not be touched', () => {
    const observation = fleet([1_000, 400]);
    const { state } = observation;
    const instances = (state?.instances ?? []).map((instance, index) => ({
      ...instance,
      isProtected: index < 300,
    }));
    const next = nextSightings({ ...observation, state: aGroupState({ instances }) });
    const ids = Object.keys(next).map((key) => key.split(' ')[1]);

    expect(ids.filter((id) => Number(id?.slice(2, 19)) >= 300)).toHaveLength(300);
    expect(ids).toHaveLength(498);
  });

  test('is remembered of machines that belong to no group', () => {
    const { state: _state, ...observation } = fleet([600, 600]);
    expect(Object.keys(nextSightings(observation))).toHaveLength(498);
  });
});

describe('a decision on targets', () => {
  test('takes out what the function can do in its time, each machine with all its targets', () => {
    const observation = fleet([2_000, 300], { ceilingPercent: 100, floorPercent: 0 });
    const { removals } = decideHealth(observation);

    expect(removals).toHaveLength(99);
    expect(new Set(removals.map(({ targetId }) => targetId)).size).toBe(33);
  });

  test('takes one machine out, however many targets it has', () => {
    const one = numbered(150, (port) => ({ ...aFailingTarget('10.0.0.1'), port: port + 1 }));
    const others = numbered(400, (port) => aTarget({ id: '10.0.0.2', port: port + 1 }));
    const targets = [...one, ...others];
    const sightings = Object.fromEntries(one.map((target) => [keyOf(target), NOON - seconds(600)]));
    const instances = ['10.0.0.1', '10.0.0.2'].map((id) => anInstance({ id }));
    const observation = aHealthObservation(
      {},
      {
        targets,
        head: { ...newHealHead, sightings },
        state: aGroupState({ capacityDesired: 2, instances }),
      },
    );
    expect(decideHealth(observation).removals).toHaveLength(150);
  });

  test('counts five thousand removals at most, for a head remembers each of them', () => {
    const observation = fleet([9_000, 10]);
    const removals = (count: number) => numbered(count, () => NOON - seconds(120));
    const decide = (count: number) =>
      decideHealth({ ...observation, head: { ...observation.head, removals: removals(count) } });

    expect(decide(4_999).reason).toBe('TargetsReplaced');
    expect(decide(5_000)).toMatchObject({
      reason: 'RemovalLimit',
      summary: expect.stringContaining('the limit is 5000'),
    });
  });

  const probation = (index: number): [string, Probation] => {
    const registration = {
      targetGroupArn: TARGET_GROUP_ARN,
      targetId: `10.0.0.${index}`,
      port: 80,
    };
    return [
      keyOfRegistration(registration),
      { ...registration, seconds: 600, until: NOON + seconds(600) },
    ];
  };
  const withOut = (count: number, overrides: Parameters<typeof aHealedGroup>[0] = {}) => {
    const observation = fleet([2_000, 1], { action: 'deregister', ...overrides });
    const probations = Object.fromEntries(numbered(count, probation));
    return { ...observation, head: { ...observation.head, probations } };
  };

  test('leaves a target in when so many are out that it could not be remembered', () => {
    expect(decideHealth(withOut(197)).removals).toHaveLength(3);
    expect(decideHealth(withOut(198))).toMatchObject({
      reason: 'RemovalLimit',
      removals: [],
      summary: expect.stringContaining(
        '198 targets are out to be tried again, and at most 200 may be',
      ),
    });
  });

  test('does not ask who is out when nobody is to be tried again, or it is one of them', () => {
    expect(decideHealth(withOut(500, { action: 'replace' })).removals).toHaveLength(3);

    const observation = withOut(500);
    const again = observation.targets
      .filter(({ state }) => state === 'unhealthy')
      .map((target) => {
        const { id: targetId, port, targetGroupArn } = target;
        return [keyOf(target), { targetId, port, targetGroupArn, seconds: 600, until: NOON }];
      });
    const probations = { ...observation.head.probations, ...Object.fromEntries(again) };
    const head = { ...observation.head, probations };
    expect(decideHealth({ ...observation, head }).removals).toHaveLength(3);
  });
});

describe('the head of healing', () => {
  test('stays far below the size of an item, however large the fleet is', () => {
    const observation = fleet([20_000, 3_000], { ceilingPercent: 100, floorPercent: 0 });
    const decision = decideHealth(observation);
    const probations = Object.fromEntries(
      numbered(200, (index) => {
        const registration = { targetGroupArn: LONG_ARN, targetId: idOf(index), port: 65_535 };
        const key = keyOfRegistration(registration);
        return [key, { ...registration, seconds: 86_400, until: NOON, returnedAt: NOON }];
      }),
    );
    const removals = numbered(4_900, () => NOON - seconds(120));
    const full = { ...observation, head: { ...observation.head, probations, removals } };
    const outcome = outcomeOfAction(decision, applied);
    const planned = withUntold(plannedHealHead(full, decision), {
      untold: numbered(50, () => outcome),
    });

    expect(decision.removals).toHaveLength(99);
    expect(bytesOf(planned)).toBeLessThan(LARGEST_HEAD);
    expect(bytesOf(settledHealHead(planned, outcome, NOON))).toBeLessThan(LARGEST_HEAD);
    expect(bytesOf(outcome)).toBeLessThan(10_000);
  });
});

const manyRules = (count: number) =>
  numbered(count, (index) => anAlarmRule(`${'x'.repeat(240)}-${String(index).padStart(4, '0')}`));

/** A group of so many rules, all of which fire and were heard. */
const busy = (count: number) => {
  const rules = manyRules(count);
  const alarms = rules.map((rule) => alarmOf(rule));
  const heard = alarms.map(({ name, since }) => ({ alarm: name, at: since }));
  return anObservation({ group: aGroup({ rules }), alarms, heard });
};

describe('the head of scaling', () => {
  test('stays far below the size of an item, however many rules there are', () => {
    const observation = busy(1_000);
    const decision = decideCapacity(observation);
    const planned = plannedHead(observation, decision);
    const outcome = outcomeOfAction(decision, applied);

    expect(decision.trace.length).toBeGreaterThan(1_000);
    expect(planned.openAlarms).toHaveLength(50);
    expect(planned.heardAlarms).toHaveLength(50);
    expect(planned.inFlight?.decision.trace).toHaveLength(20);
    expect(bytesOf(planned)).toBeLessThan(LARGEST_HEAD);
    expect(bytesOf(heldHead(observation, decision))).toBeLessThan(LARGEST_HEAD);
    expect(bytesOf(outcome)).toBeLessThan(30_000);
  });

  test('reports no message as missed when it cannot remember all that came', () => {
    const view = (count: number) => {
      const { group, alarms } = busy(count);
      const openAlarms = alarms.map(({ name }) => name).slice(0, 50);
      return {
        now: NOON + seconds(200),
        group,
        scaleHead: aScaleHead({ openAlarms }),
        alarms: new Map(alarms.map((alarm) => [alarm.name, alarm])),
        healHead: newHealHead,
      };
    };
    expect(missedAlarms(view(49))).toHaveLength(49);
    expect(missedAlarms(view(50))).toHaveLength(0);
  });

  test('keeps of a trace what held or changed the plan, and of a long one what the rules asked for', () => {
    const line = (stage: TraceLine['stage'], verdict: TraceLine['verdict']): TraceLine => ({
      stage,
      verdict,
      reason: 'ScaledOut',
      detail: 'so',
    });
    const keptOf = (trace: readonly TraceLine[]) =>
      inFlightOf(aCapacityDecision({ trace }), NOON).decision.trace;
    const rules = [line('rule', 'recommend'), line('rule', 'abstain')];
    const passes = numbered(30, () => line('cooldown', 'pass'));
    const bent = line('limits', 'bend');

    expect(keptOf([...rules, ...passes, bent])).toEqual([...rules, bent]);
    const long = [...rules, ...numbered(20, () => line('rule', 'abstain')), ...passes];
    expect(keptOf(long)).toEqual([line('rule', 'recommend')]);
  });

  test('thins out what the rules wanted, and keeps the least, the largest and the newest', () => {
    const group = aGroup({ behavior: aBehavior({ scaleIn: { stabilizeSeconds: 3_600 } }) });
    const capacities = [5, 9, 2, 7];
    const wishesOf = (count: number) =>
      numbered(count, (index) => ({
        at: NOON - seconds(count - index),
        capacity: capacities[index % 4] ?? 0,
      }));
    const next = (count: number) =>
      heldHead(
        anObservation({ group, head: { ...newScaleHead, wishes: wishesOf(count) } }),
        aCapacityDecision({ wanted: 4 }),
      ).wishes;

    expect(next(499)).toHaveLength(500);
    const thinned = next(500);
    expect(thinned).toHaveLength(251);
    expect(thinned.slice(0, 2).map(({ capacity }) => capacity)).toEqual([9, 2]);
    expect(thinned.at(-1)).toEqual({ at: NOON, capacity: 4 });
  });
});
