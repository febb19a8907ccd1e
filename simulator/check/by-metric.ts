import type { Metric } from '#domain/configuration/metric.ts';

/** A map by metrics that are the same, whichever object says so: those of a member are made anew at each look. */
export type ByMetric<T> = Readonly<{
  get: (metric: Metric) => T | undefined;
  set: (metric: Metric, value: T) => void;
}>;

const texts = new WeakMap<Metric, string>();

const textOf = (metric: Metric): string => {
  const known = texts.get(metric);
  if (known !== undefined) return known;
  const text = JSON.stringify(metric);
  texts.set(metric, text);
  return text;
};

export const createByMetric = <T>(): ByMetric<T> => {
  const values = new Map<string, T>();
  return {
    get: (metric) => values.get(textOf(metric)),
    set: (metric, value) => {
      values.set(textOf(metric), value);
    },
  };
};
