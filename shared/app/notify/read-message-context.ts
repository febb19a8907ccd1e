import type { Whereabouts } from '#domain/basics/whereabouts.ts';
import type { Fleet, Group } from '#domain/configuration/configuration.ts';
import { memberOf, partsOfMember } from '#domain/configuration/fleet.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import type { Chart, ChartPoint } from '#domain/notify/chart.ts';
import { type Charted, chartedOf } from '#domain/notify/charted.ts';
import type { DashboardPage } from '#domain/notify/dashboard-page.ts';
import type { MessageContext } from '#domain/notify/message-context.ts';
import type { News } from '#domain/notify/news.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';

export type MessageContextPorts = Readonly<{
  groups: readonly Group[];
  /** The fleets, whose members are known by their names. */
  fleets?: readonly Fleet[] | undefined;
  /** The deployment that speaks. */
  where: Whereabouts;
  /** The ledger's name. */
  table: string;
  /** The CloudWatch dashboards of the deployment. */
  dashboards: readonly DashboardPage[];
  /** The datapoints of a metric in their order; it throws when CloudWatch cannot be asked. */
  readSeries: (metric: Metric, from: Instant, to: Instant) => Promise<readonly ChartPoint[]>;
}>;

/** So many periods are drawn, and no less than an hour. */
const PERIODS = 48;
const SHORTEST_MS = 60 * MINUTE_MS;

/** Reads what a message says beside the news. A metric that cannot be read is left out: news never waits for it. */
export const readMessageContext =
  ({ groups: named, fleets = [], where, table, dashboards, readSeries }: MessageContextPorts) =>
  async (news: News): Promise<MessageContext> => {
    const groups = [...named, ...memberIn(news, fleets)];
    const known = { ...where, table, groups, dashboards };
    const charted = chartedOf(news, groups);
    if (charted === undefined) return known;

    const lengthMs = Math.max(SHORTEST_MS, PERIODS * charted.metric.periodSeconds * SECOND_MS);
    const points = await readSeries(charted.metric, news.at - lengthMs, news.at).catch(() => []);
    return points.length === 0 ? known : { ...known, chart: chartOf(charted, points, news) };
  };

/** The member of a fleet that news is of, as its name says. */
const memberIn = (news: News, fleets: readonly Fleet[]): readonly Group[] => {
  const parts = 'group' in news ? partsOfMember(news.group) : undefined;
  return fleets
    .filter(({ name }) => name === parts?.fleet)
    .map((fleet) => memberOf(fleet, parts?.autoScalingGroup ?? ''));
};

const chartOf = (
  { title, threshold }: Charted,
  points: readonly ChartPoint[],
  { at }: News,
): Chart => ({ title, points, mark: at, ...(threshold === undefined ? {} : { threshold }) });
