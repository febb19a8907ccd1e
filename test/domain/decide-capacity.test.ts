import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { boundsOf, within } from '../../shared/domain/bounds.ts';
import { decideCapacity } from '../../shared/domain/decide-capacity.ts';
import { isAction } from '../../shared/domain/decision.ts';
import { heldHead } from '../../shared/domain/next-scale-head.ts';
import { currentCapacity } from '../../shared/domain/observation.ts';
import { anyObservation } from '../support/arbitrary-observation.ts';
import {
  aGroup,
  aGroupState,
  alarmOf,
  anObservation,
  aScaleHead,
  CPU_HIGH,
  CPU_LOW,
  firing,
  NOON,
  seconds,
} from '../support/builders.ts';

describe('a decision', () => {
  test('has what each stage saw, in order, and one sentence for people', () => {
    expect(decideCapacity(firing(CPU_HIGH))).toEqual({
      kind: 'capacity',
      id: 'web-1',
      group: 'web',
      autoScalingGroup: 'web-prod',
      at: NOON,
      ...{ from: 4, to: 6, wanted: 6 },
      reason: 'ScaledOut',
      summary: 'web 4 → 6: cpu-high: cpu > 70 for 5m (in ALARM for 12 s): add 2 to 4 makes 6',
      trace: [
        {
          stage: 'rule',
          subject: 'cpu-high',
          verdict: 'recommend',
          reason: 'ThresholdMet',
          detail: 'cpu > 70 for 5m (in ALARM for 12 s): add 2 to 4 makes 6',
          capacity: 6,
        },
        {
          stage: 'rule',
          subject: 'cpu-low',
          verdict: 'abstain',
          reason: 'ThresholdNotMet',
          detail: 'cpu < 30 for 10m is not met',
        },
        {
          stage: 'combine',
          subject: 'cpu-high',
          verdict: 'recommend',
          reason: 'ScaledOut',
          detail: 'cpu > 70 for 5m (in ALARM for 12 s): add 2 to 4 makes 6',
          capacity: 6,
        },
        passed('opt-in', 'the group carries the opt-in tag'),
        passed('suspended-processes', 'no process that the change needs is suspended'),
        passed('stabilisation', 'no stabilisation window'),
        passed('limits', 'no limit to the rate'),
        passed('cooldown', 'the cooldown of 3 min is over'),
        passed('warm-up', 'warm-up only delays scale-in'),
        passed('bounds', '6 is within 2 to 10'),
      ],
    });
  });

  test('is numbered after the version of the ledger that it would write', () => {
    const head = aScaleHead({ version: 41 });

    expect(decideCapacity(firing(CPU_HIGH, { head })).id).toBe('web-42');
  });

  test('ends its trace at the gate that stopped it', () => {
    const state = aGroupState({ isManaged: false });
    const { trace, reason, summary, to } = decideCapacity(firing(CPU_HIGH, { state }));

    expect(trace.at(-1)).toEqual({
      stage: 'opt-in',
      verdict: 'hold',
      reason: 'NotManaged',
      detail: 'the group lacks the tag tidegate:managed=true',
      capacity: 4,
    });
    expect({ reason, to, summary }).toEqual({
      reason: 'NotManaged',
      to: 4,
      summary:
        'web stays at 4: cpu-high asks for 6, but the group lacks the tag tidegate:managed=true',
    });
  });

  test('keeps the bounds although a cooldown holds everything else', () => {
    const observation = firing(CPU_LOW, {
      state: aGroupState({ capacityDesired: 12 }),
      head: aScaleHead({ lastScaleOut: { at: NOON, from: 11, to: 12 } }),
    });
    const { to, reason, trace } = decideCapacity(observation);

    expect({ to, reason }).toEqual({ to: 10, reason: 'AboveMaximum' });
    expect(trace.map(({ verdict }) => verdict).slice(-3)).toEqual(['hold', 'pass', 'bend']);
  });

  test('about a group that AWS does not know changes nothing, and says so', () => {
    const { state: _gone, ...rest } = anObservation();

    expect(decideCapacity(rest)).toEqual({
      kind: 'capacity',
      id: 'web-1',
      group: 'web',
      autoScalingGroup: 'web-prod',
      at: NOON,
      ...{ from: 0, to: 0, wanted: 0 },
      reason: 'GroupNotFound',
      summary:
        'web cannot be scaled: AWS knows no Auto Scaling group named web-prod in this Region',
      trace: [
        {
          stage: 'observe',
          verdict: 'hold',
          reason: 'GroupNotFound',
          detail: 'AWS knows no Auto Scaling group named web-prod in this Region',
        },
      ],
    });
  });

  test('lets the larger wish win on the way out', () => {
    const observation = firing(CPU_LOW);
    const both = { ...observation, alarms: [alarmOf(CPU_HIGH), alarmOf(CPU_LOW)] };

    expect(decideCapacity(both)).toMatchObject({ to: 6, reason: 'ScaledOut' });
  });

  test('removes nothing while another rule is blind', () => {
    const observation = { ...firing(CPU_LOW), alarms: [alarmOf(CPU_LOW)] };

    expect(decideCapacity(observation)).toMatchObject({ to: 4, reason: 'MissingData' });
  });

  test('removes nothing while instances are on their way', () => {
    const instances = [{ ...aGroupState().instances[0], lifecycleState: 'Pending' }];
    const state = { ...aGroupState(), instances } as ReturnType<typeof aGroupState>;

    expect(decideCapacity(firing(CPU_LOW, { state }))).toMatchObject({
      to: 4,
      reason: 'InstancesPending',
    });
  });
});

