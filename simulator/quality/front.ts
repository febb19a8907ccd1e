/** The two figures of a setting: the share of requests that it violates, and its cost over the optimum. */
export type Spot = Readonly<{ violated: number; cost: number }>;

/** Settings by their places in a list, and the share of the time that each is run: shares add up to 1. */
export type Mix = readonly Readonly<{ place: number; share: number }>[];

/**
 * The cheapest way to violate a share of requests, over settings: the lower convex hull of what was measured, for
 * part of the time one setting and part of the time another is a way to run a group, too. Without a setting that
 * violates so little there is none.
 */
export const mixAt = (spots: readonly Spot[], level: number): Mix | undefined => {
  const hull = lowerHull(spots);
  const after = hull.findIndex(({ violated }) => violated > level);
  const before = hull[after === -1 ? hull.length - 1 : after - 1];
  const next = hull[after];
  if (before === undefined) return undefined;
  if (next === undefined) return [{ place: before.place, share: 1 }];

  const share = (level - before.violated) / (next.violated - before.violated);
  return [
    { place: before.place, share: 1 - share },
    { place: next.place, share },
  ];
};

/** A figure of a mix, from that of each setting. */
export const mixed = (mix: Mix, figureOf: (place: number) => number): number =>
  mix.reduce((sum, { place, share }) => sum + share * figureOf(place), 0);

/** The least cost at a share of violated requests; none where every setting violates more. */
export const costAt = (spots: readonly Spot[], level: number): number | undefined => {
  const mix = mixAt(spots, level);
  return mix && mixed(mix, (place) => spots[place]?.cost ?? Number.NaN);
};

type Corner = Spot & Readonly<{ place: number }>;

/** The corners of the hull from the fewest violations on, each cheaper than the one before. */
const lowerHull = (spots: readonly Spot[]): readonly Corner[] => {
  const inOrder = spots
    .map((spot, place) => ({ ...spot, place }))
    .sort((a, b) => a.violated - b.violated || a.cost - b.cost);
  const hull: Corner[] = [];
  for (const spot of inOrder) {
    const last = hull.at(-1);
    if (last !== undefined && spot.cost >= last.cost) continue;
    while (isAbove(hull.at(-2), hull.at(-1), spot)) hull.pop();
    hull.push(spot);
  }
  return hull;
};

/** True when the middle one lies on or above the line between its neighbours. */
const isAbove = (left: Spot | undefined, middle: Spot | undefined, right: Spot): boolean => {
  if (left === undefined || middle === undefined) return false;
  const slope = (right.cost - left.cost) / (right.violated - left.violated);
  return middle.cost >= left.cost + slope * (middle.violated - left.violated);
};

export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
