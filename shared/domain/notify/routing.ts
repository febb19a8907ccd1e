import { capabilitiesOf } from '#domain/configuration/channel.ts';
import type { Configuration, NewsKind, Route } from '#domain/configuration/configuration.ts';
import { isMeantBy } from '#domain/configuration/fleet.ts';
import type { DrillNews } from '#domain/ledger/drill.ts';
import { type Outcome, TROUBLES } from '#domain/ledger/outcome.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type Incident, incidentOf, severityOf, severityOfOutcome } from './incident.ts';
import { type AlarmNews, keyOfNews, type News } from './news.ts';
import type { Waiting } from './notice.ts';
import type { ReportNews } from './report-news.ts';

/** A channel that a piece of news goes to, and how it waits there. */
export type Destination = Readonly<{ channel: string; item: Waiting }>;

type Plan = Pick<Configuration, 'channels' | 'routes'>;

/**
 * The destinations of a piece of news: each channel that a route names, once; gathered only if all these routes
 * gather.
 */
export const destinationsFor = (plan: Plan, news: News, since: Instant): readonly Destination[] => {
  const { channels, routes } = plan;
  const item = { key: keyOfNews(news), news, since };
  if (news.kind === 'channel') return insteadOf(plan, news.channel, item);
  if (news.kind === 'drill') return forDrill(plan, news, item);
  if (news.kind === 'report') return forReport(plan, news, item);

  return channels.flatMap((channel) => {
    const fitting = routes.filter(
      (route) =>
        route.to.includes(channel.name) &&
        (capabilitiesOf(channel).keepsIncidents ? isIncident(route, news) : concerns(route, news)),
    );
    if (fitting.length === 0) return [];

    const fallbacks = fallbacksOf(plan, channel.name);
    return [{ channel: channel.name, item: { ...item, fallbacks, ...windowOf(fitting) } }];
  });
};

/**
 * A drill goes where the outcome would go that it rehearses, at once and without a fallback: it shows how the channel
 * itself is. Channels that keep incidents hear of one only if it is for them.
 */
const forDrill = (
  { channels, routes }: Plan,
  news: DrillNews,
  item: Omit<Waiting, 'fallbacks'>,
): readonly Destination[] =>
  channels
    .filter((channel) =>
      'channel' in news
        ? channel.name === news.channel
        : !capabilitiesOf(channel).keepsIncidents &&
          routes.some((route) => route.to.includes(channel.name) && concernsDrill(route, news)),
    )
    .map(({ name }) => ({ channel: name, item: { ...item, fallbacks: [] } }));

const concernsDrill = (
  { on, groups, severities }: Route,
  { would }: Extract<DrillNews, { would: unknown }>,
): boolean =>
  on.includes(would.outcome) &&
  (groups === undefined || isMeantBy(would.group, groups)) &&
  (severities === undefined || severities.includes(severityOfOutcome(would.outcome, would.reason)));

/** A report goes to the channels that its schedule names, but to none that keeps incidents. */
const forReport = (
  plan: Plan,
  { to }: ReportNews,
  item: Omit<Waiting, 'fallbacks'>,
): readonly Destination[] =>
  plan.channels
    .filter((channel) => to.includes(channel.name) && !capabilitiesOf(channel).keepsIncidents)
    .map(({ name }) => ({ channel: name, item: { ...item, fallbacks: fallbacksOf(plan, name) } }));

/** The fallback at which an item goes on that a channel could not take. */
export const atFallback = (item: Waiting, to: string): Destination => {
  const place = item.fallbacks.indexOf(to);
  const fallbacks = place === -1 ? [] : item.fallbacks.slice(place + 1);
  return { channel: to, item: { ...item, fallbacks } };
};

/** The other channels, in the order of the file, beginning behind this one. */
const fallbacksOf = ({ channels }: Plan, channel: string): readonly string[] => {
  const names = channels.map(({ name }) => name);
  const place = names.indexOf(channel);
  return [...names.slice(place + 1), ...names.slice(0, Math.max(0, place))];
};

/** News about a channel is told by the others. */
const insteadOf = (
  plan: Plan,
  channel: string,
  item: Omit<Waiting, 'fallbacks'>,
): readonly Destination[] => {
  const [first, ...fallbacks] = fallbacksOf(plan, channel);
  return first === undefined ? [] : [{ channel: first, item: { ...item, fallbacks } }];
};

const windowOf = (routes: readonly Route[]): Pick<Waiting, 'digestSeconds'> => {
  const windows = routes.flatMap(({ digestSeconds }) => digestSeconds ?? []);
  return windows.length === routes.length ? { digestSeconds: Math.min(...windows) } : {};
};

const concerns = (route: Route, news: AlarmNews | Outcome): boolean =>
  route.on.includes(kindOf(news)) &&
  isAbout(route, news) &&
  (route.severities === undefined || route.severities.includes(severityOf(news)));

const isAbout = ({ groups }: Route, news: AlarmNews | Outcome): boolean =>
  groups === undefined || isMeantBy(groupOf(news), groups);

const groupOf = (news: AlarmNews | Outcome): string =>
  news.kind === 'alarm' ? (news.alert?.group ?? '') : news.group;

/** A channel that keeps incidents hears what opens one, and of its end; what is only noted is nothing to it. */
const isIncident = (route: Route, news: AlarmNews | Outcome): boolean =>
  ends(route, news) || (concerns(route, news) && incidentOf(news).phase !== 'noted');

/** A channel that keeps incidents must also hear of what ends or takes on those that a route has opened. */
const ends = (route: Route, news: AlarmNews | Outcome): boolean =>
  isAbout(route, news) &&
  ENDINGS.includes(incidentOf(news).phase) &&
  (news.kind === 'alarm'
    ? route.on.includes(kindOf(news))
    : TROUBLES.some((kind) => route.on.includes(kind)));

const ENDINGS: readonly Incident['phase'][] = ['acknowledged', 'closed'];

const kindOf = (news: AlarmNews | Outcome): NewsKind =>
  news.kind === 'alarm' && news.alert !== undefined ? 'alert' : news.kind;
