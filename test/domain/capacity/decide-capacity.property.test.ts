import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { decideRecovery } from '#domain/capacity/decide-recovery.ts';
import { presentUnits } from '#domain/capacity/missing-units.ts';
import { narrowedBoundsOf, within } from '#domain/capacity/narrowed-bounds.ts';
import { heldHead } from '#domain/capacity/next-scale-head.ts';
import { currentCapacity, type GroupObservation } from '#domain/capacity/observation.ts';
import { isAction } from '#domain/ledger/decision.ts';
import { inForce } from '#domain/ledger/override.ts';
import { countsAsCapacity, phaseOf } from '#domain/observed/lifecycle.ts';
import { parseRecord } from '#parse/record/parse-record.ts';
import { anyObservation } from '#test/support/arbitrary-observation.ts';
import {
  aCapacityDecision,
  aGroup,
  anAlarmRule,
  anObservation,
  minutes,
  NOON,
  seconds,
} from '#test/support/builders.ts';
import { runs } from '#test/support/runs.ts';

/** Runs a property over any observation. */
const always = (property: (observation: GroupObservation) => void): void =>
  fc.assert(fc.property(anyObservation, property), { numRuns: runs(2_000) });

/** Reasons that move a group although no rule asks for it. */
const CORRECTIONS = ['BelowMinimum', 'AboveMaximum', 'Pinned', 'Restored', 'RolledBack'];
/** Units that no scale-in takes: those of protected instances, and of instances in a state that nobody knows. */
const protectedUnits = ({ state }: GroupObservation): number =>
  state.instances
    .filter((each) => countsAsCapacity(each))
    .filter((each) => each.isProtected || phaseOf(each.lifecycleState) === 'unknown')
    .reduce((sum, { weight }) => sum + weight, 0);
/** Within the bounds; what is protected stays, also above the maximum. */
const isAllowed = (capacity: number, observation: GroupObservation): boolean => {
  const nearest = within(narrowedBoundsOf(observation), capacity);
  return nearest === capacity || (capacity > nearest && capacity <= protectedUnits(observation));
};
const isPaused = ({ override, now }: GroupObservation): boolean =>
  inForce(override, now)?.kind === 'pause';

