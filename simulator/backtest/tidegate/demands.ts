import type { Observation } from '#domain/capacity/observation.ts';
import {
  arrivingDemandOf,
  type DemandSpan,
  delaySeconds,
  demandScale,
  demandSpan,
  type SeenDemand,
  type TakenAt,
  withPeriod,
} from '#domain/capacity/rules/demand.ts';
import { goOnForecasting } from '#domain/capacity/rules/forecast-of.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { isGrowing } from '#domain/configuration/growing-metric.ts';
import type { Metric, Reading } from '#domain/configuration/metric.ts';
import { isCount } from '#domain/configuration/reading-window.ts';
import { factsOf } from '#domain/configuration/rule.ts';
import type { MetricDelays } from '#domain/ledger/metric-delay.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import type { World } from '../world.ts';
import type { MetricStore } from './metric-store.ts';
import { createPeriods, type Values } from './periods.ts';

type Source = Readonly<{ world: World; valueAt: MetricStore['at']; startMs: Instant }>;

/**
 * Reads the past of the metrics that rules forecast, as `demandOf` takes it from CloudWatch's answer. Forecasts go on
 * from one window to the next, and runs of one world share them while they see the same demand: a day of
 * decisions costs little more than one pass for each of its hours.
 */
export const createDemandReader = (group: Group, source: Source) => {
  const names = [...new Set(group.rules.flatMap((rule) => factsOf(rule).demand ?? []))];
  const pasts = names.flatMap((name) => {
    const metric = group.metrics[name];
    return metric === undefined
      ? []
      : [
          {
            name,
            metric,
            demandAt: createPast(metric, source),
            arrivingAt: createArriving(metric, source.valueAt),
          },
        ];
  });

  return (
    now: Instant,
    delays: MetricDelays = {},
  ): Pick<Observation, 'demands' | 'arrivingDemands'> => {
    if (pasts.length === 0) return {};
    const demands: Record<string, SeenDemand> = {};
    const arrivingDemands: Record<string, readonly (number | null)[]> = {};
    for (const { name, metric, demandAt, arrivingAt } of pasts) {
      const taken = { now, delay: delaySeconds(metric, delays[name]) };
      const demand = demandAt(taken);
      const arriving = arrivingAt(demand, taken);
      demands[name] = demand;
      if (arriving.length > 0) arrivingDemands[name] = arriving;
    }
    return Object.keys(arrivingDemands).length === 0 ? { demands } : { demands, arrivingDemands };
  };
};

/** Finds what is arriving of the minutes after the whole ones. */
const createArriving = (metric: Metric, valueAt: MetricStore['at']) => {
  if (!isGrowing(metric)) return () => [];
  const ofMinute = withPeriod(metric, 60);

  return (demand: SeenDemand, taken: TakenAt): readonly (number | null)[] => {
    const { now } = taken;
    const { endMinute } = demandSpan(metric, taken);
    const arriving: Reading[] = [];
    for (let at = endMinute * MINUTE_MS; at < now; at += MINUTE_MS) {
      const value = valueAt(ofMinute, at, now);
      if (value !== undefined) arriving.push({ at, value });
    }
    return arrivingDemandOf(metric, demand, { arriving, ...taken });
  };
};

const BIN_MINUTES = 5;

const createPast = (metric: Metric, { world, valueAt, startMs }: Source) => {
  const begin = Math.floor(startMs / MINUTE_MS);
  const shared = sharedBy(world, metric);
  const minutes = createPeriods({
    begin,
    stepMs: MINUTE_MS,
    share: 1,
    value: (at, now) => valueAt(withPeriod(metric, 60), at, now),
    seen: shared.minutes,
  });
  const bins = createPeriods({
    begin: Math.floor(begin / BIN_MINUTES),
    stepMs: BIN_MINUTES * MINUTE_MS,
    share: isCount(metric) ? BIN_MINUTES : 1,
    value: (at, now) => valueAt(withPeriod(metric, 300), at, now),
    seen: shared.bins,
  });
  const fivesIn = createFives();
  let last: SeenDemand | undefined;

  return (taken: TakenAt): SeenDemand => {
    const { now } = taken;
    const span = demandSpan(metric, taken);
    minutes.fill(span.endMinute, now);
    bins.fill(span.endBin, now);
    const isShared = minutes.isAsSeen() && bins.isAsSeen();
    const known = isShared ? shared.demands.get(span.endMinute) : undefined;
    const demand =
      known ??
      demandIn(
        span,
        minutes.in(span.firstMinute, span.endMinute),
        fivesIn(bins.in(span.firstBin, span.endBin)),
      );
    if (isShared) shared.demands.set(span.endMinute, demand);
    if (last !== undefined) goOnForecasting(last, demand);
    last = demand;
    return demand;
  };
};

/** The demand of a stretch; its values are listed when somebody reads them. */
const demandIn = ({ endBin }: DemandSpan, minutes: Values, bins: Fives): SeenDemand => {
  const scale = demandScale(Math.max(minutes.largest(), bins.largest));
  const first = minutes.firstBusy();
  return {
    start: first * 60,
    firstBin: bins.known === endBin ? 0 : bins.known,
    get minutes() {
      return minutes.rounded(first, scale);
    },
    get fives() {
      return bins.rounded(scale);
    },
  };
};

/** The bins of an hour, of which the same is asked again and again. */
type Fives = Readonly<{
  largest: number;
  known: number;
  rounded: (scale: number) => SeenDemand['fives'];
}>;

const createFives = () => {
  let last: Readonly<{ bins: Values; fives: Fives }> | undefined;

  return (bins: Values): Fives => {
    if (last?.bins === bins) return last.fives;
    const known = bins.firstKnown();
    const byScale = new Map<number, SeenDemand['fives']>();
    const rounded = (scale: number): SeenDemand['fives'] => {
      const list = byScale.get(scale) ?? bins.rounded(known, scale);
      byScale.set(scale, list);
      return list;
    };
    const fives = { known, largest: bins.largest(), rounded };
    last = { bins, fives };
    return fives;
  };
};

/** The values of a metric that the runs of a world have seen, the first one before the others. */
type Shared = Readonly<{
  minutes: (number | null)[];
  bins: (number | null)[];
  /** By the end of their minutes. */
  demands: Map<number, SeenDemand>;
}>;

const worlds = new WeakMap<World, Map<string, Shared>>();

const sharedBy = (world: World, metric: Metric): Shared => {
  const metrics = worlds.get(world) ?? new Map<string, Shared>();
  worlds.set(world, metrics);
  const name = JSON.stringify(metric);
  const shared = metrics.get(name) ?? { minutes: [], bins: [], demands: new Map() };
  metrics.set(name, shared);
  return shared;
};
