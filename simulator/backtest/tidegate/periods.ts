import type { Instant } from '#domain/time/instant.ts';

type PeriodsOf = Readonly<{
  /** The number of the first period, counted from the epoch. */
  begin: number;
  stepMs: number;
  /** Values are divided by it. */
  share: number;
  value: (at: Instant, now: Instant) => number | undefined;
  /** The values that earlier runs saw of these periods: it is added to. */
  seen: (number | null)[];
}>;

/** A value that is missing may still come for so many periods. */
const MAY_COME = 15;

/** The values of a metric's periods, by their numbers from the epoch. */
export const createPeriods = ({ begin, stepMs, share, value, seen }: PeriodsOf) => {
  let values: (number | null)[] = [];
  let isAsSeen = true;
  let last: Readonly<{ from: number; to: number; values: Values }> | undefined;

  const look = (place: number, now: Instant): void => {
    const found = value((begin + place) * stepMs, now);
    const taken = found === undefined ? null : Math.max(0, found / share);
    if (place === values.length) append(taken);
    else if (taken !== null) correct(place, taken);
  };
  const append = (taken: number | null): void => {
    const place = values.push(taken) - 1;
    if (isAsSeen && seen.length === place) seen.push(taken);
    isAsSeen &&= seen[place] === taken;
  };
  /** Whoever holds the values of before keeps them. */
  const correct = (place: number, taken: number): void => {
    values = values.slice();
    values[place] = taken;
    last = undefined;
    isAsSeen = false;
  };

  return {
    /** Looks up the periods until then, and again those that may have come since. */
    fill: (end: number, now: Instant): void => {
      const length = Math.max(values.length, end - begin);
      for (let place = Math.max(0, values.length - MAY_COME); place < length; place += 1) {
        if (typeof values[place] !== 'number') look(place, now);
      }
    },
    /** True while every value came as in the runs before. */
    isAsSeen: (): boolean => isAsSeen,
    /** The values of a stretch: the same object again while it is the same. */
    in: (from: number, to: number): Values => {
      if (last?.from !== from || last.to !== to) {
        last = { from, to, values: valuesIn(values, begin, { from, to }) };
      }
      return last.values;
    },
  };
};

export type Values = ReturnType<typeof valuesIn>;

type Stretch = Readonly<{ from: number; to: number }>;

/** The values of a stretch; what lies before the first period is missing. */
const valuesIn = (values: readonly (number | null)[], begin: number, { from, to }: Stretch) => {
  const find = (isWanted: (value: number) => boolean): number => {
    for (let number = Math.max(begin, from); number < to; number += 1) {
      const value = values[number - begin] ?? null;
      if (value !== null && isWanted(value)) return number;
    }
    return to;
  };
  const firstKnown = (): number => find(() => true);

  return {
    largest: (): number => {
      let most = 0;
      for (let number = Math.max(begin, from); number < to; number += 1) {
        const value = values[number - begin] ?? 0;
        if (value > most) most = value;
      }
      return most;
    },
    /** The first period that is known. */
    firstKnown,
    /** The first period with demand; without any the first that is known. */
    firstBusy: (): number => {
      const busy = find((value) => value > 0);
      return busy === to ? firstKnown() : busy;
    },
    /** The values from a period on, in steps of one over `scale`. */
    rounded: (first: number, scale: number): readonly (number | null)[] =>
      values
        .slice(Math.max(0, first - begin), Math.max(0, to - begin))
        .map((value) => (value === null ? null : Math.round(value * scale) / scale)),
  };
};
