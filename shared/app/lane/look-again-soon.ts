import type { Disposition } from '#domain/lane/disposition.ts';

/** A group is busy for seconds: three more looks, and then those of the sweep, once a minute. */
export const lookAgainSoon = (error: Error): Disposition => ({
  kind: 'retry',
  error,
  isExpected: true,
  afterSeconds: 5,
  receivesAtMost: 4,
});
