import type { Canvas, Colour } from './canvas.ts';

/** A picture whose pixels are numbers of colours; each colour is three bytes. */
export type Indexed = Readonly<{ palette: Uint8Array; pixels: Uint8Array }>;

/**
 * Numbers the colours of a picture, the most frequent first. A file holds 256: whatever colours come
 * after them become the nearest of them.
 */
export const indexed = ({ pixels }: Canvas): Indexed => {
  const counts = new Map<Colour, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);

  const ranked = [...counts].toSorted(([, one], [, other]) => other - one).map(([each]) => each);
  const kept = ranked.slice(0, MAX);
  const numbers = new Map(
    ranked.map((each, rank) => [each, rank < MAX ? rank : nearest(kept, each)]),
  );

  return {
    palette: Uint8Array.from(kept.flatMap(partsOf)),
    pixels: Uint8Array.from(pixels, (colour) => numbers.get(colour) ?? 0),
  };
};

const MAX = 256;

/** The number of the colour whose parts differ least from those of the colour that is wanted. */
const nearest = (colours: readonly Colour[], wanted: Colour): number => {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [number, colour] of colours.entries()) {
    const difference = distance(colour, wanted);
    if (difference >= least) continue;
    best = number;
    least = difference;
  }
  return best;
};

const distance = (one: Colour, other: Colour): number =>
  ((one >> 16) - (other >> 16)) ** 2 +
  (((one >> 8) & 255) - ((other >> 8) & 255)) ** 2 +
  ((one & 255) - (other & 255)) ** 2;

const partsOf = (colour: Colour): readonly number[] => [
  colour >> 16,
  (colour >> 8) & 255,
  colour & 255,
];
