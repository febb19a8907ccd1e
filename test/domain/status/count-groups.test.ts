import { describe, expect, test } from '@jest/globals';
import { countGroups, newestChangeIn } from '#domain/status/count-groups.ts';
import type { GroupStatus, UnseenStatus } from '#domain/status/group-status.ts';
import type { HoldingGate } from '#domain/status/holding-gates.ts';
import type { RuleStatus } from '#domain/status/rule-status.ts';
import { anOverride, minutes, NOON } from '#test/support/builders.ts';

const sizes = (desired: number, min: number, max: number): GroupStatus['capacity'] => ({
  desired,
  inService: desired,
  starting: 0,
  min: { at: min, by: 'tidegate.yml' },
  max: { at: max, by: 'tidegate.yml' },
});
const aStatus = (change: Partial<GroupStatus> = {}): GroupStatus => ({
  group: 'web',
  autoScalingGroup: 'web-prod',
  at: NOON,
  capacity: sizes(4, 2, 10) as NonNullable<GroupStatus['capacity']>,
  rules: [],
  gates: [],
  next: { id: 'web-9', from: 4, to: 4, wanted: 4, reason: 'Steady', summary: 'web stays at 4' },
  incidents: [],
  ...change,
});
const sized = (...of: Parameters<typeof sizes>): GroupStatus =>
  aStatus({ capacity: sizes(...of) as NonNullable<GroupStatus['capacity']> });
const aRule = (change: Partial<RuleStatus>): RuleStatus => ({
  rule: 'cpu-high',
  text: 'while cpu > 70 for 5m, add 2',
  answer: 'recommends',
  reason: 'ThresholdMet',
  detail: 'cpu > 70',
  metrics: [],
  ...change,
});
const aGate = (verdict: HoldingGate['verdict']): HoldingGate => ({
  stage: 'cooldown',
  verdict,
  reason: 'CoolingDown',
  detail: 'the cooldown is 3 min',
  capacity: 4,
});
const UNSEEN: UnseenStatus = { group: 'api', autoScalingGroup: 'api-prod', unseen: 'no answer' };
const { capacity: _none, ...UNKNOWN } = aStatus();

const NOTHING = { unseen: 0, incidents: 0, firing: 0, held: 0, atMax: 0, atMin: 0 };

describe('a group is counted', () => {
  test.each<Readonly<{ title: string; status: GroupStatus | UnseenStatus; counts: object }>>([
    { title: 'as nothing in particular between its bounds', status: aStatus(), counts: {} },
    { title: 'as not seen when it could not be', status: UNSEEN, counts: { unseen: 1 } },
    { title: 'as not seen when AWS does not know it', status: UNKNOWN, counts: { unseen: 1 } },
    {
      title: 'with its open incidents, once',
      status: aStatus({
        incidents: [
          { key: 'web', since: NOON },
          { key: 'web/health', since: NOON },
        ],
      }),
      counts: { incidents: 1 },
    },
    {
      title: 'as firing when a rule asks for another capacity',
      status: aStatus({ rules: [aRule({ capacity: 6 })] }),
      counts: { firing: 1 },
    },
    {
      title: 'as nothing when its rule asks for what there is',
      status: aStatus({ rules: [aRule({ capacity: 4 })] }),
      counts: {},
    },
    {
      title: 'as nothing when a rule in shadow asks',
      status: aStatus({ rules: [aRule({ capacity: 6, isShadow: true })] }),
      counts: {},
    },
    {
      title: 'as nothing when no rule asks for anything',
      status: aStatus({ rules: [aRule({ answer: 'abstains' })] }),
      counts: {},
    },
    {
      title: 'as held by an override',
      status: aStatus({ override: anOverride() }),
      counts: { held: 1 },
    },
    {
      title: 'as held by a gate',
      status: aStatus({ gates: [aGate('hold')] }),
      counts: { held: 1 },
    },
    {
      title: 'as free when a gate only bends',
      status: aStatus({ gates: [aGate('bend')] }),
      counts: {},
    },
    { title: 'at its maximum', status: sized(10, 2, 10), counts: { atMax: 1 } },
    { title: 'above its maximum', status: sized(11, 2, 10), counts: { atMax: 1 } },
    { title: 'at its minimum', status: sized(2, 2, 10), counts: { atMin: 1 } },
    {
      title: 'at its maximum where both bounds are one',
      status: sized(4, 4, 4),
      counts: { atMax: 1 },
    },
  ])('$title', ({ status, counts }) => {
    expect(countGroups([status])).toEqual({ groups: 1, ...NOTHING, ...counts });
  });

  test('beside others, and several times where several things hold', () => {
    const all = { ...sized(10, 2, 10), rules: [aRule({ capacity: 12 })], override: anOverride() };

    expect(countGroups([all, aStatus(), UNSEEN])).toEqual({
      ...NOTHING,
      groups: 3,
      unseen: 1,
      firing: 1,
      held: 1,
      atMax: 1,
    });
  });
});

describe('the newest change', () => {
  const changed = (group: string, ago: number): GroupStatus =>
    aStatus({ group, lastChange: { at: NOON - minutes(ago), from: 4, to: 6, summary: 'grew' } });

  test('of several groups is that of the one that changed last', () => {
    expect(newestChangeIn([changed('web', 9), UNSEEN, changed('api', 3), aStatus()])).toEqual({
      group: 'api',
      at: NOON - minutes(3),
      from: 4,
      to: 6,
    });
  });

  test('is none where no group has changed', () => {
    expect(newestChangeIn([aStatus(), UNSEEN])).toBeUndefined();
  });
});
