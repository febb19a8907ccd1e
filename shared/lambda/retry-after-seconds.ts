/** Doubles from 15 s with every receive, up to the cap; `random` from 0 to 1 takes off up to a fifth. */
export const retryAfterSeconds = (
  receives: number,
  capSeconds: number,
  random: () => number,
): number => {
  const exact = FIRST_SECONDS * 2 ** Math.max(0, receives - 1);

  return Math.round(Math.min(exact, capSeconds) * (1 - JITTER * random()));
};

const FIRST_SECONDS = 15;
const JITTER = 0.2;
