import { partitionOf } from '#domain/basics/partition.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import { keyOfDecision } from '#domain/ledger/decision-key.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import { dashboardOf } from './dashboard-page.ts';
import type { MessageContext } from './message-context.ts';
import type { News } from './news.ts';

/** A link to read on. The address is one of AWS's console, or the operators' own. */
export type Link = Readonly<{ name: string; url: string }>;

/** The group, the alarm and the decision in AWS's console, and what the operators have written down for the case. */
export const linksOf = (news: News, context: MessageContext): readonly Link[] => {
  if (news.kind === 'channel' || news.kind === 'drill' || news.kind === 'report') return [];

  const alert = news.kind === 'alarm' ? news.alert : undefined;
  const groups = groupsOf(news, context);
  return [
    ...named('Runbook', alert?.runbook ?? groups[0]?.runbook),
    ...named('Dashboard', groups[0]?.dashboard),
    ...consoleLinks(news, groups, context),
  ];
};

type NewsOfGroups = Exclude<News, { kind: 'channel' | 'drill' | 'report' }>;

/** The groups that the news is about: of an alarm, those with a rule or health that is bound to it. */
const groupsOf = (news: NewsOfGroups, { groups = [] }: MessageContext): readonly Group[] => {
  if (news.kind !== 'alarm') return groups.filter(({ name }) => name === news.group);
  const { alert, name } = news;
  return groups.filter((group) =>
    alert === undefined ? isBoundTo(group, name) : group.name === alert.group,
  );
};

const isBoundTo = ({ rules, health }: Group, alarm: string): boolean =>
  alarmsOf(rules).includes(alarm) || (health?.watched ?? []).some((each) => each.alarm === alarm);

const named = (name: string, url: string | undefined): readonly Link[] =>
  url === undefined ? [] : [{ name, url }];

const consoleLinks = (
  news: NewsOfGroups,
  groups: readonly Group[],
  { region = '', table, dashboards = [], groups: all = [] }: MessageContext,
): readonly Link[] => {
  const host = partitionOf(region)?.console;
  if (host === undefined) return [];

  const page = (service: string, place: string): string =>
    `https://${region}.${host}/${service}/home?region=${region}#${place}`;
  const scaled = news.kind === 'alarm' ? groups[0]?.autoScalingGroup : news.autoScalingGroup;
  const alarm = news.kind === 'alarm' ? news.name : alarmBehind(news, groups[0]);
  const key = news.kind === 'alarm' ? undefined : keyOfDecision(news);
  const dashboard = groups[0] && dashboardOf(groups[0].name, dashboards, all);
  return [
    ...named(
      'Auto Scaling group',
      scaled && page('ec2', `AutoScalingGroupDetails:id=${encoded(scaled)}`),
    ),
    ...named(
      'CloudWatch dashboard',
      dashboard && page('cloudwatch', `dashboards/dashboard/${encoded(dashboard)}`),
    ),
    ...named('Alarm', alarm && page('cloudwatch', `alarmsV2:alarm/${encoded(alarm)}`)),
    ...named(
      'Decision',
      key &&
        table &&
        page(
          'dynamodbv2',
          `edit-item?itemMode=2&pk=${encoded(key.pk)}&sk=${encoded(key.sk)}&table=${encoded(table)}&route=ROUTE_ITEM_EXPLORER`,
        ),
    ),
  ];
};

/** The alarm of the rule that was followed; of what heal did, that of the first target group. */
const alarmBehind = ({ about, rule }: Outcome, group: Group | undefined): string | undefined => {
  if (about === 'health') return group?.health?.watched[0]?.alarm;
  return alarmsOf((group?.rules ?? []).filter(({ name }) => name === rule))[0];
};

/** Half a character cannot be encoded. */
const encoded = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD')).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
