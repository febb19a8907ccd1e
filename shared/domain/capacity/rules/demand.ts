import type { Metric, Past, Reading } from '#domain/configuration/metric.ts';
import { isCount, settleSeconds } from '#domain/configuration/reading-window.ts';
import type { DemandWindow } from '#domain/forecast/demand-window.ts';
import type { MetricDelay } from '#domain/ledger/metric-delay.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';

/**
 * The demand that a forecast goes by, as it is recorded: rounded to six digits of the largest value, and null
 * where it is missing. What is decided is decided on these very numbers.
 */
export type SeenDemand = Readonly<{
  /** The begin of the first minute, in epoch seconds. */
  start: number;
  minutes: readonly (number | null)[];
  /** The number of the first bin of five minutes, counted from the epoch. */
  firstBin: number;
  /** Means of the same demand over bins of five minutes. */
  fives: readonly (number | null)[];
}>;

/** A day of minutes, and eight days of bins, up to the end of the hour. */
const MINUTES = 1_440;
const BIN_MINUTES = 5;
const BINS = 8 * 288;
/** No bin is read that is younger than a day, but for the half hour that is looked ahead and what smoothing takes. */
const READ_BINS = BINS - 288 + 8;

/** The stretches that are read: of single minutes, and of bins of five. */
export const PAST_SECONDS = { minutes: MINUTES * 60, fives: BINS * 300 };

/** The metric with other periods; CloudWatch joins finer ones. */
export const withPeriod = (metric: Metric, periodSeconds: number): Metric => {
  if (metric.kind !== 'math') return { ...metric, periodSeconds };
  const uses = Object.entries(metric.uses).map(
    ([name, used]) => [name, { ...used, periodSeconds }] as const,
  );
  return { ...metric, periodSeconds, uses: Object.fromEntries(uses) };
};

/**
 * A minute is taken so long after its end, in seconds: a total when all of it has arrived, anything else when
 * CloudWatch usually has it, or sooner when looks have learned that it is there sooner. What is published with high
 * resolution, in periods of less than a minute, is there after one of them.
 */
export const delaySeconds = (metric: Metric, learned?: MetricDelay): number => {
  const settle = settleSeconds(withPeriod(metric, 60));
  const usual = Math.max(Math.min(60, metric.periodSeconds), settle);
  return learned === undefined ? usual : Math.min(usual, Math.max(settle, learned.thereAt));
};

/** The moment of a look, and how long after its end a minute is taken, where that is not the usual delay of the metric. */
export type TakenAt = Readonly<{ now: Instant; delay?: number }>;

/** The stretches that a forecast looks at, in minutes and bins counted from the epoch. */
export type DemandSpan = Readonly<{
  firstMinute: number;
  /** No part of the stretch. */
  endMinute: number;
  firstBin: number;
  endBin: number;
}>;

/**
 * The stretches that are looked at now. All windows of an hour begin alike, so that each goes on where the one before
 * it ended: a day reaches back from the end of the hour.
 */
export const demandSpan = (
  metric: Metric,
  { now, delay = delaySeconds(metric) }: TakenAt,
): DemandSpan => {
  const endMinute = Math.floor((now - delay * SECOND_MS) / MINUTE_MS);
  const endOfHour = Math.ceil(endMinute / 60) * 60;
  const firstBin = endOfHour / BIN_MINUTES - BINS;
  return {
    firstMinute: endOfHour - MINUTES,
    endMinute,
    firstBin,
    endBin: firstBin + READ_BINS,
  };
};

