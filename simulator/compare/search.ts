/** The outcome of one setting, day by day. */
export type Scored = Readonly<{
  cost: readonly number[];
  requests: readonly number[];
  violated: readonly number[];
}>;

/** A choice of one value for each knob; 0 is what there is, and i the knob's i-th value. */
export type Choice = readonly number[];

export type Searching = Readonly<{
  /** The count of values of each knob, without what there is. */
  knobs: readonly number[];
  /** The share of requests that may be violated. */
  violated: number;
  /** Settings that may be tried in all. */
  budget: number;
  /** Runs a setting over all days; undefined when it is no valid file. */
  run: (choice: Choice) => Scored | undefined;
}>;

export type Found = Readonly<{
  /** The setting that is best on all days. */
  choice: Choice;
  tried: number;
  /** `before` is what there is, `after` what was found by tuning on other days: sums over the days judged. */
  before: Total;
  after: Total;
}>;

export type Total = Readonly<{ cost: number; violated: number }>;

/** Days are dealt out into so many parts; each part judges what was tuned on the others. */
const FOLDS = 5;
export const FEWEST_DAYS = 4;
const ROUNDS = 2;

/**
 * Searches the knobs one after the other, each at its best value while the others stay, twice round. A setting that
 * violates no more than is allowed beats one that does; among the former the cheaper is better, among the latter
 * the one that violates less. It is cross-validated by days: for each part of the days the search runs on the
 * others, and its result is judged on that part alone.
 */
export const search = (searching: Searching): Found => {
  const known = new Map<string, Scored | undefined>();
  const run = (choice: Choice): Scored | undefined => {
    const key = choice.join(' ');
    if (!known.has(key) && known.size < searching.budget) known.set(key, searching.run(choice));
    return known.get(key);
  };
  const before = run(searching.knobs.map(() => 0)) as Scored;
  const days = before.cost.map((_, day) => day);
  const folds = Math.min(FOLDS, days.length);

  const choice = climb(searching, run, days);
  const parts = Array.from({ length: folds }, (_, fold) => {
    const isJudged = (day: number): boolean => day % folds === fold;
    const tuned = climb(
      searching,
      run,
      days.filter((day) => !isJudged(day)),
    );
    return { scored: run(tuned) as Scored, days: days.filter(isJudged) };
  });
  return {
    choice,
    tried: known.size,
    before: totalOf([{ scored: before, days }]),
    after: totalOf(parts),
  };
};

type Part = Readonly<{ scored: Scored; days: readonly number[] }>;

export const totalOf = (parts: readonly Part[]): Total => {
  const sum = (key: keyof Scored): number =>
    parts.reduce(
      (all, { scored, days }) => days.reduce((part, day) => part + (scored[key][day] ?? 0), all),
      0,
    );
  const requests = sum('requests');
  return { cost: sum('cost'), violated: requests === 0 ? 0 : sum('violated') / requests };
};

type Run = (choice: Choice) => Scored | undefined;

const climb = ({ knobs, violated }: Searching, run: Run, days: readonly number[]): Choice => {
  const judged = (choice: Choice): Total | undefined => {
    const scored = run(choice);
    return scored && totalOf([{ scored, days }]);
  };
  let choice: Choice = knobs.map(() => 0);
  let best = judged(choice) as Total;
  const settings = knobs.flatMap((count, knob) =>
    Array.from({ length: count + 1 }, (_, value) => ({ knob, value })),
  );
  for (const { knob, value } of Array(ROUNDS).fill(settings).flat() as typeof settings) {
    const next = choice.with(knob, value);
    const total = judged(next);
    if (total !== undefined && isBetter(total, best, violated)) [choice, best] = [next, total];
  }
  return choice;
};

/** True when one total is better than another, for at most such a share of violations. */
export const isBetter = (one: Total, other: Total, allowed: number): boolean => {
  const [fits, otherFits] = [one.violated <= allowed, other.violated <= allowed];
  if (fits !== otherFits) return fits;
  return fits ? one.cost < other.cost : one.violated < other.violated;
};
