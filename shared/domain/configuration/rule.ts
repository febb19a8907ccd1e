import type { Expression } from './expression.ts';
import type { Adjustment, AlarmBinding, Condition, OnMissing } from './rule-parts.ts';
import type { Window } from './schedule.ts';

/** A rule says what operators want, in one of several ways. */
export type Rule =
  | ThresholdRule
  | StepRule
  | TrackRule
  | ForecastRule
  | ExpressionRule
  | ScheduleRule;

type RuleBase = Readonly<{
  name: string;
  /** It is evaluated and recorded, and never acts. */
  isShadow?: true;
  /** Within a ballot, who wants to stay does not hold back who wants to go. */
  ballot?: string;
}>;

/** While its alarm is in ALARM, it asks for the adjustment. */
export type ThresholdRule = RuleBase &
  Readonly<{
    kind: 'threshold';
    alarm: AlarmBinding;
    adjustment: Adjustment;
    onMissing: OnMissing;
  }>;

/** An adjustment for each band of a metric, like the steps of an AWS step scaling policy. */
export type StepRule = RuleBase &
  Readonly<{
    kind: 'step';
    metric: string;
    bands: readonly Band[];
    /** The least change of an adjustment in percent (MinAdjustmentMagnitude), in units of capacity. */
    atLeast: number;
    onMissing: OnMissing;
  }>;

/**
 * A band holds from `bound` on, away from the other side: `above` holds its bound and all larger values up to the
 * next band, `below` its bound and all smaller values.
 */
export type Band = Readonly<{ side: 'above' | 'below'; bound: number; adjustment: Adjustment }>;

/** Keeps a metric at its target by a capacity in proportion to it, as the HPA does. */
export type TrackRule = RuleBase &
  Readonly<{
    kind: 'track';
    metric: string;
    target: number;
    /** True when the metric is a total, to be divided by the capacity: a backlog, requests in all. */
    isTotal: boolean;
    onMissing: OnMissing;
  }>;

/** Asks for the capacity that demand will need when an instance launched now serves. */
export type ForecastRule = RuleBase &
  Readonly<{
    kind: 'forecast';
    metric: string;
    /** The demand that one unit of capacity carries within its objective; absent until it is learned. */
    perInstance?: number;
    /** The unit of `perInstance`: of a total a second's or a minute's share, else the metric's own values. */
    per: 'second' | 'minute' | 'value';
    /** The share of minutes in which demand may exceed the quantile that is planned for, from 0.01 to 0.5. */
    risk: number;
    /** A reserve upon it, as a share. */
    margin: number;
    /** From a launch until the instance serves; absent until it is learned. */
    leadSeconds?: number;
    /** The last day of the history from which one of both was learned; absent where the operator said them. */
    learnedOn?: string;
    /** On the way in, the largest capacity counts that was asked for within so long; 60 to 600. */
    holdSeconds: number;
    onMissing: OnMissing;
  }>;

/** Computes the capacity. */
export type ExpressionRule = RuleBase &
  Readonly<{
    kind: 'expression';
    /** As the operator wrote it, for messages. */
    text: string;
    expression: Expression;
    /** The metrics that the expression names. */
    metrics: readonly string[];
    onMissing: OnMissing;
  }>;

/** While its window is open, it raises the minimum, lowers the maximum or asks for a capacity. */
export type ScheduleRule = RuleBase &
  Readonly<{
    kind: 'schedule';
    window: Window;
    min?: number;
    max?: number;
    capacity?: number;
  }>;

