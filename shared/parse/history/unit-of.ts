import { err, ok, type Result } from '#domain/basics/result.ts';
import { SERIES, type SeriesName, type SeriesUnit } from '#domain/history/series.ts';

/** The units that a file may say, and what each is worth in the unit that a history is kept in. */
const FACTORS: Readonly<Record<SeriesUnit, Readonly<Record<string, number>>>> = {
  Count: { Count: 1, None: 1, Thousands: 1_000 },
  Percent: { Percent: 1, None: 1, Share: 100 },
  Seconds: { Seconds: 1, None: 1, Milliseconds: 0.001, Microseconds: 0.000_001 },
};

/** Levels: their number does not grow with the length of a period. */
const LEVELS: readonly SeriesName[] = ['backlog', 'inService'];

/** Units that a series may be given in. */
export const unitsOf = (name: SeriesName): readonly string[] => [
  ...Object.keys(FACTORS[SERIES[name].unit]),
  ...(isRate(name) ? ['Count/Second', 'Count/Minute'] : []),
];

/** The factor that turns values of a unit into those of a history; periods are in seconds. */
export const factorOf = (
  name: SeriesName,
  unit: string,
  periodSeconds: number,
): Result<number, string> => {
  if (isRate(name) && unit === 'Count/Second') return ok(periodSeconds);
  if (isRate(name) && unit === 'Count/Minute') return ok(periodSeconds / 60);
  const factor = FACTORS[SERIES[name].unit][unit];
  return factor === undefined
    ? err(`${name} is given in ${unit}, and takes ${unitsOf(name).join(', ')}`)
    : ok(factor);
};

const isRate = (name: SeriesName): boolean =>
  SERIES[name].unit === 'Count' && !LEVELS.includes(name);
