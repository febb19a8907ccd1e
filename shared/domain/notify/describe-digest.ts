import {
  describeWhereabouts,
  type Whereabouts,
  whereaboutsOf,
} from '#domain/basics/whereabouts.ts';
import { SEVERITIES, type Severity } from '#domain/configuration/alert.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import type { Instant } from '#domain/time/instant.ts';
import { describeNews } from './describe-news.ts';
import type { Message } from './message.ts';
import type { News } from './news.ts';

/** So many are told with a line of their own; the rest is counted. */
const LINES = 10;

/** So many groups are counted by themselves, so that Slack shows all ten fields; the others together. */
const GROUPS = 8;

/** One message about several pieces of news, the oldest first. */
export const describeDigest = (
  items: readonly News[],
  now: Instant,
  where: Whereabouts = {},
): Message => {
  const messages = items.map((news) => describeNews(news));
  const place = describeWhereabouts(where);

  const more = messages.length - LINES;
  const shown = messages.slice(0, more > 0 ? LINES : messages.length).map(lineOf);
  return {
    title: `${messages.length} messages${spanOf(messages)}`,
    text: [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'),
    fields: [...(place === undefined ? [] : [{ name: 'Where', value: place }]), ...countsOf(items)],
    links: [],
    ...(place === undefined ? {} : { where: whereaboutsOf(where) }),
    severity: messages.map(({ severity }) => severity).reduce(worse, 'info'),
    incident: { key: 'digest', phase: 'noted' },
    reference: messages.map(({ reference }) => reference).join(', '),
    at: now,
  };
};

const worse = (a: Severity, b: Severity): Severity =>
  SEVERITIES.indexOf(a) < SEVERITIES.indexOf(b) ? b : a;

const lineOf = ({ at, title }: Message): string => `${timeOf(at)} ${title}`;

const timeOf = (at: Instant): string => describeInstant(at).slice(11, 16);

const spanOf = (messages: readonly Message[]): string => {
  const times = messages.map(({ at }) => at);
  const [first, last] = [Math.min(...times), Math.max(...times)].map(describeInstant);
  return first === undefined || first === last ? '' : `, ${first} to ${last}`;
};

/** Counts the news of each group; alarms that belong to no group come last. */
const countsOf = (items: readonly News[]): Message['fields'] => {
  const counts = new Map<string, Map<string, number>>();
  for (const news of items) {
    const name = subjectOf(news);
    const kinds = counts.get(name) ?? new Map<string, number>();
    counts.set(name, kinds.set(news.kind, (kinds.get(news.kind) ?? 0) + 1));
  }
  const fields = [...counts].map(([name, kinds]) => ({
    name,
    value: [...kinds].map(([kind, count]) => `${count} × ${kind}`).join(', '),
  }));
  if (fields.length <= GROUPS + 1) return fields;

  const others = [...counts].slice(GROUPS).flatMap(([, kinds]) => [...kinds.values()]);
  const count = others.reduce((sum, each) => sum + each, 0);
  const name = `${fields.length - GROUPS} more groups`;
  return [...fields.slice(0, GROUPS), { name, value: `${count} messages` }];
};

const subjectOf = (news: News): string => {
  if (news.kind === 'channel') return 'Channels';
  if (news.kind === 'drill') return 'Drills';
  if (news.kind === 'report') return 'Reports';
  return news.kind === 'alarm' ? (news.alert?.group ?? 'Alarms') : news.group;
};