describe('whatever is observed', () => {
  test('an action ends within the bounds', () => {
    always((observation) => {
      const decision = decideCapacity(observation);
      if (!isAction(decision)) return;
      expect(isAllowed(decision.to, observation)).toBe(true);
    });
  });

  test('a group that may be touched ends within the bounds even without a rule that fires', () => {
    always((observation) => {
      const { state } = observation;
      if (!state.isManaged || state.isBeingDeleted || state.suspendedProcesses.length > 0) return;
      if (isPaused(observation) || (observation.obstacles ?? []).length > 0) return;
      const { to } = decideCapacity(observation);

      expect(isAllowed(to, observation)).toBe(true);
    });
  });

  test('a group that was not handed over, or is paused, or is going, is left as it is', () => {
    always((observation) => {
      const { state } = observation;
      const isOurs =
        state.isManaged &&
        !state.isBeingDeleted &&
        !state.suspendedProcesses.includes('AlarmNotification') &&
        !isPaused(observation);

      if (!isOurs) expect(isAction(decideCapacity(observation))).toBe(false);
    });
  });

  test('nothing is launched or removed while the process for it is suspended', () => {
    always((observation) => {
      const { from, to } = decideCapacity(observation);
      const suspended = observation.state.suspendedProcesses;

      expect(to > from && suspended.includes('Launch')).toBe(false);
      expect(to < from && suspended.includes('Terminate')).toBe(false);
    });
  });

  test('missing data alone moves nothing but what its rules say of it', () => {
    always((observation) => {
      const rules = observation.group.rules.filter(
        (rule) =>
          !('onMissing' in rule) ||
          (rule.onMissing !== 'zero' &&
            !(typeof rule.onMissing === 'object' && 'fallback' in rule.onMissing)),
      );
      const decision = decideCapacity({
        ...observation,
        alarms: [],
        readings: {},
        arriving: {},
        openings: {},
        group: { ...observation.group, rules },
      });
      if (isAction(decision)) {
        expect(CORRECTIONS).toContain(decision.reason);
      }
    });
  });

  test('a rule that cannot see and says fail lets only the bounds move a group', () => {
    always((observation) => {
      const fails = anAlarmRule('unseen', { onMissing: 'fail' });
      const rules = [...observation.group.rules, fails];
      const decision = decideCapacity({
        ...observation,
        group: { ...observation.group, rules },
      });
      if (isAction(decision)) {
        expect(CORRECTIONS).toContain(decision.reason);
      }
    });
  });

  test('shadows change nothing but the trace', () => {
    always((observation) => {
      const { group } = observation;
      const decide = (rules: typeof group.rules) => {
        const { trace: _trace, ...rest } = decideCapacity({
          ...observation,
          group: { ...group, rules },
        });
        return rest;
      };

      expect(decide(group.rules)).toEqual(decide(group.rules.filter((rule) => !rule.isShadow)));
    });
  });

  test('nothing is removed during the cooldown but what exceeds the bounds', () => {
    always((observation) => {
      const { from, to, reason } = decideCapacity(observation);
      const { behavior } = observation.group;
      const { lastScaleOut, lastScaleIn } = observation.head;
      const last = Math.max(lastScaleOut?.at ?? -1, lastScaleIn?.at ?? -1);
      const isCooling = observation.now - last < seconds(behavior.scaleIn.cooldownSeconds);

      if (to < from && isCooling) {
        expect(['AboveMaximum', 'Pinned', 'RolledBack']).toContain(reason);
      }
    });
  });

  test('the capacity is not lowered while something else is under way, by whatever gate', () => {
    always((observation) => {
      const { from, to } = decideCapacity(observation);

      if (to < from) expect(observation.obstacles ?? []).toEqual([]);
    });
  });

  test('the capacity is not lowered below what is protected, by whatever gate', () => {
    always((observation) => {
      const { from, to } = decideCapacity(observation);
      const staying = Math.min(from, protectedUnits(observation));

      if (to < from) expect(to).toBeGreaterThanOrEqual(staying);
    });
  });

  test('a plan to lower the capacity is not issued again past a guard', () => {
    fc.assert(
      fc.property(anyObservation, fc.nat(30), (observation, to) => {
        const from = observation.state.capacityDesired;
        if (to >= from) return;
        const decision = aCapacityDecision({ at: NOON - minutes(2), from, to });
        const inFlight = { decision, claimedAt: NOON - minutes(2) };
        if (decideRecovery(observation, inFlight).kind !== 'reissue') return;

        expect(isPaused(observation)).toBe(false);
        expect(observation.obstacles ?? []).toEqual([]);
        expect(observation.state.suspendedProcesses).not.toContain('Terminate');
        expect(to).toBeGreaterThanOrEqual(Math.min(from, protectedUnits(observation)));
      }),
      { numRuns: runs(2_000) },
    );
  });

  test('what is rolled back leaves all that is there', () => {
    always((observation) => {
      const { to, reason } = decideCapacity(observation);

      if (reason === 'RolledBack') expect(to).toBeGreaterThan(presentUnits(observation.state));
    });
  });

  test('the order of the rules and of the alarms changes nothing', () => {
    always((observation) => {
      const { group, alarms } = observation;
      const { trace: _a, ...there } = decideCapacity(observation);
      const { trace: _b, ...back } = decideCapacity({
        ...observation,
        group: { ...group, rules: group.rules.toReversed() },
        alarms: alarms.toReversed(),
      });

      expect({ to: back.to, reason: back.reason }).toEqual({ to: there.to, reason: there.reason });
    });
  });

  test('its record gives the same decision again, byte for byte', () => {
    const replayed = (observation: GroupObservation): void => {
      const decision = decideCapacity(observation);
      const record = parseRecord(JSON.stringify({ schemaVersion: 1, decision, observation }));
      if (!record.ok || record.value.kind !== 'capacity') throw new Error('the record is refused');

      expect(JSON.stringify(decideCapacity(record.value.observation))).toBe(
        JSON.stringify(record.value.decision),
      );
    };
    fc.assert(fc.property(anyObservation, replayed), { numRuns: runs(10_000) });
  });

  test('a decision to hold leaves every cooldown as it was', () => {
    always((observation) => {
      const decision = decideCapacity(observation);
      if (isAction(decision)) return;
      const { lastScaleOut, lastScaleIn } = heldHead(observation, decision);

      expect({ lastScaleOut, lastScaleIn }).toEqual({
        lastScaleOut: observation.head.lastScaleOut,
        lastScaleIn: observation.head.lastScaleIn,
      });
    });
  });

  test('it speaks of the capacity that it reckons from, and tells why', () => {
    always((observation) => {
      const decision = decideCapacity(observation);
      expect(decision.from).toBe(currentCapacity(observation));
      expect(decision.summary.length).toBeGreaterThan(10);
      expect(decision.trace.length).toBeGreaterThan(0);
    });
  });

  test('a group without rules only keeps its bounds', () => {
    const observation = anObservation({ group: aGroup({ rules: [] }), alarms: [] });

    expect(decideCapacity(observation)).toMatchObject({ to: 4, reason: 'Steady' });
  });
});
