import type { Alert } from '#domain/configuration/alert.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import type { DrillNews } from '#domain/ledger/drill.ts';
import { type Outcome, TROUBLES } from '#domain/ledger/outcome.ts';
import type { AlarmEvent } from '#domain/observed/alarm.ts';
import { describeExactly } from '#domain/time/describe-instant.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { ReportNews } from './report-news.ts';

/**
 * News is what operators can be told: an outcome of ours, an alarm that changed its state (of an alert's alarm
 * also which alert it is), that one of their channels takes no messages, the news of a drill, or a report.
 */
export type News = AlarmNews | Outcome | ChannelNews | DrillNews | ReportNews;
export type AlarmNews = AlarmEvent & Readonly<{ alert?: Alert }>;

/** A channel takes nothing any more, or takes messages again. No route names it: another channel is told. */
export type ChannelNews = Readonly<{
  kind: 'channel';
  channel: string;
  isBroken: boolean;
  detail: string;
  at: Instant;
}>;

/** The news with the alert that its alarm belongs to, if it belongs to one. */
export const recognise = ({ alerts }: Pick<Configuration, 'alerts'>, news: News): News => {
  const alert = alerts.find(({ alarm }) => news.kind === 'alarm' && alarm === news.name);
  return alert === undefined || news.kind !== 'alarm' ? news : { ...news, alert };
};

/**
 * Equal for messages that say the same, however often they are published, delivered or redriven.
 * The time is part of it, so that a ledger that starts again from 1 does not silence anything.
 */
export const keyOfNews = (news: News): string => {
  if (news.kind === 'alarm') {
    return [news.arn, news.at, news.state, news.contributorId ?? ''].join('|');
  }
  if (news.kind === 'drill') return keyOfDrill(news);
  if (news.kind === 'report') return `report|${news.at}`;
  return news.kind === 'channel'
    ? ['channel', news.channel, news.isBroken, news.at].join('|')
    : [news.group, news.decisionId, news.at].join('|');
};

/** A drill is decided anew when its message is repeated, and told once all the same: its time is no part of it. */
const keyOfDrill = (news: DrillNews): string =>
  'would' in news
    ? ['drill', news.drill, news.would.group].join('|')
    : ['drill', news.drill, news.channel, news.phase ?? ''].join('|');

/** The name that people give this piece of news, and recognise when it comes twice. */
export const referenceOf = (news: News): string => {
  if (news.kind === 'channel') return news.channel;
  if (news.kind === 'drill') return news.drill;
  if (news.kind === 'report') return `report-${describeExactly(news.at).slice(0, 16)}`;
  return news.kind === 'alarm' ? news.name : news.decisionId;
};

/** Urgent news is rather told twice than not at all; any other is rather lost than told twice. */
export const isUrgent = (news: News): boolean => {
  if (news.kind === 'channel') return news.isBroken;
  if (news.kind === 'drill' || news.kind === 'report') return false;
  return news.kind === 'alarm'
    ? news.alert?.severity === 'critical' && news.state === 'ALARM'
    : TROUBLES.includes(news.kind);
};

/** An alarm has data again and is OK: it was born just now, or what it told of before is over. */
export const isRecovery = (news: News): boolean =>
  news.kind === 'alarm' && news.previousState === 'INSUFFICIENT_DATA' && news.state === 'OK';
