import type { Instant } from '#domain/time/instant.ts';

/** A CloudWatch metric, an expression over several, or a query; presets have become one of these. */
export type Metric = StatMetric | MathMetric | QueryMetric;

export type StatMetric = Readonly<{
  kind: 'stat';
  namespace: string;
  metricName: string;
  dimensions: Readonly<Record<string, string>>;
  /** A CloudWatch statistic or percentile: `Average`, `Sum`, `p99`. */
  statistic: string;
  periodSeconds: number;
  /** The AWS account that has the metric, when it is another one; ours must be its monitoring account. */
  account?: string | undefined;
  /** Seconds after the end of a period until its data have all arrived, as its operators say; absent when they do not. */
  wholeAfterSeconds?: number | undefined;
}>;

/** CloudWatch metric math; the text is passed on untouched. */
export type MathMetric = Readonly<{
  kind: 'math';
  expression: string;
  uses: Readonly<Record<string, StatMetric>>;
  periodSeconds: number;
}>;

/** A query of CloudWatch Metrics Insights, `SELECT …`; the text is passed on untouched. */
export type QueryMetric = Readonly<{
  kind: 'query';
  query: string;
  periodSeconds: number;
}>;

/** A datapoint of a metric. */
export type Reading = Readonly<{
  value: number;
  /** The begin of its period, as CloudWatch dates it. */
  at: Instant;
}>;

/** CloudWatch will not read a metric as it is written, and why. It is no missing data: nothing will come. */
export type Refused = Readonly<{ refusal: string }>;

/** CloudWatch's knowledge of a metric at one moment. */
export type SeenMetric = Readonly<{
  /** The newest datapoint whose period is over and whose data have arrived. */
  whole?: Reading;
  /**
   * Of a metric that only grows while its data arrive, the largest datapoint of the periods after that. There
   * was at least so much: a reason to add, and never one to remove.
   */
  arriving?: Reading;
  /** The newest whole datapoints, the newest first, when so many were asked for. */
  recent?: readonly Reading[];
}>;

/** The result of reading a metric; nothing when it has no data. */
export type Found = SeenMetric | Refused | undefined;

export const isRefused = (found: object | undefined): found is Refused =>
  found !== undefined && 'refusal' in found;

/** The past of a metric as CloudWatch has it: whole minutes, and bins of five minutes of the days before. */
export type Past = Readonly<{
  minutes: readonly Reading[];
  fives: readonly Reading[];
  /** Of a metric that only grows while its data arrive, the minutes after the whole ones, as far as there are any. */
  arriving?: readonly Reading[];
}>;

/** The result of reading the past of a metric; nothing when CloudWatch did not answer in full. */
export type FoundPast = Past | Refused | undefined;

/** A metric to read, and how far back a value may lie. */
export type MetricQuery = Readonly<{
  metric: Metric;
  lookbackSeconds: number;
  /** The whole periods of which the datapoints are wanted, and not of the newest alone. */
  recentPeriods?: number;
}>;
