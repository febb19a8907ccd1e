/** The value below which a share (0 to 1) of the numbers lies, between neighbours in proportion. */
export const quantileOf = (numbers: readonly number[], share: number): number =>
  quantileOfSorted([...numbers].sort(ascending), share);

/** The same of numbers that are in order; NaN when there are none. */
export const quantileOfSorted = (sorted: readonly number[], share: number): number => {
  const place = Math.min(1, Math.max(0, share)) * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
};

export const medianOf = (numbers: readonly number[]): number => quantileOf(numbers, 0.5);

export const ascending = (a: number, b: number): number => a - b;
