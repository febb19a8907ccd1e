import { expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import type { Rule } from '#domain/configuration/rule.ts';
import { bookOf, readBook } from '#test/support/book.ts';
import {
  aBehavior,
  aGroup,
  aGroupState,
  alarmOf,
  anAlarmRule,
  anInstance,
  anObservation,
  anOverride,
  aScaleHead,
  CPU_HIGH,
  CPU_LOW,
  firing,
  minutes,
  NOON,
  seconds,
  someInstances,
} from '#test/support/builders.ts';
import { FORECAST, steadyDemand } from '#test/support/demand.ts';
import { CPU, REQUESTS, reading } from '#test/support/readings.ts';

const TRACK: Rule = {
  kind: 'track',
  name: 'load',
  metric: 'cpu',
  target: 50,
  isTotal: false,
  onMissing: 'hold',
};
const OFFICE: Rule = {
  kind: 'schedule',
  name: 'office',
  min: 6,
  max: 8,
  capacity: 7,
  window: { kind: 'once', from: NOON, to: NOON + minutes(60) },
};
const STEP: Rule = {
  kind: 'step',
  name: 'steps',
  metric: 'cpu',
  atLeast: 2,
  onMissing: { fallback: 5 },
  bands: [
    { side: 'above', bound: 60, adjustment: { kind: 'add', amount: 10, unit: 'percent' } },
    { side: 'below', bound: 20, adjustment: { kind: 'remove', amount: 1, unit: 'capacity' } },
  ],
};
const reads = (rule: Rule, cpu?: number): Partial<Observation> => ({
  group: aGroup({ rules: [rule], metrics: { cpu: CPU } }),
  ...(cpu === undefined ? {} : { readings: { cpu: reading(cpu) } }),
});
const foresees = (rule: Rule, perSecond: number, missing = 0): Partial<Observation> => ({
  group: aGroup({ rules: [rule], metrics: { requests: REQUESTS } }),
  demands: { requests: steadyDemand({ perSecond, missing }) },
});
const behaves = (parts: Parameters<typeof aBehavior>[0]) => ({
  group: aGroup({ behavior: aBehavior(parts) }),
});
const short = (there: number, ago: number) => ({
  state: aGroupState({ capacityDesired: 8, instances: someInstances(there) }),
  head: aScaleHead({ missingSince: NOON - seconds(ago) }),
});
const LIMIT = { amount: 1, unit: 'capacity', periodSeconds: 60 } as const;
const both = [CPU_HIGH, CPU_LOW].map((rule) => alarmOf(rule));

const CASES: Readonly<Record<string, Observation>> = {
  'nothing fires': anObservation(),
  'a rule adds': firing(CPU_HIGH),
  'a rule removes': firing(CPU_LOW),
  'two rules disagree': anObservation({ alarms: both }),
  'a rule removes, another would stay': firing(CPU_LOW, {
    group: aGroup({
      rules: [CPU_LOW, { ...TRACK, name: 'stays' } as Rule],
      metrics: { cpu: CPU },
    }),
    readings: { cpu: reading(50) },
  }),
  'a rule of a ballot would stay, another one goes': firing(CPU_LOW, {
    group: aGroup({
      rules: [{ ...CPU_LOW, ballot: 'cpu' }, { ...TRACK, name: 'stays', ballot: 'cpu' } as Rule],
      metrics: { cpu: CPU },
    }),
    readings: { cpu: reading(50) },
  }),
  'a shadow adds': firing(CPU_HIGH, {
    group: aGroup({ rules: [{ ...CPU_HIGH, isShadow: true }] }),
  }),
  'two rules ask for the same': firing(CPU_HIGH, {
    group: aGroup({ rules: [anAlarmRule('b'), anAlarmRule('a')] }),
    alarms: [alarmOf(anAlarmRule('a')), alarmOf(anAlarmRule('b'))],
  }),
  'an alarm is missing': anObservation({ alarms: [alarmOf(CPU_HIGH, { state: 'OK' })] }),
  'an alarm has no data': anObservation({
    alarms: [alarmOf(CPU_HIGH, { state: 'INSUFFICIENT_DATA' }), alarmOf(CPU_LOW)],
  }),
  'an alarm is muted': anObservation({
    alarms: [alarmOf(CPU_HIGH, { actionsEnabled: false }), alarmOf(CPU_LOW, { state: 'OK' })],
  }),
  'a rule that fails cannot see': anObservation({
    group: aGroup({ rules: [anAlarmRule('unseen', { onMissing: 'fail' })] }),
  }),
  'a rule tracks out': anObservation(reads(TRACK, 80)),
  'a rule tracks in': anObservation(reads(TRACK, 20)),
  'a rule tracks within its tolerance': anObservation(reads(TRACK, 52)),
  'a rule tracks without data': anObservation(reads(TRACK)),
  'a forecast adds': anObservation(foresees(FORECAST, 300)),
  'a forecast removes': anObservation(foresees(FORECAST, 100)),
  'a forecast removes nothing when data are late': anObservation(foresees(FORECAST, 100, 6)),
  'a forecast in shadow': anObservation(foresees({ ...FORECAST, isShadow: true }, 300)),
  'a step adds': anObservation(reads(STEP, 61)),
  'a step removes': anObservation(reads(STEP, 10)),
  'a step between its bands': anObservation(reads(STEP, 40)),
  'a step falls back': anObservation(reads(STEP)),
  'a schedule that holds': anObservation({
    ...reads(OFFICE),
    openings: { office: { isOpen: true, changesAt: NOON + minutes(60) } },
  }),
  'a schedule that does not hold': anObservation({
    ...reads(OFFICE),
    openings: { office: { isOpen: false } },
  }),
  'a group without the tag': firing(CPU_HIGH, { state: aGroupState({ isManaged: false }) }),
  'a group that is being deleted': firing(CPU_HIGH, {
    state: aGroupState({ isBeingDeleted: true }),
  }),
  'a group that is gone': (({ state: _state, ...rest }) => rest)(firing(CPU_HIGH)),
  'a paused group': firing(CPU_HIGH, { override: anOverride() }),
  'a capped group': firing(CPU_HIGH, {
    override: anOverride({ kind: 'cap', capacity: 5 } as never),
  }),
  'a suspended launch': firing(CPU_HIGH, {
    state: aGroupState({ suspendedProcesses: ['Launch'] }),
  }),
  'a suspended alarm notification': firing(CPU_HIGH, {
    state: aGroupState({ suspendedProcesses: ['AlarmNotification'] }),
  }),
  'an instance refresh': firing(CPU_LOW, {
    obstacles: [{ reason: 'InstanceRefreshActive', detail: 'an instance refresh is under way' }],
  }),
  'nothing under way': firing(CPU_LOW, { obstacles: [] }),
  'somebody else took something away': anObservation({ head: aScaleHead({ expected: 7 }) }),
  'and it is put back': anObservation({
    ...behaves({ onForeignChange: 'restore' }),
    head: aScaleHead({ expected: 7 }),
  }),
  'launches have failed for long': anObservation(short(5, 600)),
  'launches may be failing': firing(CPU_HIGH, short(5, 60)),
  'launches fail, and one unit is missing': firing(CPU_HIGH, short(7, 600)),
  'the wish is new': firing(CPU_HIGH, {
    ...behaves({ scaleOut: { stabilizeSeconds: 300 } }),
    head: aScaleHead({ wishes: [{ at: NOON - seconds(200), capacity: 4 }] }),
  }),
  'a smaller wish has lasted': firing(CPU_HIGH, {
    ...behaves({ scaleOut: { stabilizeSeconds: 300 } }),
    head: aScaleHead({ wishes: [{ at: NOON - seconds(300), capacity: 5 }] }),
  }),
  'the wish has lasted': firing(CPU_HIGH, {
    ...behaves({ scaleOut: { stabilizeSeconds: 300 } }),
    head: aScaleHead({ wishes: [{ at: NOON - seconds(300), capacity: 6 }] }),
  }),
  'a limit bends': firing(CPU_HIGH, behaves({ scaleOut: { limits: [LIMIT] } })),
  'a limit is used up': firing(CPU_HIGH, {
    ...behaves({ scaleOut: { limits: [LIMIT], cooldownSeconds: 0 } }),
    head: aScaleHead({ changes: [{ at: NOON - seconds(59), from: 3, to: 4 }] }),
  }),
  'a limit is free again': firing(CPU_HIGH, {
    ...behaves({ scaleOut: { limits: [LIMIT], cooldownSeconds: 0 } }),
    head: aScaleHead({ changes: [{ at: NOON - seconds(60), from: 3, to: 4 }] }),
  }),
  'a wish within its limit': firing(CPU_HIGH, {
    ...behaves({ scaleOut: { limits: [{ amount: 50, unit: 'percent', periodSeconds: 60 }] } }),
  }),
  'scale-in is disabled': firing(CPU_LOW, behaves({ scaleIn: { select: 'disabled' } })),
  'a cooldown': firing(CPU_HIGH, {
    head: aScaleHead({ lastScaleOut: { at: NOON - seconds(90), from: 3, to: 4 } }),
  }),
  'an instance is pending': firing(CPU_LOW, {
    state: aGroupState({ instances: someInstances(4, 1) }),
  }),
  'two instances are pending': firing(CPU_LOW, {
    state: aGroupState({ instances: someInstances(4, 2) }),
  }),
  'units warm up': firing(CPU_LOW, {
    ...behaves({ warmupSeconds: 600, scaleIn: { cooldownSeconds: 0 } }),
    head: aScaleHead({ changes: [{ at: NOON - seconds(400), from: 2, to: 4 }] }),
  }),
  'all are protected': firing(CPU_LOW, {
    state: aGroupState({
      instances: someInstances(4).map((each) => ({ ...each, isProtected: true })),
    }),
  }),
  'nothing that is there would leave': firing(CPU_LOW, {
    state: aGroupState({ instances: [anInstance({ isProtected: true })] }),
    obstacles: [],
  }),
  'at the maximum': firing(CPU_HIGH, { state: aGroupState({ capacityDesired: 10 }) }),
  'at the minimum': firing(CPU_LOW, { state: aGroupState({ capacityDesired: 2 }) }),
  'above the maximum': anObservation({ state: aGroupState({ capacityDesired: 12 }) }),
  'below the minimum': anObservation({ state: aGroupState({ capacityDesired: 1 }) }),
};

test('what is decided, stage by stage, is what the book says', () => {
  const chapters = Object.entries(CASES).map(([title, observation]) => {
    const { summary, reason, trace } = decideCapacity(observation);
    const lines = trace.map(({ stage, verdict, reason: why, subject, capacity, detail }) =>
      [stage, subject, verdict, why, capacity, `- ${detail}`].filter((part) => part !== undefined),
    );
    return { title, lines: [`${reason}: ${summary}`, ...lines.map((parts) => parts.join(' '))] };
  });

  expect(bookOf(chapters)).toBe(readBook('decisions'));
});
