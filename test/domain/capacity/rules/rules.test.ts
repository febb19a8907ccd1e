import { describe, expect, test } from '@jest/globals';
import type { ChartMark } from '#domain/capacity/rules/rule-kind.ts';
import { kindOf } from '#domain/capacity/rules/rules.ts';
import type { Turn } from '#domain/capacity/rules/turning-point.ts';
import type {
  ExpressionRule,
  Rule,
  ScheduleRule,
  StepRule,
  TrackRule,
} from '#domain/configuration/rule.ts';
import { anAlarmRule, CPU_HIGH, CPU_LOW, minutes, NOON } from '#test/support/builders.ts';
import { FORECAST } from '#test/support/demand.ts';

const STEP: StepRule = {
  kind: 'step',
  name: 'bands',
  metric: 'cpu',
  bands: [
    { side: 'above', bound: 70, adjustment: { kind: 'add', amount: 10, unit: 'percent' } },
    { side: 'below', bound: 30, adjustment: { kind: 'remove', amount: 1, unit: 'capacity' } },
  ],
  atLeast: 2,
  onMissing: 'hold',
};

const TRACK: TrackRule = {
  kind: 'track',
  name: 'load',
  metric: 'requests',
  target: 1_000,
  isTotal: false,
  onMissing: 'hold',
};

const EXPRESSION: ExpressionRule = {
  kind: 'expression',
  name: 'queue',
  text: 'ceil(backlog / 50)',
  expression: { kind: 'number', value: 4 },
  metrics: ['backlog'],
  onMissing: 'hold',
};

const OFFICE: ScheduleRule = {
  kind: 'schedule',
  name: 'office',
  window: {
    kind: 'recurring',
    start: '0 8 * * MON-FRI',
    end: '0 18 * * MON-FRI',
    timezone: 'Europe/Berlin',
  },
  min: 4,
  max: 8,
};

const LAUNCH: ScheduleRule = {
  kind: 'schedule',
  name: 'launch-day',
  window: { kind: 'once', from: NOON, to: NOON + minutes(360) },
  capacity: 12,
};

type Expected = Readonly<{
  rule: Rule;
  sentence: string;
  turns: readonly Turn[];
  marks: readonly ChartMark[];
}>;

const KINDS: readonly Expected[] = [
  {
    rule: CPU_HIGH,
    sentence: 'while cpu > 70 for 5m, add 2',
    turns: [
      {
        rule: 'cpu-high',
        metric: 'cpu',
        side: 'above',
        bound: 70,
        adjustment: { kind: 'add', amount: 2, unit: 'capacity' },
        atLeast: 0,
      },
    ],
    marks: [{ metric: 'cpu', value: 70, label: 'cpu-high: cpu > 70 for 5m' }],
  },
  {
    rule: CPU_LOW,
    sentence: 'while cpu < 30 for 10m, remove 1',
    turns: [
      {
        rule: 'cpu-low',
        metric: 'cpu',
        side: 'below',
        bound: 30,
        adjustment: { kind: 'remove', amount: 1, unit: 'capacity' },
        atLeast: 0,
      },
    ],
    marks: [{ metric: 'cpu', value: 30, label: 'cpu-low: cpu < 30 for 10m' }],
  },
  {
    rule: anAlarmRule('web-hot', { adjustment: { kind: 'set', capacity: 9 } }),
    sentence: 'while your alarm web-hot fires, set 9',
    turns: [],
    marks: [],
  },
  {
    rule: STEP,
    sentence: 'by cpu: above 70 add 10%, below 30 remove 1',
    turns: STEP.bands.map((band) => ({ ...band, rule: 'bands', metric: 'cpu', atLeast: 2 })),
    marks: [
      { metric: 'cpu', value: 70, label: 'bands: above 70' },
      { metric: 'cpu', value: 30, label: 'bands: below 30' },
    ],
  },
  {
    rule: TRACK,
    sentence: 'keep requests at 1000',
    turns: [],
    marks: [{ metric: 'requests', value: 1_000, label: 'load: target 1000' }],
  },
  {
    rule: { ...TRACK, isTotal: true },
    sentence: 'keep requests at 1000 per unit',
    turns: [],
    marks: [],
  },
  { rule: EXPRESSION, sentence: 'want ceil(backlog / 50)', turns: [], marks: [] },
  {
    rule: FORECAST,
    sentence: 'forecast requests, at 50 per second for each unit',
    turns: [],
    marks: [],
  },
  {
    rule: { ...FORECAST, per: 'value' },
    sentence: 'forecast requests, at 50 for each unit',
    turns: [],
    marks: [],
  },
  {
    rule: OFFICE,
    sentence:
      'from "0 8 * * MON-FRI" to "0 18 * * MON-FRI" in Europe/Berlin, at least 4, at most 8',
    turns: [],
    marks: [],
  },
  {
    rule: LAUNCH,
    sentence: 'from 2026-03-02 09:00 UTC to 2026-03-02 15:00 UTC, want 12',
    turns: [],
    marks: [],
  },
];

describe('each kind of rule', () => {
  test.each(KINDS)('says what it does: $sentence', ({ rule, sentence }) => {
    expect(kindOf(rule).describe(rule)).toBe(sentence);
  });

  test.each(KINDS)('names the values at which it turns: $sentence', ({ rule, turns }) => {
    expect(kindOf(rule).turns(rule)).toEqual(turns);
  });

  test.each([
    { rule: CPU_HIGH, makes: 'able' },
    { rule: CPU_LOW, makes: 'share-of-nothing' },
    { rule: STEP, makes: 'able' },
    { rule: { ...STEP, atLeast: 0 }, makes: 'share-of-nothing' },
    { rule: TRACK, makes: 'able' },
    { rule: FORECAST, makes: 'able' },
    { rule: EXPRESSION, makes: 'able' },
    { rule: OFFICE, makes: 'able' },
  ])('says what it makes of 0 units: a $rule.kind rule is $makes', ({ rule, makes }) => {
    expect(kindOf(rule).fromZero(rule)).toEqual({ makes });
  });

  test.each(KINDS)('names the lines of its chart: $sentence', ({ rule, marks }) => {
    expect(kindOf(rule).marks(rule)).toEqual(marks);
  });
});
