import type { Observation } from '#domain/capacity/observation.ts';
import { lookback } from '#domain/capacity/rules/look.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { type Found, isRefused, type MetricQuery } from '#domain/configuration/metric.ts';
import { factsOf, metricsOf, type OnMissing } from '#domain/configuration/rule.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { ScalePorts } from './ports.ts';

/** Metrics of one group, by name: readings and refusals. */
export type Readings = Pick<Observation, 'readings' | 'refused'>;

/**
 * The metrics that rules of these groups read themselves, by group and name: asked for together, and what
 * CloudWatch refuses concerns its own group alone.
 */
export const observeReadings = async (
  { readMetrics }: Pick<ScalePorts, 'readMetrics'>,
  groups: readonly Group[],
): Promise<ReadonlyMap<string, Readings>> => {
  const wanted = groups.flatMap(queriesOf);
  const found = wanted.length === 0 ? [] : await readMetrics(wanted.map(({ query }) => query));

  return new Map(
    groups.map(({ name }) => [
      name,
      readingsOf(
        wanted.flatMap(({ group, metric }, index) =>
          group === name ? [[metric, found[index]] as const] : [],
        ),
      ),
    ]),
  );
};

const readingsOf = (found: readonly (readonly [metric: string, found: Found])[]): Readings => {
  const refused = found.flatMap(([metric, each]) =>
    isRefused(each) ? [[metric, each.refusal.slice(0, LONGEST_REFUSAL)] as const] : [],
  );
  return {
    readings: Object.fromEntries(
      found.flatMap(([metric, each]) =>
        each === undefined || isRefused(each) ? [] : [[metric, each] as const],
      ),
    ),
    ...(refused.length === 0 ? {} : { refused: Object.fromEntries(refused) }),
  };
};

/** CloudWatch quotes the expression, which may be long; the record keeps what explains it. */
const LONGEST_REFUSAL = 500;

type WantedReading = Readonly<{ group: string; metric: string; query: MetricQuery }>;

const queriesOf = ({ name, metrics, rules }: Group): readonly WantedReading[] => {
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

/** Tells which schedules of the group hold now. */
export const observeOpenings = (
  { openingOf }: Pick<ScalePorts, 'openingOf'>,
  { rules }: Group,
  now: Instant,
): Observation['openings'] =>
  Object.fromEntries(
    rules.flatMap((rule) => {
      const { window } = factsOf(rule);
      return window === undefined ? [] : [[rule.name, openingOf(window, now)] as const];
    }),
  );