const passed = (stage: string, detail: string) => ({
  ...{ stage, verdict: 'pass', reason: 'Passed', detail, capacity: 6 },
});

/** Runs a property over any observation. */
const always = (property: (observation: Parameters<typeof decideCapacity>[0]) => void): void =>
  fc.assert(fc.property(anyObservation, property), { numRuns: 2_000 });

describe('whatever is observed', () => {
  test('an action ends within the bounds', () => {
    always((observation) => {
      const decision = decideCapacity(observation);
      const { group, state } = observation;
      if (!state || !isAction(decision)) return;

      expect(within(boundsOf(group, state), decision.to)).toBe(decision.to);
    });
  });

  test('a group that may be touched ends within the bounds even without a rule that fires', () => {
    always((observation) => {
      const { group, state } = observation;
      if (!state?.isManaged || state.isBeingDeleted || state.suspendedProcesses.length > 0) return;
      const { to } = decideCapacity(observation);

      expect(within(boundsOf(group, state), to)).toBe(to);
    });
  });

  test('a group that was not handed over, or is paused, or is going, is left as it is', () => {
    always((observation) => {
      const { state } = observation;
      const isOurs =
        state?.isManaged &&
        !state.isBeingDeleted &&
        !state.suspendedProcesses.includes('AlarmNotification');

      if (!isOurs) expect(isAction(decideCapacity(observation))).toBe(false);
    });
  });

  test('nothing is launched or removed while the process for it is suspended', () => {
    always((observation) => {
      const { from, to } = decideCapacity(observation);
      const suspended = observation.state?.suspendedProcesses ?? [];

      expect(to > from && suspended.includes('Launch')).toBe(false);
      expect(to < from && suspended.includes('Terminate')).toBe(false);
    });
  });

  test('without an alarm that fires only the bounds move a group', () => {
    always((observation) => {
      const alarms = observation.alarms.map((alarm) =>
        alarm.state === 'ALARM' ? { ...alarm, state: 'INSUFFICIENT_DATA' as const } : alarm,
      );
      const decision = decideCapacity({ ...observation, alarms });
      if (isAction(decision)) {
        expect(['BelowMinimum', 'AboveMaximum']).toContain(decision.reason);
      }
    });
  });

  test('nothing is removed during the cooldown but what exceeds the bounds', () => {
    always((observation) => {
      const { from, to, reason } = decideCapacity(observation);
      const { behavior } = observation.group;
      const { lastScaleOut, lastScaleIn } = observation.head;
      const last = Math.max(lastScaleOut?.at ?? -1, lastScaleIn?.at ?? -1);
      const isCooling = observation.now - last < seconds(behavior.scaleIn.cooldownSeconds);

      if (to < from && isCooling) expect(reason).toBe('AboveMaximum');
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

  test('the same observation gives the same decision, also when it was stored in between', () => {
    always((observation) => {
      const stored = JSON.parse(JSON.stringify(observation)) as typeof observation;

      expect(decideCapacity(stored)).toEqual(decideCapacity(observation));
    });
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
      if (!observation.state) return;

      expect(decision.from).toBe(currentCapacity({ ...observation, state: observation.state }));
      expect(decision.summary.length).toBeGreaterThan(10);
      expect(decision.trace.length).toBeGreaterThan(0);
    });
  });

  test('a group without rules only keeps its bounds', () => {
    const observation = anObservation({ group: aGroup({ rules: [] }), alarms: [] });

    expect(decideCapacity(observation)).toMatchObject({ to: 4, reason: 'Steady' });
  });
});
