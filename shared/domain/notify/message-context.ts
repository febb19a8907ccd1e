import type { Whereabouts } from '#domain/basics/whereabouts.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Chart } from './chart.ts';
import type { DashboardPage } from './dashboard-page.ts';

/** The context of a message: all that it tells beside the news itself. Without it, it says less. */
export type MessageContext = Whereabouts &
  Readonly<{
    /** The ledger's name, where the decision can be read. */
    table?: string;
    groups?: readonly Group[];
    /** The CloudWatch dashboards of the deployment. */
    dashboards?: readonly DashboardPage[];
    /** The metric that the news is about. */
    chart?: Chart;
  }>;
