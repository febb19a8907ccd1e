import type { Behavior, Direction, Limit } from '#domain/configuration/behavior.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import {
  type ForecastRule,
  metricsOf as metricsRead,
  type Rule,
} from '#domain/configuration/rule.ts';
import type { Adjustment, OnMissing } from '#domain/configuration/rule-parts.ts';
import type { Dice } from '#simulator/faults/dice.ts';
import { compiled, FORMULAS } from './formulas.ts';
import { ruleInTheChange, scheduleRule } from './scenario-schedules.ts';
import type { Make } from './theme.ts';

const DELTAS = { out: 'add', in: 'remove' } as const;

/** Rules of every kind, some of them bound to alarms, by chance, for a group of its make. */
export const rulesOf = (dice: Dice, group: string, make: Make): readonly Rule[] => {
  const rules = rulesByChance(dice, group, make);
  if (make.due !== 'first') return rules;
  return [...rules.filter((rule) => metricsRead(rule).length === 0), BY_LOAD_ALONE];
};

/** The one rule that reads a metric, in a group of which it is seen how soon. */
const BY_LOAD_ALONE: Rule = {
  kind: 'track',
  name: 'tracks',
  metric: 'load',
  target: 60,
  isTotal: false,
  onMissing: 'hold',
};

const rulesByChance = (dice: Dice, group: string, make: Make): readonly Rule[] => {
  const { size } = make;
  const isPlain = dice.random() < 0.4;
  const chance = (share: number, rule: () => Rule): readonly Rule[] =>
    dice.random() < share ? [{ ...rule(), ...votingOf(dice) }] : [];
  const timed = (share: number, rule: () => Rule): readonly Rule[] =>
    isPlain ? [] : chance(share, rule);

  return [
    threshold(dice, `${group}-high`, outOf(dice)),
    threshold(dice, `${group}-low`, inOf(dice, size)),
    ...chance(0.4, () => threshold(dice, `${group}-peak`, outOf(dice))),
    ...chance(0.3, () => threshold(dice, `${group}-idle`, inOf(dice, size))),
    ...Object.values(TIMED).flatMap(({ share, rule }) => timed(share, () => rule(dice, make))),
    ...(make.change === undefined
      ? []
      : [{ ...scheduleRule(dice, make), name: 'about-the-change' }]),
    ...ruleInTheChange(make),
  ];
};

/** The metrics that rules may read: a mean and a total of each minute, and a total of five. */
export const metricsOf = (group: string): Readonly<Record<string, Metric>> => ({
  load: {
    kind: 'stat',
    namespace: 'Simulated',
    metricName: 'Load',
    dimensions: { Group: group },
    statistic: 'Average',
    periodSeconds: 60,
  },
  demand: {
    kind: 'stat',
    namespace: 'Simulated',
    metricName: 'Demand',
    dimensions: { Group: group },
    statistic: 'Sum',
    periodSeconds: 60,
  },
  backlog: {
    kind: 'stat',
    namespace: 'Simulated',
    metricName: 'Backlog',
    dimensions: { Group: group },
    statistic: 'Sum',
    periodSeconds: 300,
  },
});

const votingOf = (dice: Dice): Pick<Rule, 'isShadow' | 'ballot'> => {
  const choice = dice.random();
  if (choice < 0.1) return { isShadow: true };
  return choice < 0.3 ? { ballot: 'load' } : {};
};

const threshold = (dice: Dice, name: string, adjustment: Adjustment): Rule => ({
  kind: 'threshold',
  name,
  alarm: { kind: 'existing', name },
  adjustment,
  onMissing: dice.random() < 0.8 ? 'hold' : 'ignore',
});

const outOf = (dice: Dice): Adjustment =>
  dice.random() < 0.6
    ? { kind: 'add', amount: 1 + dice.pick(3), unit: 'capacity' }
    : { kind: 'add', amount: 10 + dice.pick(60), unit: 'percent' };

const inOf = (dice: Dice, size: number): Adjustment =>
  dice.random() < 0.8
    ? { kind: 'remove', amount: 1, unit: 'capacity' }
    : { kind: 'set', capacity: size + 2 + dice.pick(3) };

const stepRule = (dice: Dice): Rule => ({
  kind: 'step',
  name: 'steps',
  metric: 'load',
  atLeast: dice.pick(3),
  bands: [
    { side: 'above', bound: 80, adjustment: percent(DELTAS.out, 10) },
    { side: 'above', bound: 110, adjustment: percent(DELTAS.out, 40) },
    { side: 'below', bound: 40, adjustment: percent(DELTAS.in, 10) },
    { side: 'below', bound: 20, adjustment: { kind: 'remove', amount: 2, unit: 'capacity' } },
  ],
  onMissing: missingOf(dice),
});

