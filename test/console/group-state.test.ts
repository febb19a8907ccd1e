import { describe, expect, test } from '@jest/globals';
import {
  answerOf,
  badgeOf,
  gateText,
  gaugeOf,
  healthTexts,
  timeLeft,
} from '#console/page/group-state.ts';
import type { GroupStatus } from '#domain/status/group-status.ts';
import type { HoldingGate } from '#domain/status/holding-gates.ts';
import type { RuleStatus } from '#domain/status/rule-status.ts';
import { anOverride, minutes, NOON } from '#test/support/builders.ts';
import { aGroup } from './a-page.ts';

const aStatus = (change: Partial<GroupStatus> = {}): GroupStatus => ({
  group: 'web',
  autoScalingGroup: 'web-prod',
  at: NOON,
  rules: [],
  gates: [],
  next: { id: 'web-9', from: 4, to: 4, wanted: 4, reason: 'Steady', summary: 'web stays at 4' },
  incidents: [],
  ...change,
});
const next = (to: number, reason: GroupStatus['next']['reason'] = 'Steady') => ({
  ...aStatus().next,
  to,
  reason,
});
const aGate = (change: Partial<HoldingGate> = {}): HoldingGate => ({
  stage: 'cooldown',
  verdict: 'hold',
  reason: 'CoolingDown',
  detail: 'the cooldown is 3 min',
  capacity: 4,
  ...change,
});
const aHealth = (change: Partial<NonNullable<GroupStatus['health']>> = {}) => ({
  registered: 4,
  healthy: 4,
  sick: [],
  out: [],
  onProbation: [],
  next: { reason: 'Healthy', summary: 'web keeps its targets' },
  ...change,
});
const SICK = { target: 'i-1:80', since: NOON - minutes(2), cause: 'Target.Timeout' };

describe('the sign beside the name of a group', () => {
  test.each<Readonly<{ status: Partial<GroupStatus>; tone: string; text: string }>>([
    { status: {}, tone: 'calm', text: 'steady' },
    { status: { next: next(6) }, tone: 'out', text: 'growing to 6' },
    { status: { next: next(3) }, tone: 'in', text: 'shrinking to 3' },
    { status: { next: next(4, 'AtMaximum') }, tone: 'warn', text: 'at its maximum' },
    { status: { gates: [aGate()] }, tone: 'warn', text: 'waits' },
    { status: { health: aHealth({ sick: [SICK] }) }, tone: 'warn', text: 'sick targets' },
    { status: { incidents: [{ key: 'web', since: NOON }] }, tone: 'bad', text: 'needs you' },
    { status: { override: anOverride({ kind: 'pause' }) }, tone: 'held', text: 'paused' },
  ])('is "$text"', ({ status, ...sign }) => {
    expect(badgeOf(aGroup({ status: aStatus(status) }))).toEqual(sign);
  });

  test('says that a group could not be seen, or that its time is over', () => {
    expect(badgeOf(aGroup({ unseen: 'AccessDenied' }))).toEqual({ tone: 'bad', text: 'not seen' });
    expect(badgeOf(aGroup())).toEqual({ tone: 'calm', text: 'over' });
  });
});

describe('the gauge of a metric', () => {
  test.each([
    { value: 60, marks: [60], gauge: { fill: 83, ticks: [83] } },
    { value: 90, marks: [60], gauge: { fill: 100, ticks: [83] } },
    { value: 30, marks: [35, 60], gauge: { fill: 42, ticks: [49, 83] } },
    { value: 30, marks: [], gauge: { fill: 83, ticks: [] } },
    { value: 0, marks: [], gauge: { fill: 0, ticks: [] } },
    { value: -5, marks: [0], gauge: { fill: 0, ticks: [0] } },
  ])(
    'of $value beside $marks ends a fifth beyond the largest threshold',
    ({ gauge, ...metric }) => {
      expect(gaugeOf(metric)).toEqual(gauge);
    },
  );

  test('without a value is empty', () => {
    expect(gaugeOf({ marks: [60] })).toEqual({ fill: 0, ticks: [83] });
  });
});

describe('the words', () => {
  const aRule = (change: Partial<RuleStatus>): RuleStatus => ({
    rule: 'cpu-high',
    text: 'while cpu > 60, add 2',
    answer: 'recommends',
    reason: 'ThresholdMet',
    detail: 'cpu > 60',
    capacity: 6,
    metrics: [],
    ...change,
  });

  test.each<readonly [Partial<RuleStatus>, string]>([
    [{}, 'asks for 6: cpu > 60'],
    [{ isShadow: true }, 'in shadow, asks for 6: cpu > 60'],
    [{ answer: 'abstains' }, 'asks for nothing: cpu > 60'],
    [{ answer: 'blind' }, 'is blind: cpu > 60'],
    [{ answer: 'fails' }, 'lets nothing move: cpu > 60'],
  ])('of a rule %j are "%s"', (change, text) => {
    expect(answerOf(aRule(change))).toBe(text);
  });

  test.each<readonly [Partial<HoldingGate>, string]>([
    [{}, 'cooldown holds: the cooldown is 3 min'],
    [{ until: NOON + 115_000 }, 'cooldown holds for 1 min 55 s more: the cooldown is 3 min'],
    [{ verdict: 'bend', capacity: 5 }, 'cooldown allows 5: the cooldown is 3 min'],
  ])('of a gate %j are "%s"', (change, text) => {
    expect(gateText(aGate(change), NOON)).toBe(text);
  });

  test('of a time that is left never go below zero', () => {
    expect([timeLeft(NOON + 500, NOON), timeLeft(NOON - 1, NOON)]).toEqual(['1 s', '0 s']);
  });

  test('of health name everybody who is sick, out, on probation and in quarantine', () => {
    const health = aHealth({
      sick: [SICK],
      out: [{ target: 'i-2:80', until: NOON, refusals: 0 }],
      onProbation: [{ target: 'i-3:80', until: NOON }],
      inQuarantine: { instance: 'i-4', until: NOON },
    });

    expect(healthTexts(aGroup({ status: aStatus({ health }) }))).toEqual([
      '4 of 4 targets healthy; web keeps its targets',
      'sick for 2 min: i-1:80, Target.Timeout',
      'out: i-2:80, tried again at 2026-03-02 09:00 UTC',
      'on probation until 2026-03-02 09:00 UTC: i-3:80',
      'in quarantine until 2026-03-02 09:00 UTC: i-4',
    ]);
  });

  test('of health say why targets could not be seen, and nothing where none are watched', () => {
    expect(healthTexts(aGroup({ status: aStatus({ healthUnseen: 'denied' }) }))).toEqual([
      'not seen: denied',
    ]);
    expect(healthTexts(aGroup({ status: aStatus() }))).toEqual([]);
  });
});
