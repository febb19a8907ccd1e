import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { DemandWindow } from '#domain/forecast/demand-window.ts';

/** The forecast of a window by a reference implementation. */
export type GoldenCase = Readonly<{
  name: string;
  note: string;
  start: number;
  minutes: readonly (number | null)[];
  fives: readonly (readonly [bin: number, mean: number | null])[];
  horizons: readonly number[];
  perUnit: number;
  expected: Readonly<{
    horizons: readonly GoldenHorizon[];
    wish: number;
    wishRisk30NoMargin: number;
    wishRisk10Margin30: number;
  }>;
}>;

export type GoldenHorizon = Readonly<{
  horizon: number;
  forecast: number;
  spread: number;
  exponent: number;
  scored: number;
  weights: readonly number[];
  q50: number;
  q90: number;
  q99: number;
}>;

export const GOLDEN: readonly GoldenCase[] = JSON.parse(
  gunzipSync(readFileSync(new URL('./golden.json.gz', import.meta.url))).toString(),
);

export const windowOf = ({ start, minutes, fives }: GoldenCase): DemandWindow => {
  const firstBin = fives[0]?.[0] ?? 0;
  const lastBin = fives.at(-1)?.[0] ?? firstBin - 1;
  const means = new Float64Array(lastBin - firstBin + 1).fill(Number.NaN);
  for (const [bin, mean] of fives) means[bin - firstBin] = mean ?? Number.NaN;
  return {
    startSeconds: start,
    minutes: Float64Array.from(minutes, (value) => value ?? Number.NaN),
    firstBin,
    fives: means,
  };
};
