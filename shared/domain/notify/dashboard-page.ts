import type { Group } from '#domain/configuration/configuration.ts';

/** A CloudWatch dashboard of the deployment; the groups of a file stand on its dashboards in their order. */
export type DashboardPage = Readonly<{
  name: string;
  /** The first group on it; absent of the first dashboard. */
  from?: string;
}>;

/** The name of the dashboard that shows a group; undefined when the deployment makes none. */
export const dashboardOf = (
  group: string,
  pages: readonly DashboardPage[],
  groups: readonly Pick<Group, 'name'>[],
): string | undefined => {
  const names = groups.map(({ name }) => name);
  const place = names.indexOf(group);
  return pages.findLast(({ from }) => from === undefined || names.indexOf(from) <= place)?.name;
};
