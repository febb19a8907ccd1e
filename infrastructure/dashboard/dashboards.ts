import type { Configuration } from '#domain/configuration/configuration.ts';
import { jsonText } from '../json-text.ts';
import { LIMITS } from '../limits.ts';
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
export const dashboards = (configuration: Configuration, deployment: Deployment): Resources =>
  Object.fromEntries(
    pagesOf(configuration, deployment).map(({ id, name, sections }) => [
      id,
      dashboard(
        name,
        sections.flatMap(({ widgets }) => widgets),
      ),
    ]),
  );

/** The dashboards as notify reads them from its variable DASHBOARD_NAMES: each name, and its first group after the first. */
export const dashboardsSaid = (configuration: Configuration, deployment: Deployment): string => {
  const words = pagesOf(configuration, deployment).map(({ name, sections }) => {
    const [first] = sections;
    return first?.group === undefined ? name : `${name}:${first.group}`;
  });
  return words.length === 0 ? 'off' : words.join(' ');
};

/** A section of a dashboard belongs together: a group, or Tidegate itself. */
type Section = Readonly<{ group?: string; widgets: readonly Widget[] }>;
type Page = Readonly<{ id: string; name: string; sections: readonly Section[] }>;

const pagesOf = (configuration: Configuration, deployment: Deployment): readonly Page[] => {
  if (configuration.dashboard === 'off') return [];
  const sections: readonly Section[] = [
    { widgets: ownWidgets(configuration, deployment) },
    ...configuration.groups.map((group) => ({ group: group.name, widgets: groupWidgets(group) })),
  ];
  return paginated(sections).map((each, index) => {
    const number = index === 0 ? '' : `${index + 1}`;
    const name = [prefixOf(deployment), number].filter((part) => part !== '').join('-');
    return { id: `${FIRST_DASHBOARD}${number}`, name, sections: each };
  });
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
const paginated = (sections: readonly Section[]): readonly (readonly Section[])[] => {
  const pages: Section[][] = [[]];
  for (const section of sections) {
    const page = pages.at(-1) as Section[];
    const widgets = [...page, section].flatMap((each) => each.widgets);
    if (page.length > 0 && !fits(widgets)) pages.push([section]);
    else page.push(section);
  }
  return pages;
};

const fits = (widgets: readonly Widget[]): boolean =>
  widgets.length <= LIMITS.widgets.most &&
  widgets.reduce((sum, { metrics }) => sum + metrics, 0) <= LIMITS.dashboardMetrics.most;
