/** A sentence names at most so many; whoever wants them all looks into the ledger. */
const MOST_NAMED = 10;

/** Names for a sentence: `a, b and 7 more`. A sentence must not grow with the fleet. */
export const nameSome = (names: readonly string[]): string => {
  const more = names.length - MOST_NAMED;
  const named = names.slice(0, MOST_NAMED).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
};
