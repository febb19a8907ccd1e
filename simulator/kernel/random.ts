/** Numbers from 0 to 1 without 1; the same seed gives the same numbers everywhere. */
export type Random = () => number;

/**
 * The generator sfc32 of Chris Doty-Humphrey's PractRand, over 32-bit integers only, so that every
 * engine computes the same: https://pracrand.sourceforge.net/RNG_engines.txt
 */
export const createRandom = (seed: number): Random => {
  let [a, b, c, counter] = [0x9e3779b9, 0x243f6a88, seed | 0, 1];

  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };

  for (let warmUp = 0; warmUp < 12; warmUp += 1) next();
  return next;
};
