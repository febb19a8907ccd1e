import type { ForecastRule } from './rule.ts';

/** A forecast rule that knows what it needs. */
export type KnownForecastRule = ForecastRule &
  Readonly<{ perInstance: number; leadSeconds: number }>;

/** Tells whether all that a forecast rule is to learn has been learned. */
export const isLearned = (rule: ForecastRule): rule is KnownForecastRule =>
  rule.perInstance !== undefined && rule.leadSeconds !== undefined;

/** The demand of a minute that one unit of capacity carries, in the unit of the metric's own values. */
export const perUnitOf = ({ per, perInstance }: KnownForecastRule): number =>
  per === 'second' ? 60 * perInstance : perInstance;

/** A learned value stays until the history shows another one by more than this share. */
export const LEARNED_TOLERANCE = 0.1;

/** Measures the way from one value to another as a share of the first: −0.2 is a fifth less. */
export const driftOf = (before: number, now: number): number =>
  before === 0 ? 1 : now / before - 1;

/** True when a value lies further from the one before than the tolerance. */
export const hasDrifted = (before: number, now: number): boolean =>
  Math.abs(driftOf(before, now)) > LEARNED_TOLERANCE;

/** The keys that may say `auto`: of a forecast rule, and `wake` of a warm pool. */
export type Learnable = 'perInstance' | 'lead' | 'wake';

/** A learned value of a file beside the one that a history shows now. */
export type LearnedValue = Readonly<{
  /** The name of a forecast rule, or `warmPool`. */
  rule: string;
  key: Learnable;
  /** Demand a second, or seconds. */
  was: number;
  /** The last day of the history that it was learned from. */
  learnedOn: string;
  now: number;
  /** The last day of the history at hand. */
  on: string;
}>;

/** The learned values of a group, or the reason for which no history shows them. */
export type LearnedFacts =
  | Readonly<{ values: readonly LearnedValue[] }>
  | Readonly<{ missing: string }>;

/** `ahead: perInstance is 76rps, learned on 2026-03-02; the history to 2026-03-20 shows 60rps (−21 %)`. */
export const describeLearned = ({ rule, key, was, learnedOn, now, on }: LearnedValue): string => {
  const text = (value: number): string =>
    key === 'perInstance' ? `${Number(value.toPrecision(3))}rps` : `${value}s`;
  const percent = 100 * driftOf(was, now);
  const moved = `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(0)} %`;
  return `${rule}: ${key} is ${text(was)}, learned on ${learnedOn}; the history to ${on} shows ${text(now)} (${moved})`;
};
