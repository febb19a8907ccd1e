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