/** The facts of a kind of rule are what can be read off a rule alone, without an observation. */
type RuleFacts<R> = Readonly<{
  /** `follows` goes wherever its metrics lead, `steps` by its adjustments, `clock` by its window. */
  course: 'follows' | 'steps' | 'clock';
  alarm: (rule: R) => AlarmBinding | undefined;
  /** The metrics that a rule reads itself; of the one behind an alarm it hears by the alarm. */
  metrics: (rule: R) => readonly string[];
  /** The metric of which it reads the past, where the others read the newest value. */
  demand: (rule: R) => string | undefined;
  adjustments: (rule: R) => readonly Adjustment[];
  /** The value at which it keeps a metric that twice the capacity halves. */
  target: (rule: R) => Readonly<{ metric: string; value: number }> | undefined;
  window: (rule: R) => Window | undefined;
  /** Bounds that it sets, and the capacity that it asks for, while its window is open. */
  bounds: (rule: R) => Readonly<{ min?: number; max?: number; capacity?: number }>;
}>;

const none = (): undefined => undefined;
const nothing = (): readonly never[] => [];
const noBounds = () => ({});

const FACTS: { readonly [K in Rule['kind']]: RuleFacts<Extract<Rule, { kind: K }>> } = {
  threshold: {
    course: 'steps',
    alarm: ({ alarm }) => alarm,
    metrics: ({ alarm }) => (alarm.kind === 'watched' ? [alarm.condition.metric] : []),
    demand: none,
    adjustments: ({ adjustment }) => [adjustment],
    target: none,
    window: none,
    bounds: noBounds,
  },
  step: {
    course: 'steps',
    alarm: none,
    metrics: ({ metric }) => [metric],
    demand: none,
    adjustments: ({ bands }) => bands.map(({ adjustment }) => adjustment),
    target: none,
    window: none,
    bounds: noBounds,
  },
  track: {
    course: 'follows',
    alarm: none,
    metrics: ({ metric }) => [metric],
    demand: none,
    adjustments: nothing,
    target: ({ metric, target, isTotal }) => (isTotal ? undefined : { metric, value: target }),
    window: none,
    bounds: noBounds,
  },
  forecast: {
    course: 'follows',
    alarm: none,
    metrics: ({ metric }) => [metric],
    demand: ({ metric }) => metric,
    adjustments: nothing,
    target: none,
    window: none,
    bounds: noBounds,
  },
  expression: {
    course: 'follows',
    alarm: none,
    metrics: ({ metrics }) => metrics,
    demand: none,
    adjustments: nothing,
    target: none,
    window: none,
    bounds: noBounds,
  },
  schedule: {
    course: 'clock',
    alarm: none,
    metrics: nothing,
    demand: none,
    adjustments: nothing,
    target: none,
    window: ({ window }) => window,
    bounds: (rule) => rule,
  },
};

/** The facts of a rule; the table has those of its own kind. */
export const factsOf = (rule: Rule): { readonly [F in keyof RuleFacts<Rule>]: FactOf<F> } => {
  const facts = FACTS[rule.kind] as RuleFacts<Rule>;
  return {
    course: facts.course,
    alarm: facts.alarm(rule),
    metrics: facts.metrics(rule),
    demand: facts.demand(rule),
    adjustments: facts.adjustments(rule),
    target: facts.target(rule),
    window: facts.window(rule),
    bounds: facts.bounds(rule),
  };
};

type FactOf<F extends keyof RuleFacts<Rule>> = RuleFacts<Rule>[F] extends (rule: Rule) => infer T
  ? T
  : RuleFacts<Rule>[F];

/** The condition of a rule that has one; none of an alarm of the operator's own. */
export const conditionOf = (rule: Rule): Condition | undefined => {
  const { alarm } = factsOf(rule);
  return alarm === undefined || alarm.kind === 'existing' ? undefined : alarm.condition;
};

/** The alarms in CloudWatch that rules are bound to, each once. */
export const alarmsOf = (rules: readonly Rule[]): readonly string[] => [
  ...new Set(
    rules.flatMap((rule) => {
      const { alarm } = factsOf(rule);
      return alarm === undefined || alarm.kind === 'watched' ? [] : [alarm.name];
    }),
  ),
];

export const metricsOf = (rule: Rule): readonly string[] => factsOf(rule).metrics;
