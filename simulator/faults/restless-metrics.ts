import type { Group } from '#domain/configuration/configuration.ts';
import type { StatMetric } from '#domain/configuration/metric.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import type { Arrival } from '#simulator/services/cloud-watch/metrics.ts';
import type { AlarmWorld } from './restless-alarms.ts';

/** On top of the usual minute, and within the three that Tidegate reckons with. */
const LATEST_MS = 110 * SECOND_MS;
/** The minutes of a period of which the scenario's total is made. */
const FIVE_MINUTES = 5;
const SPANS: Readonly<Record<string, number>> = { load: 140, demand: 1_200, backlog: 500 };

/** Metrics wander by chance, minute by minute; while it is quiet they stay where they are. */
export const startMetrics = (world: MetricWorld): void => {
  const { timeline, configuration } = world;
  const levels = new Map<string, number>();
  const silentUntil = new Map<string, Instant>();
  const step = (): void => {
    const minute = Math.floor(timeline.now() / MINUTE_MS - 1) * MINUTE_MS;
    for (const wanderer of configuration().groups.flatMap(wanderers)) {
      const level = nextLevel(world, wanderer, levels.get(wanderer.key));
      levels.set(wanderer.key, level);
      publish(world, wanderer, { minute, level, silentUntil });
    }
    timeline.at(timeline.now() + MINUTE_MS, step);
  };
  timeline.at(timeline.now() + 1_000, step);
};

/** The metrics of some runs come each at a time of its own. */
type MetricWorld = AlarmWorld & Readonly<{ lateness: (key: string) => number }>;

const nextLevel = (
  { dice, isQuiet }: AlarmWorld,
  { span }: Wanderer,
  before: number = span / 2,
): number => {
  const drift = isQuiet() ? 0 : (dice.random() - 0.5) * 0.3 * span;
  return Math.min(span, Math.max(0, before + drift));
};

type Published = Readonly<{
  minute: Instant;
  level: number;
  /** The last minute without a datapoint, by metric. */
  silentUntil: Map<string, Instant>;
}>;

const publish = (
  world: MetricWorld,
  { metric, key }: Wanderer,
  { minute, level, silentUntil }: Published,
): void => {
  const { cloud, dice } = world;
  if (dice.strikes('F21', `${key}: no datapoint`)) {
    // Most are back in a minute; some stay away for longer than any rule looks.
    const minutes = dice.random() < 0.3 ? dice.pick(15) : 0;
    silentUntil.set(key, Math.max(silentUntil.get(key) ?? 0, minute + minutes * MINUTE_MS));
  }
  if (minute > (silentUntil.get(key) ?? 0)) {
    cloud.metrics.put(metric, minute, { Average: level, Sum: level / FIVE_MINUTES });
    cloud.metrics.delay(metric, minute, ownLateness(world, { metric, key }));
  }
  // Both together would be later than three minutes.
  if (dice.strikes('F34', `${key}: late`)) {
    cloud.metrics.delay(metric, minute, dice.pick(LATEST_MS));
  } else if (dice.strikes('F40', `${key}: in parts`)) {
    cloud.metrics.trickle(metric, minute, arrivalsOf(dice));
  }
  if (dice.strikes('F35', `${key}: refused`)) refuse(world, metric);
};

/** A total is whole three minutes later at most, and F34 and F40 leave it no room for more. */
const ownLateness = (
  { lateness }: MetricWorld,
  { metric, key }: Pick<Wanderer, 'metric' | 'key'>,
): number => (metric.statistic === 'Average' ? lateness(key) : 0);

/** Two to four parts of a total: the first seconds after the minute, the last up to three minutes after it. */
const arrivalsOf = (dice: AlarmWorld['dice']): readonly Arrival[] => {
  const count = 2 + dice.pick(3);
  const lates = Array.from({ length: count }, () => dice.pick(LATEST_MS + 50_000) - 50_000);
  const shares = Array.from({ length: count - 1 }, () => dice.random()).toSorted((a, b) => a - b);
  return lates
    .toSorted((a, b) => a - b)
    .map((lateMs, index) => ({ lateMs, share: shares[index] ?? 1 }));
};

const refuse = ({ cloud, dice, timeline }: AlarmWorld, metric: StatMetric): void => {
  cloud.metrics.refuse(metric, 'Error in expression: refused on purpose');
  const minutes = 1 + dice.pick(10);
  timeline.at(timeline.now() + minutes * MINUTE_MS, () => cloud.metrics.refuse(metric, undefined));
};

type Wanderer = Readonly<{ metric: StatMetric; key: string; span: number }>;

const wanderers = ({ name, metrics }: Group): readonly Wanderer[] =>
  Object.entries(metrics).flatMap(([metricName, metric]) => {
    const span = SPANS[metricName];
    return metric.kind === 'stat' && span !== undefined
      ? [{ metric, key: `${name} ${metricName}`, span }]
      : [];
  });
