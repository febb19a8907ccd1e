import type { Group } from '../../shared/domain/configuration.ts';
import { MINUTE_MS } from '../../shared/domain/instant.ts';
import type { StatMetric } from '../../shared/domain/metric.ts';
import type { AlarmWorld } from './restless-alarms.ts';

const SPANS: Readonly<Record<string, number>> = { load: 140, backlog: 500 };

/** Metrics wander by chance, minute by minute; while it is quiet they stay where they are. */
export const startMetrics = (world: AlarmWorld): void => {
  const { timeline, configuration, cloud, dice } = world;
  const levels = new Map<string, number>();
  const step = (): void => {
    const minute = Math.floor(timeline.now() / MINUTE_MS - 1) * MINUTE_MS;
    for (const { metric, key, span } of configuration().groups.flatMap(wanderers)) {
      const before = levels.get(key) ?? span / 2;
      const drift = world.isQuiet() ? 0 : (dice.random() - 0.5) * 0.3 * span;
      const level = Math.min(span, Math.max(0, before + drift));
      levels.set(key, level);
      if (!dice.strikes('F21', `${key}: no datapoint`)) {
        cloud.metrics.put(metric, minute, { Average: level });
      }
    }
    timeline.at(timeline.now() + MINUTE_MS, step);
  };
  timeline.at(timeline.now() + 1_000, step);
};

type Wanderer = Readonly<{ metric: StatMetric; key: string; span: number }>;

const wanderers = ({ name, metrics }: Group): readonly Wanderer[] =>
  Object.entries(metrics).flatMap(([metricName, metric]) => {
    const span = SPANS[metricName];
    return metric.kind === 'stat' && span !== undefined
      ? [{ metric, key: `${name} ${metricName}`, span }]
      : [];
  });
