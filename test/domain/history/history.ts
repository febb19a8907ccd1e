import type { GroupHistory } from '#domain/history/group-history.ts';
import type { RecordedSeries, SeriesName } from '#domain/history/series.ts';
import { SERIES } from '#domain/history/series.ts';
import { NOON } from '#test/support/builders.ts';

type Values = readonly (number | undefined)[];

/** A series of minutes from noon on. */
export const seriesFrom = (
  name: SeriesName,
  values: Values,
  change: Partial<RecordedSeries> = {},
): RecordedSeries => ({
  unit: SERIES[name].unit,
  periodSeconds: 60,
  start: NOON,
  values,
  ...change,
});

/** A history of minutes from noon on, of a group named web. */
export const aHistory = (
  values: Partial<Record<SeriesName, Values>>,
  change: Partial<GroupHistory> = {},
): GroupHistory => ({
  name: 'web',
  series: Object.fromEntries(
    Object.entries(values).map(([name, each]) => [name, seriesFrom(name as SeriesName, each)]),
  ),
  silentAtZero: [],
  launches: [],
  ...change,
});
