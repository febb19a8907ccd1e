import type { Group } from '../domain/configuration.ts';
import type { Instant } from '../domain/instant.ts';
import type { MetricQuery, Reading } from '../domain/metric.ts';
import type { Observation } from '../domain/observation.ts';
import { metricsOf, type OnMissing } from '../domain/rule.ts';
import { lookback } from '../domain/rules/look.ts';
import type { Opening, Window } from '../domain/schedule.ts';

export type MetricPorts = Readonly<{
  /**
   * The newest datapoints whose period is over, in the order of the queries; without data there is
   * none. It throws when CloudWatch cannot be asked: that is no missing data.
   */
  readMetrics: (queries: readonly MetricQuery[]) => Promise<readonly (Reading | undefined)[]>;
  openingOf: (window: Window, now: Instant) => Opening;
}>;

/** The metrics that rules of these groups read themselves, by group and name, in one call. */
export const observeReadings = async (
  { readMetrics }: MetricPorts,
  groups: readonly Group[],
): Promise<ReadonlyMap<string, Observation['readings']>> => {
  const wanted = groups.flatMap(queriesOf);
  const readings = wanted.length === 0 ? [] : await readMetrics(wanted.map(({ query }) => query));

  return new Map(
    groups.map(({ name }) => [
      name,
      Object.fromEntries(
        wanted.flatMap(({ group, metric }, index) => {
          const reading = readings[index];
          return group === name && reading ? [[metric, reading] as const] : [];
        }),
      ),
    ]),
  );
};

type Wanted = Readonly<{ group: string; metric: string; query: MetricQuery }>;

const queriesOf = ({ name, metrics, rules }: Group): readonly Wanted[] => {
  const readers = new Map<string, OnMissing[]>();
  for (const rule of rules) {
    for (const metric of metricsOf(rule)) {
      const onMissing = 'onMissing' in rule ? [rule.onMissing] : [];
      readers.set(metric, [...(readers.get(metric) ?? []), ...onMissing]);
    }
  }

  return [...readers].flatMap(([metric, onMissing]) => {
    const found = metrics[metric];
    const query = found && { metric: found, lookbackSeconds: lookback(found, onMissing) };
    return query ? [{ group: name, metric, query }] : [];
  });
};

/** Which schedules of the group hold now. */
export const observeOpenings = (
  { openingOf }: Pick<MetricPorts, 'openingOf'>,
  { rules }: Group,
  now: Instant,
): Observation['openings'] =>
  Object.fromEntries(
    rules.flatMap((rule) =>
      rule.kind === 'schedule' ? [[rule.name, openingOf(rule.window, now)] as const] : [],
    ),
  );
