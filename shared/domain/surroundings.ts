import type { Chart } from './chart.ts';
import type { Group } from './configuration.ts';
import type { Whereabouts } from './whereabouts.ts';

/** What a message needs to know beside the news itself; without it, it says less. */
export type Surroundings = Whereabouts &
  Readonly<{
    /** The ledger's name, where the decision can be read. */
    table?: string;
    groups?: readonly Group[];
    /** The metric that the news is about. */
    chart?: Chart;
  }>;
