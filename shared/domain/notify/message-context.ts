import type { Whereabouts } from '#domain/basics/whereabouts.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Chart } from './chart.ts';

/** What a message needs to know beside the news itself; without it, it says less. */
export type Surroundings = Whereabouts &
  Readonly<{
    /** The ledger's name, where the decision can be read. */
    table?: string;
    groups?: readonly Group[];
    /** The metric that the news is about. */
    chart?: Chart;
  }>;
