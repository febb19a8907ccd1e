import type { AlarmEvent } from './alarm.ts';
import type { Channel, Configuration, NewsKind } from './configuration.ts';
import type { Outcome } from './outcome.ts';

/** What operators can be told: an outcome of ours, or an alarm that changed its state. */
export type News = AlarmEvent | Outcome;

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

  const names = routes.filter(({ on }) => on.includes(news.kind)).flatMap(({ to }) => to);
  return channels.filter(({ name }) => names.includes(name));
};

/** Urgent news is rather told twice than not at all; any other is rather lost than told twice. */
export const isUrgent = ({ kind }: News): boolean => URGENT.includes(kind);

const URGENT: readonly NewsKind[] = ['at-max', 'blocked', 'failed'];

const isBirthOfAlarm = (news: News): boolean =>
  news.kind === 'alarm' && news.previousState === 'INSUFFICIENT_DATA' && news.state === 'OK';
