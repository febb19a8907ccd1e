import type { AlarmEvent } from './alarm.ts';
import type { Alert } from './alert.ts';
import type { Channel, Configuration, NewsKind, Route } from './configuration.ts';
import { type Incident, incidentOf, severityOf, TROUBLES } from './incident.ts';
import type { Outcome } from './outcome.ts';

/**
 * What operators can be told: an outcome of ours, or an alarm that changed its state; of an alert's
 * alarm also which alert it is.
 */
export type News = AlarmNews | Outcome;
export type AlarmNews = AlarmEvent & Readonly<{ alert?: Alert }>;

/** The news with the alert that its alarm belongs to, if it belongs to one. */
export const recognise = ({ alerts }: Pick<Configuration, 'alerts'>, news: News): News => {
  const alert = alerts.find(({ alarm }) => news.kind === 'alarm' && alarm === news.name);
  return alert === undefined || news.kind !== 'alarm' ? news : { ...news, alert };
};

const kindOf = (news: News): NewsKind =>
  news.kind === 'alarm' && news.alert !== undefined ? 'alert' : news.kind;

/**
 * Equal for messages that say the same, however often they are published, delivered or redriven.
 * The time is part of it, so that a ledger that starts again from 1 does not silence anything.
 */
export const keyOfNews = (news: News): string =>
  news.kind === 'alarm'
    ? [news.arn, news.at, news.state, news.contributorId ?? ''].join('|')
    : [news.group, news.decisionId, news.at].join('|');

/** How people name this piece of news, and recognise it when it comes twice. */
export const referenceOf = (news: News): string =>
  news.kind === 'alarm' ? news.name : news.decisionId;

/**
 * The configured channels that a piece of news goes to, each once. A new alarm starts without data
 * and turns OK, so every deployment would announce that: it goes nowhere.
 */
export const channelsFor = (
  { channels, routes }: Pick<Configuration, 'channels' | 'routes'>,
  news: News,
): readonly Channel[] => {
  if (isBirthOfAlarm(news)) return [];

  return channels.filter(({ name, kind }) =>
    routes.some(
      (route) =>
        route.to.includes(name) &&
        (concerns(route, news) || (kind === 'pagerduty' && ends(route, news))),
    ),
  );
};

const concerns = (route: Route, news: News): boolean =>
  route.on.includes(kindOf(news)) &&
  isAbout(route, news) &&
  (route.severities === undefined || route.severities.includes(severityOf(news)));

const isAbout = ({ groups }: Route, news: News): boolean =>
  groups === undefined || groups.includes(groupOf(news));

const groupOf = (news: News): string =>
  news.kind === 'alarm' ? (news.alert?.group ?? '') : news.group;

/** Who keeps incidents must also hear of what ends or takes on those that a route has opened. */
const ends = (route: Route, news: News): boolean =>
  isAbout(route, news) &&
  ENDINGS.includes(incidentOf(news).phase) &&
  (news.kind === 'alarm'
    ? route.on.includes(kindOf(news))
    : TROUBLES.some((kind) => route.on.includes(kind)));

const ENDINGS: readonly Incident['phase'][] = ['acknowledged', 'closed'];

/** Urgent news is rather told twice than not at all; any other is rather lost than told twice. */
export const isUrgent = (news: News): boolean =>
  news.kind === 'alarm'
    ? news.alert?.severity === 'critical' && news.state === 'ALARM'
    : TROUBLES.includes(news.kind);

const isBirthOfAlarm = (news: News): boolean =>
  news.kind === 'alarm' && news.previousState === 'INSUFFICIENT_DATA' && news.state === 'OK';
