import { MINUTE_SECONDS } from '#domain/forecast/constants.ts';
import {
  type DemandWindow,
  endSecondsOf,
  missingAtEnd,
  valueAt,
} from '#domain/forecast/demand-window.ts';
import {
  continueForecast,
  type Forecast,
  forecastAt,
  forecastDemand,
  type HorizonWanted,
  type Pass,
  takeLowerBounds,
} from '#domain/forecast/forecast-demand.ts';
import { type SeenDemand, windowOf } from './demand.ts';

/** All that a forecast of a demand depends on. */
export type ForecastWanted = Readonly<{
  near: number;
  far: number;
  risk: number;
  margin: number;
  /** Taken where a value is missing. */
  missing: number;
  /** The last horizons of a start and of what is prepared now, in minutes; only a group with a warm pool has them. */
  pooled?: Readonly<{ waking: number; preparing: number }>;
}>;

/** The forecasts that only a group with a warm pool needs. */
type PooledForecasts = Readonly<{
  /** Up to the last minute that only a start of now can serve. */
  waking: Forecast;
  /** At the last minute that only an instance prepared now can serve, with half the risk. */
  preparing: Forecast;
}>;

/** A forecast, and what the window that it was made from was like at its end. */
export type Foreseen = Readonly<{
  forecast: Forecast;
  pooled?: PooledForecasts;
  /** The newest demand that is known. */
  newest: number;
  /** The end of the minute that it is of, in epoch seconds. */
  knownUntil: number;
}>;

type KnownForecast = Readonly<{ wanted: ForecastWanted; foreseen: Foreseen }>;
type OpenPass = Readonly<{ wanted: ForecastWanted; fives: Float64Array; pass: Pass }>;

/**
 * The forecasts of a demand, for as long as somebody has it: a rule is asked several times in one evaluation. And the
 * passes that made them, which can go on.
 */
const known = new WeakMap<SeenDemand, KnownForecast[]>();
const open = new WeakMap<SeenDemand, OpenPass[]>();

/** Forecasts a demand, unless none of it is known. The same demand gives the same forecast; it must not change. */
export const forecastOf = (demand: SeenDemand, wanted: ForecastWanted): Foreseen | undefined => {
  const before = known.get(demand)?.find((each) => isSame(each.wanted, wanted));
  if (before !== undefined) return before.foreseen;

  const { risk, margin, missing } = wanted;
  const window = windowOf(demand, missing);
  const pass = forecastDemand(window, horizonsIn(wanted), { risk, margin });
  return pass === undefined ? undefined : keep(demand, { wanted, window, pass });
};

/**
 * Forecasts a demand and what is arriving of the minutes after it, which are lower bounds. The horizons count from
 * the last of those.
 */
export const forecastSooner = (
  demand: SeenDemand,
  arriving: readonly (number | null)[],
  wanted: ForecastWanted,
): Foreseen | undefined => {
  forecastOf(demand, wanted);
  const pass = open.get(demand)?.find((each) => isSame(each.wanted, wanted))?.pass;
  if (pass === undefined) return undefined;

  const window = windowOf(demand, wanted.missing);
  return {
    ...forecastsOf(takeLowerBounds(pass, window, arriving)),
    newest: arriving.at(-1) ?? 0,
    knownUntil: endSecondsOf(window) + arriving.length * MINUTE_SECONDS,
  };
};

type MadePass = Readonly<{ wanted: ForecastWanted; window: DemandWindow; pass: Pass }>;

const keep = (demand: SeenDemand, { wanted, window, pass }: MadePass): Foreseen => {
  const foreseen = {
    ...forecastsOf(pass),
    newest: newestOf(window),
    knownUntil: endSecondsOf(window) - missingAtEnd(window),
  };
  known.set(demand, [...(known.get(demand) ?? []), { wanted, foreseen }]);
  open.set(demand, [...(open.get(demand) ?? []), { wanted, fives: window.fives, pass }]);
  return foreseen;
};

/** All in one pass: each horizon is judged by itself. */
const horizonsIn = ({ near, far, risk, pooled }: ForecastWanted): readonly HorizonWanted[] =>
  pooled === undefined
    ? [near, far]
    : [near, far, pooled.waking, { minutes: pooled.preparing, risk: risk / 2 }];

const forecastsOf = (pass: Pass): Pick<Foreseen, 'forecast' | 'pooled'> => {
  const { horizons, level } = forecastAt(pass);
  const [near, far, waking, preparing] = horizons;
  if (near === undefined || far === undefined || waking === undefined || preparing === undefined) {
    return { forecast: { horizons, level } };
  }
  return {
    forecast: { horizons: [near, far], level },
    pooled: {
      waking: { horizons: [near, waking], level },
      preparing: { horizons: [preparing], level },
    },
  };
};

const newestOf = ({ minutes }: DemandWindow): number =>
  valueAt(
    minutes,
    minutes.findLastIndex((value) => !Number.isNaN(value)),
  );

const isSame = (one: ForecastWanted, other: ForecastWanted): boolean =>
  one.near === other.near &&
  one.far === other.far &&
  one.risk === other.risk &&
  one.margin === other.margin &&
  one.pooled?.waking === other.pooled?.waking &&
  one.pooled?.preparing === other.pooled?.preparing &&
  Object.is(one.missing, other.missing);

/**
 * Lets the forecasts of a demand go on in a later one that begins alike, where they take its new minutes only: for whoever
 * lives through days. They are what they would be without it. A demand that begins otherwise makes its own.
 */
export const goOnForecasting = (before: SeenDemand, later: SeenDemand): void => {
  const passes = open.get(before);
  if (passes === undefined || before === later || !goesOn(before, later)) return;

  open.delete(before);
  for (const { wanted, fives, pass } of passes) {
    const window = { ...windowOf({ ...later, fives: [] }, wanted.missing), fives };
    continueForecast(pass, window, before.minutes.length);
    keep(later, { wanted, window, pass });
  }
};

const goesOn = (before: SeenDemand, later: SeenDemand): boolean =>
  before.start === later.start &&
  before.firstBin === later.firstBin &&
  before.fives.length === later.fives.length &&
  (before.fives === later.fives || isPrefix(before.fives, later.fives)) &&
  isPrefix(before.minutes, later.minutes);

const isPrefix = (begin: SeenDemand['minutes'], whole: SeenDemand['minutes']): boolean => {
  if (begin.length > whole.length) return false;
  for (let index = 0; index < begin.length; index += 1) {
    if (begin[index] !== whole[index]) return false;
  }
  return true;
};
