/** The first wait after a refusal, in seconds; each further one is four times as long, up to a day. */
const FIRST_SECONDS = 60;
const LONGEST_SECONDS = 86_400;

/** Computes the wait in seconds after so many refusals: a missing permission must not hold up the rest. */
export const backoffSeconds = (refusals: number): number =>
  Math.min(LONGEST_SECONDS, FIRST_SECONDS * 4 ** refusals);
