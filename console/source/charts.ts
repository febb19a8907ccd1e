import { isSteep } from '#console/page/chart-range.ts';
import type { Chart, Line, Mark } from '#console/page/data.ts';
import type { SeriesName } from '#domain/history/series.ts';
import type { GroupStatus } from '#domain/status/group-status.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import type { RuleMetric } from './rule-metrics.ts';

/** A value for each moment of a time line; `null` where it is missing. */
export type Values = readonly (number | null)[];

/** The series that charts are made of: those of a history, the desired capacity, the warm pool, and what rules go by. */
export type Wanted = SeriesName | 'desired' | 'pooled' | 'rule';

/** The state and the decisions of a group, which its metrics do not tell. */
export type Beside = Readonly<{
  status: GroupStatus | undefined;
  marks: readonly Mark[];
}>;

type ValuesOf = (wanted: Wanted) => Values;

/** The work that comes in: requests, messages, or nothing where nobody counts them. */
export const demandChart = (valuesOf: ValuesOf): readonly Chart[] => {
  const requests = valuesOf('requests');
  const sent = valuesOf('messagesSent');
  const chart = (title: string, name: string, values: Values): Chart => ({
    title,
    unit: `${name} per second`,
    kind: 'demand',
    lines: [
      {
        name,
        style: 'area',
        values: [...values.map((value) => (value === null ? null : rounded(value / 60))), null],
      },
    ],
    thresholds: [],
  });
  return [
    ...(isThere(requests) ? [chart('Demand', 'requests', requests)] : []),
    ...(isThere(sent) ? [chart('Demand', 'messages', sent)] : []),
  ];
};

/** The response time, where a load balancer measures it. */
export const latencyChart = (valuesOf: ValuesOf, limitMs: number | undefined): readonly Chart[] => {
  const seconds = valuesOf('latency');
  if (!isThere(seconds)) return [];
  return [
    {
      title: 'Response time',
      unit: 'p95 in ms, log scale',
      kind: 'latency',
      isLogarithmic: true,
      lines: [
        {
          name: 'p95',
          style: 'line',
          values: [
            ...seconds.map((value) => (value === null ? null : rounded(1_000 * value))),
            null,
          ],
        },
      ],
      thresholds:
        limitMs === undefined ? [] : [{ value: limitMs, label: `slow from ${limitMs} ms` }],
    },
  ];
};

/** A metric that rules go by, with the values at which they act. */
export const ruleChart = ({ name, unit, thresholds }: RuleMetric, values: Values): Chart => {
  const lines = [{ name, style: 'line' as const, values }];
  return {
    title: name,
    unit,
    kind: 'metric',
    ...(isSteep({ lines, thresholds }) ? { isLogarithmic: true } : {}),
    lines,
    thresholds,
  };
};

/**
 * The wanted capacity and what serves of it, each with its newest value from the group itself. What is ready in the warm
 * pool lies on that as a band, where the group publishes it.
 */
export const capacityChart = (
  times: readonly Instant[],
  valuesOf: ValuesOf,
  { status, marks }: Beside,
): Chart => {
  const measured = valuesOf('desired');
  const capacity = status?.capacity;
  const desired = isThere(measured) ? held(measured) : desiredBy(marks, times, capacity?.desired);
  return {
    title: 'Capacity',
    unit: 'units',
    kind: 'marks',
    lines: [
      {
        name: 'wanted',
        style: 'step',
        values: [...desired, capacity?.desired ?? desired.at(-1) ?? null],
      },
      {
        name: 'serving',
        style: 'step',
        values: [...valuesOf('inService'), capacity?.inService ?? null],
      },
      ...poolBand(valuesOf('pooled'), capacity?.pool?.ready),
    ],
    thresholds:
      capacity === undefined
        ? []
        : [
            { value: capacity.max.at, label: `at most ${capacity.max.at}`, isBound: true as const },
            {
              value: capacity.min.at,
              label: `at least ${capacity.min.at}`,
              isBound: true as const,
            },
          ],
  };
};

const poolBand = (measured: Values, present: number | undefined): readonly Line[] =>
  isThere(measured)
    ? [{ name: 'ready in the pool', style: 'band', values: [...held(measured), present ?? null] }]
    : [];

/** A level that was not measured in a minute is as it was before. */
const held = (values: Values): Values => {
  let last: number | null = null;
  return values.map((value) => {
    last = value ?? last;
    return last;
  });
};

/** The desired capacity by the changes that Tidegate made, for groups that do not publish it. */
const desiredBy = (
  marks: readonly Mark[],
  times: readonly Instant[],
  present: number | undefined,
): Values => {
  const changes = marks.flatMap(({ at, change }) => (change ? [{ at, ...change }] : []));
  return times.map((minute) => {
    const end = minute + MINUTE_MS;
    const before = changes.findLast(({ at }) => at < end)?.to;
    return before ?? changes.find(({ at }) => at >= end)?.from ?? present ?? null;
  });
};

const isThere = (values: Values): boolean => values.some((value) => value !== null);

/** Four figures are more than a chart shows. */
export const rounded = (value: number | undefined): number | null =>
  value === undefined ? null : Number(value.toPrecision(4));
