/** Doubles from 15 s with every receive, up to the cap; the jitter keeps retries from marching in step. */
export const retryAfterSeconds = (receives: number, capSeconds: number): number => {
  const exact = FIRST_SECONDS * 2 ** Math.max(0, receives - 1);

  return Math.round(Math.min(exact, capSeconds) * (1 - JITTER * Math.random()));
};

const FIRST_SECONDS = 15;
const JITTER = 0.2;
