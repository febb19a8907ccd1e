/**
 * Count of random cases that a property is tried with: as many as it asks for, or as TIDEGATE_MOST_RUNS lets it have. `npm test`
 * tries a hundred, since people wait for it, and with coverage all of them; mutation testing runs each test hundreds of times.
 */
export const runs = (count: number): number =>
  Math.min(count, Number(process.env.TIDEGATE_MOST_RUNS ?? count));
