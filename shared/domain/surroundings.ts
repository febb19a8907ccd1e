import type { Chart } from './chart.ts';
import type { Group } from './configuration.ts';

/** What a message needs to know beside the news itself; without it, it says less. */
export type Surroundings = Readonly<{
  /** The AWS Region of the deployment, such as `eu-west-1`. */
  region?: string;
  groups?: readonly Group[];
  /** The metric that the news is about. */
  chart?: Chart;
}>;
