/**
 * A property is tried so often. Mutation testing runs each test hundreds of times, so that it may
 * limit them: TIDEGATE_MOST_RUNS.
 */
export const runs = (count: number): number =>
  Math.min(count, Number(process.env.TIDEGATE_MOST_RUNS ?? count));
