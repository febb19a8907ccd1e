import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import {
  aBehavior,
  aGroup,
  aGroupState,
  alarmOf,
  anObservation,
  aScaleHead,
  CPU_HIGH,
  CPU_LOW,
  firing,
  NOON,
} from '#test/support/builders.ts';

describe('a decision', () => {
  test('has what each stage saw, in order, and one sentence for people', () => {
    expect(decideCapacity(firing(CPU_HIGH))).toEqual({
      kind: 'capacity',
      id: 'web-1',
      group: 'web',
      autoScalingGroup: 'web-prod',
      at: NOON,
      from: 4,
      to: 6,
      wanted: 6,
      rule: 'cpu-high',
      bounds: { min: 2, max: 10 },
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
        passed('override', 'nobody has taken the group in hand'),
        passed('suspended-processes', 'no process that the change needs is suspended'),
        passed('obstacles', 'only removals wait for others'),
        passed('foreign-writer', 'nobody else has changed it'),
        passed('launches', 'all that was wanted is there or on its way'),
        passed('stabilisation', 'no stabilisation window'),
        passed('limits', 'no limit to the rate'),
        passed('cooldown', 'the cooldown of 3 min is over'),
        passed('warm-up', 'warm-up only delays scale-in'),
        passed('protection', 'nothing that is there would leave'),
        passed('roll-back', 'launches succeed, as far as they are wanted'),
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
    expect(
      trace.flatMap(({ stage, verdict }) =>
        verdict === 'hold' || verdict === 'bend' ? [`${stage}: ${verdict}`] : [],
      ),
    ).toEqual(['cooldown: hold', 'bounds: bend']);
  });

  test('that a limit bends and a cooldown then holds names the cooldown', () => {
    const limits = [{ amount: 1, unit: 'capacity', periodSeconds: 60 }] as const;
    const group = aGroup({ behavior: aBehavior({ scaleOut: { limits, cooldownSeconds: 180 } }) });
    const lastScaleOut = { at: NOON - 90_000, from: 3, to: 4 };
    const observation = firing(CPU_HIGH, { group, head: aScaleHead({ lastScaleOut }) });
    const { to, reason, summary } = decideCapacity(observation);

    expect({ to, reason, summary }).toEqual({
      to: 4,
      reason: 'CoolingDown',
      summary:
        'web stays at 4: cpu-high asks for 6, but the change from 3 to 4 was 1 min 30 s ago, and the cooldown is 3 min',
    });
  });

  test('about a group that AWS does not know changes nothing, and says so', () => {
    const { state: _gone, ...rest } = anObservation();

    expect(decideCapacity(rest)).toEqual({
      kind: 'capacity',
      id: 'web-1',
      group: 'web',
      autoScalingGroup: 'web-prod',
      at: NOON,
      from: 0,
      to: 0,
      wanted: 0,
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
  stage,
  verdict: 'pass',
  reason: 'Passed',
  detail,
  capacity: 6,
});