const percent = (kind: 'add' | 'remove', amount: number): Adjustment => ({
  kind,
  amount,
  unit: 'percent',
});

const trackRule = (dice: Dice): Rule => ({
  ...(dice.random() < 0.5
    ? { kind: 'track', metric: 'load', target: 60, isTotal: false }
    : { kind: 'track', metric: 'backlog', target: 50, isTotal: true }),
  name: 'tracks',
  onMissing: missingOf(dice),
});

/**
 * The past of a run begins with it: forecasts learn from a minute on. One in nine is to learn what an instance carries,
 * and has not; it takes no throw of its own, so that other rules are those of the seed as before.
 */
export const forecastRule = (dice: Pick<Dice, 'one'>): ForecastRule => {
  const perInstance = 1.5;
  const rule: ForecastRule = {
    kind: 'forecast',
    name: 'forecasts',
    metric: 'demand',
    per: 'second',
    risk: dice.one([0.05, 0.1, 0.3]) ?? 0.1,
    margin: dice.one([0, 0.1]) ?? 0.1,
    leadSeconds: dice.one([0, 120, 240]) ?? 120,
    holdSeconds: dice.one([60, 180, 600]) ?? 180,
    onMissing: missingOf(dice),
  };
  return rule.risk === 0.3 && rule.holdSeconds === 600 ? rule : { ...rule, perInstance };
};

const expressionRule = (dice: Dice): Rule => ({
  kind: 'expression',
  name: 'computes',
  onMissing: missingOf(dice),
  ...compiled(dice.one(FORMULAS) ?? 'capacity'),
});

const missingOf = (dice: Pick<Dice, 'one'>): OnMissing =>
  dice.one<OnMissing>(['hold', 'hold', 'ignore', 'zero', { last: 600 }, { fallback: 4 }, 'fail']) ??
  'hold';

/** Runs last two hours: what flaps does so soon, and is slowed down and healed within them. */
const flappingOf = (dice: Dice): Pick<Behavior, 'flapping'> =>
  dice.random() < 0.2
    ? {}
    : {
        flapping: {
          reversals: 2 + dice.pick(2),
          withinSeconds: dice.one([900, 1_800, 3_600]) ?? 1_800,
          longestCooldownSeconds: dice.one([300, 900, 1_800]) ?? 900,
        },
      };

/** Rules of each kind that no alarm wakes, and the share of groups that have one; a kind without scenarios does not compile. */
const TIMED: {
  readonly [K in Exclude<Rule['kind'], 'threshold'>]: Readonly<{
    share: number;
    rule: (dice: Dice, make: Make) => Rule;
  }>;
} = {
  step: { share: 0.4, rule: stepRule },
  track: { share: 0.4, rule: trackRule },
  forecast: { share: 0.35, rule: forecastRule },
  expression: { share: 0.3, rule: expressionRule },
  schedule: { share: 0.4, rule: scheduleRule },
};

const FOUR_MORE: Limit = { amount: 4, unit: 'capacity', periodSeconds: 120 };
const DOUBLED: Limit = { amount: 100, unit: 'percent', periodSeconds: 120 };

/** Makes the behavior of a group; every third has windows and limits, and so has one that begins with nothing. */
export const behaviorOf = (dice: Dice, { isEmpty }: Make): Behavior => {
  const isTame = isEmpty || dice.random() < 0.35;
  const direction = (cooldownSeconds: number, limit: Limit): Direction => ({
    cooldownSeconds,
    tolerancePercent: 10,
    select: 'max',
    stabilizeSeconds: isTame ? (dice.one([0, 120, 300]) ?? 0) : 0,
    limits: isTame && (isEmpty || dice.random() < 0.5) ? [limit] : [],
  });

  return {
    scaleOut: direction(dice.one([0, 60, 180]) ?? 60, isEmpty ? DOUBLED : FOUR_MORE),
    scaleIn: direction(dice.one([60, 300, 600]) ?? 300, {
      amount: 20,
      unit: 'percent',
      periodSeconds: 300,
    }),
    warmupSeconds: dice.one([0, 0, 120]) ?? 0,
    onForeignChange: dice.one(['adopt', 'adopt', 'restore', { hold: 300 }] as const) ?? 'adopt',
    ...flappingOf(dice),
  };
};
