import type { Configuration } from '#domain/configuration/configuration.ts';
import { LIMITS } from '../limits.ts';
import { jsonText } from '../substituted.ts';
import { type Deployment, prefixOf, type Resource, type Resources } from '../template.ts';
import { groupWidgets } from './group-widgets.ts';
import { ownWidgets } from './own-widgets.ts';
import { placed } from './place.ts';
import type { Widget } from './widget.ts';

/** The logical id of the dashboard that has Tidegate itself and the first groups. */
export const FIRST_DASHBOARD = 'Dashboard';

/**
 * The dashboards of a deployment: one, unless it has more groups than CloudWatch draws on one. A group is never
 * torn apart. The file turns them off by `dashboard: off`.
 */
export const dashboards = (configuration: Configuration, deployment: Deployment): Resources => {
  if (configuration.dashboard === 'off') return {};

  const pages = paginated([ownWidgets(deployment), ...configuration.groups.map(groupWidgets)]);
  return Object.fromEntries(
    pages.map((widgets, index) => {
      const number = index === 0 ? '' : `${index + 1}`;
      const name = [prefixOf(deployment), number].filter((part) => part !== '').join('-');
      return [`${FIRST_DASHBOARD}${number}`, dashboard(name, widgets)];
    }),
  );
};

const dashboard = (name: string, widgets: readonly Widget[]): Resource => ({
  Type: 'AWS::CloudWatch::Dashboard',
  Properties: {
    DashboardName: name,
    DashboardBody: jsonText({
      start: '-PT12H',
      periodOverride: 'inherit',
      widgets: placed(widgets),
    }),
  },
});

/** Fills one page after the other with whole sections, within the limits of CloudWatch. */
const paginated = (sections: readonly (readonly Widget[])[]): readonly (readonly Widget[])[] => {
  const pages: Widget[][] = [[]];
  for (const section of sections) {
    const page = pages.at(-1) as Widget[];
    if (page.length > 0 && !fits([...page, ...section])) pages.push([...section]);
    else page.push(...section);
  }
  return pages;
};

const fits = (widgets: readonly Widget[]): boolean =>
  widgets.length <= LIMITS.widgets.most &&
  widgets.reduce((sum, { metrics }) => sum + metrics, 0) <= LIMITS.dashboardMetrics.most;