/** Takes the whole minutes and the bins of a metric's past, as they are now. */
export const demandOf = (metric: Metric, { minutes, fives }: Past, taken: TakenAt): SeenDemand => {
  const { firstMinute, endMinute, firstBin, endBin } = demandSpan(metric, taken);
  const share = isCount(metric) ? BIN_MINUTES : 1;
  const means = fives.map(({ at, value }) => ({ at, value: value / share }));
  const scale = demandScale(
    [...minutes, ...means].reduce((most, { value }) => Math.max(most, value), 0),
  );
  const round = (value: number | null): number | null =>
    value === null ? null : Math.round(value * scale) / scale;

  const series = withoutIdleBegin(
    onGrid(minutes, { first: firstMinute, count: endMinute - firstMinute, stepMs: MINUTE_MS }),
  );
  const bins = onGrid(means, {
    first: firstBin,
    count: endBin - firstBin,
    stepMs: BIN_MINUTES * MINUTE_MS,
  });
  const known = bins.findIndex((value) => value !== null);
  return {
    start: (endMinute - series.length) * 60,
    minutes: series.map(round),
    firstBin: known === -1 ? 0 : firstBin + known,
    fives: known === -1 ? [] : bins.slice(known).map(round),
  };
};

type DemandGrid = Readonly<{ first: number; count: number; stepMs: number }>;

const onGrid = (
  readings: readonly Reading[],
  { first, count, stepMs }: DemandGrid,
): readonly (number | null)[] => {
  const values = new Array<number | null>(count).fill(null);
  for (const { at, value } of readings) {
    const index = at / stepMs - first;
    if (Number.isInteger(index) && index >= 0 && index < count) values[index] = Math.max(0, value);
  }
  return values;
};

/**
 * Leaves out what is missing at the begin, and zeros before the first demand: errors of hours without any would
 * rule how sure the forecast is of the hours with some. Nothing but zeros stays as it is.
 */
const withoutIdleBegin = (values: readonly (number | null)[]): readonly (number | null)[] => {
  const busy = values.findIndex((value) => value !== null && value > 0);
  const known = values.findIndex((value) => value !== null);
  if (known === -1) return [];
  return values.slice(busy === -1 ? known : busy);
};

/**
 * Takes what has arrived of the minutes after the whole ones: up to the last that has more than the newest whole minute
 * had, and null for those that have no more; they may lack a part. Nothing where there is none.
 */
export const arrivingDemandOf = (
  metric: Metric,
  { minutes }: Pick<SeenDemand, 'minutes'>,
  { arriving, ...taken }: TakenAt & Readonly<{ arriving: readonly Reading[] }>,
): readonly (number | null)[] => {
  const newest = minutes.findLast((value) => value !== null) ?? 0;
  const { delay = delaySeconds(metric) } = taken;
  const { endMinute } = demandSpan(metric, taken);
  // From the end of the whole minutes to the end of the one that is running.
  const count = Math.ceil(delay / 60) + 1;
  const grid = { first: endMinute, count, stepMs: MINUTE_MS };
  const more = onGrid(arriving, grid).map((value) =>
    value !== null && value > newest ? value : null,
  );
  const scale = demandScale(more.reduce<number>((most, value) => Math.max(most, value ?? 0), 0));
  return more
    .slice(0, more.findLastIndex((value) => value !== null) + 1)
    .map((value) => (value === null ? null : Math.round(value * scale) / scale));
};

/**
 * Demand is kept in steps of one over this: six digits of the largest value, and never coarser than whole numbers. It is
 * a power of ten.
 */
export const demandScale = (largest: number): number =>
  10 ** Math.min(15, Math.max(0, 5 - Math.floor(Math.log10(Math.max(largest, 1e-9)))));

/** The window that is forecast from; `missing` takes the place of what has no value. */
export const windowOf = (demand: SeenDemand, missing = Number.NaN): DemandWindow => ({
  startSeconds: demand.start,
  minutes: packed(demand.minutes, missing),
  firstBin: demand.firstBin,
  fives: packed(demand.fives, missing),
});

const packed = (values: SeenDemand['minutes'], missing: number): Float64Array => {
  const numbers = new Float64Array(values.length);
  for (let index = 0; index < values.length; index += 1) numbers[index] = values[index] ?? missing;
  return numbers;
};
