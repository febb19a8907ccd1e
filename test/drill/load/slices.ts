import { type Stage, USUAL_WAIT_MS } from '#test/drill/drills/drill.ts';

/** A few seconds at one rate. */
export type Slice = Readonly<{
  /** Milliseconds from the begin of the drill. */
  at: number;
  seconds: number;
  /** Whole requests a second. */
  rate: number;
  waitMs: number;
}>;

/** A part of a slice: the same share of it, a little later than the one before. */
export type Lane = Readonly<{ at: number; rate: number }>;

const SLICE_SECONDS = 5;
const MOST_LANES = 20;
/** Nobody asks for more by mistake. */
const MOST_RATE = 200;

/** Cuts stages into slices; a slice of a ramp has the rate of its middle. */
export const slicesOf = (load: readonly Stage[]): readonly Slice[] => {
  const slices: Slice[] = [];
  let begin = 0;
  for (const { seconds, from, to, waitMs = USUAL_WAIT_MS } of load) {
    for (let done = 0; done < seconds; done += SLICE_SECONDS) {
      const length = Math.min(SLICE_SECONDS, seconds - done);
      const rate = Math.round(from + ((to - from) * (done + length / 2)) / seconds);
      if (rate > MOST_RATE) {
        throw new Error(
          `a stage asks for ${rate} requests a second; expected at most ${MOST_RATE}`,
        );
      }
      slices.push({ at: (begin + done) * 1_000, seconds: length, rate, waitMs });
    }
    begin += seconds;
  }
  return slices;
};

/**
 * Parts the rate of a slice into lanes that begin evenly within a second: autocannon sends the requests of a second at
 * its begin, and a burst is not what is meant.
 */
export const lanesOf = (rate: number): readonly Lane[] => {
  const count = Math.min(MOST_LANES, rate);
  return Array.from({ length: count }, (_, index) => ({
    at: Math.round((index * 1_000) / count),
    rate: Math.floor(rate / count) + (index < rate % count ? 1 : 0),
  }));
};
