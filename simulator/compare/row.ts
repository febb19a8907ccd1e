import { quantileOfSorted } from '#domain/history/median.ts';
import { type Result, violatedShare } from '#simulator/backtest/result.ts';
import { createRandom } from '#simulator/kernel/random.ts';

/** One policy of a comparison, as means over seeds; shares are from 0 to 1. */
export type Row = Readonly<{
  name: string;
  kind: 'rules' | 'peer' | 'bound';
  /** The setting of a peer that is shown. */
  setting?: string;
  instanceHours: number;
  cost: number;
  violated: number;
  worstHour: number;
  minutesAtMaximum: number;
  changes: number;
  reversals: number;
  /** Cost over the exact optimum without violations. */
  overOptimum: number;
  /** 95 % of what the cost and the violated share come to, over seeds and blocks of days. */
  costInterval: Interval;
  violatedInterval: Interval;
}>;

export type Interval = readonly [low: number, high: number];

type RowOf = Readonly<{
  name: string;
  kind: Row['kind'];
  setting?: string;
  optimumHours: number;
}>;

/** The row of a policy that ran once for each seed. */
export const rowOf = (
  results: readonly Result[],
  { name, kind, setting, optimumHours }: RowOf,
): Row => {
  const mean = (read: (result: Result) => number): number =>
    results.reduce((sum, result) => sum + read(result), 0) / results.length;
  const instanceHours = mean((result) => result.instanceHours);
  const intervals = intervalsOf(results);
  return {
    name,
    kind,
    ...(setting === undefined ? {} : { setting }),
    instanceHours,
    cost: mean(({ cost }) => cost),
    violated: mean(violatedShare),
    worstHour: mean(({ worstHour }) => (Number.isNaN(worstHour) ? 0 : worstHour)),
    minutesAtMaximum: mean((result) => result.minutesAtMaximum),
    changes: mean((result) => result.changes),
    reversals: mean((result) => result.reversals),
    overOptimum: instanceHours / optimumHours,
    ...intervals,
  };
};

const DRAWS = 400;
const SEED = 20_260_302;

/** Days are drawn with replacement, each from any seed: weather and chance vary together. */
const intervalsOf = (
  results: readonly Result[],
): Pick<Row, 'costInterval' | 'violatedInterval'> => {
  const [first] = results as [Result];
  const dayCount = first.days.instanceHours.length;
  const price = first.instanceHours === 0 ? 1 : first.cost / first.instanceHours;
  // The same numbers at every run, so that the same history gives the same report.
  const random = createRandom(SEED);
  const costs: number[] = [];
  const shares: number[] = [];
  for (let draw = 0; draw < DRAWS; draw += 1) {
    let [hours, requests, violated] = [0, 0, 0];
    for (let day = 0; day < dayCount; day += 1) {
      const { days } = results[Math.floor(random() * results.length)] as Result;
      const drawn = Math.floor(random() * dayCount);
      hours += days.instanceHours[drawn] ?? 0;
      requests += days.requests[drawn] ?? 0;
      violated += days.violatedRequests[drawn] ?? 0;
    }
    costs.push(hours * price);
    shares.push(requests === 0 ? 0 : violated / requests);
  }
  return { costInterval: middle(costs), violatedInterval: middle(shares) };
};

const middle = (values: readonly number[]): Interval => {
  const sorted = [...values].sort((a, b) => a - b);
  return [quantileOfSorted(sorted, 0.025), quantileOfSorted(sorted, 0.975)];
};
