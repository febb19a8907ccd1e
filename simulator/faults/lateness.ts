import { SECOND_MS } from '#domain/time/instant.ts';
import { createRandom } from '#simulator/kernel/random.ts';
import type { Theme } from '#simulator/run/theme.ts';

/** Metrics come two seconds to almost three minutes after the end of their minute, and are not quite punctual. */
const SOONEST_SECONDS = 2;
const SPAN_SECONDS = 165;
const JITTER_SECONDS = 3;
/** The minute after its end at which datapoints come in other runs. */
const USUAL_SECONDS = 60;

/**
 * The milliseconds by which a metric's datapoint comes later than usual, or sooner: where groups are asked when values are
 * due, each metric has a delay of its own; elsewhere they come when they always do. The numbers are drawn from a stream of
 * their own, so that nothing else falls otherwise.
 */
export const latenessOf = (theme: Theme): ((key: string) => number) => {
  if (theme.kind !== 'due') return () => 0;
  const random = createRandom(theme.seed + 1_000_003);
  const usual = new Map<string, number>();

  return (key) => {
    const seconds = usual.get(key) ?? Math.floor(SOONEST_SECONDS + SPAN_SECONDS * random());
    usual.set(key, seconds);
    return Math.round((seconds + JITTER_SECONDS * random() - USUAL_SECONDS) * SECOND_MS);
  };
};
