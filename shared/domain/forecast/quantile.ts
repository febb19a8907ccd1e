import {
  BIN_WIDTH,
  BINS,
  FIRST_EDGE,
  HISTOGRAM_DECAY,
  PRIOR_TAIL,
  PRIOR_WEIGHT,
} from './constants.ts';
import { valueAt } from './demand-window.ts';

/** The errors that were made, in units of the spread that was expected. Newer ones weigh more. */
export type ErrorHistogram = {
  readonly bins: Float64Array;
  /** The weight of the newest error. It grows, which makes the older ones count less without touching them. */
  newest: number;
  total: number;
  /** The edge at which the last search ended, and the weight of the errors beyond it. */
  edge: number;
  beyond: number;
};

export const newErrorHistogram = (): ErrorHistogram => ({
  bins: new Float64Array(BINS),
  newest: 1,
  total: 0,
  edge: BINS / 2,
  beyond: 0,
});

/** Counts an error, given in units of its spread. */
export const countError = (histogram: ErrorHistogram, spreads: number): void => {
  const bin = Math.min(BINS - 1, Math.max(0, Math.floor((spreads - FIRST_EDGE) / BIN_WIDTH)));
  histogram.newest /= HISTOGRAM_DECAY;
  histogram.bins[bin] = valueAt(histogram.bins, bin) + histogram.newest;
  histogram.total += histogram.newest;
  if (bin >= histogram.edge) histogram.beyond += histogram.newest;
};

/** The weight of errors that are assumed beyond each edge before any was seen. */
const PRIOR = Float64Array.from({ length: BINS + 1 }, (_, edge) => {
  const spreads = FIRST_EDGE + BIN_WIDTH * edge;
  const share =
    spreads >= 0 ? 0.5 * Math.exp(-spreads / PRIOR_TAIL) : 1 - 0.5 * Math.exp(spreads / PRIOR_TAIL);
  return PRIOR_WEIGHT * share;
});

/**
 * Finds the error, in units of the spread, that a share `risk` of errors exceeds: between the last edge
 * that more than this share lies beyond and the next one it is interpolated. The search begins where the
 * last one ended, for from one minute to the next the edge hardly moves.
 */
export const errorQuantile = (histogram: ErrorHistogram, risk: number): number => {
  const wanted = risk * (histogram.total / histogram.newest + PRIOR_WEIGHT);
  while (histogram.edge < BINS - 1 && beyondNext(histogram) > wanted) {
    histogram.beyond -= valueAt(histogram.bins, histogram.edge);
    histogram.edge += 1;
  }
  while (histogram.edge > 0 && beyondEdge(histogram) <= wanted) {
    histogram.edge -= 1;
    histogram.beyond += valueAt(histogram.bins, histogram.edge);
  }

  const here = beyondEdge(histogram);
  const share = Math.min(1, Math.max(0, (here - wanted) / (here - beyondNext(histogram))));
  return FIRST_EDGE + BIN_WIDTH * (histogram.edge + share);
};

const beyondEdge = ({ beyond, newest, edge }: ErrorHistogram): number =>
  beyond / newest + valueAt(PRIOR, edge);

const beyondNext = ({ beyond, newest, edge, bins }: ErrorHistogram): number =>
  (beyond - valueAt(bins, edge)) / newest + valueAt(PRIOR, edge + 1);
