import type { Field } from '#domain/notify/message.ts';
import type { ReportNews } from '#domain/notify/report-news.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import { type ChannelReport, describeChannelReport } from './channel-report.ts';
import type { GroupReport } from './group-report.ts';

/** All that a scheduled report tells. */
export type ReportFacts = Readonly<{
  since: Instant;
  /** The due time, which is the end of its time. */
  at: Instant;
  to: readonly string[];
  groups: readonly GroupReport[];
  /** Groups that could not be read in the time that there was. */
  uncounted: number;
  channels: readonly ChannelReport[];
}>;

const DAY_MS = 1_440 * MINUTE_MS;
/** So many groups have a line of their own, those that asked a person first; the rest is counted. */
const LINES = 10;
/** So many channels are named. */
const CHANNELS = 8;

/** Puts the report of a time into the words of a message: sums in the fields, a line for each of the busiest groups. */
export const describeReportNews = (facts: ReportFacts): ReportNews => {
  const { since, at, to, groups, uncounted } = facts;
  const days = Math.max(1, Math.round((at - since) / DAY_MS));
  const span = days === 1 ? 'The last day' : `The last ${days} days`;
  const ordered = groups.toSorted((a, b) => asked(b) - asked(a) || moves(b) - moves(a));
  const more = ordered.length - LINES;
  return {
    kind: 'report',
    at,
    days,
    to,
    title: `${span}: ${moved(groups)}, ${personWords(sum(groups, asked))}`,
    text: [
      ...ordered.slice(0, LINES).map(lineOf),
      ...(more > 0 ? [`and ${more} more groups`] : []),
      ...(uncounted > 0
        ? [`${uncounted} groups are not counted: there was no time to read them all`]
        : []),
    ].join('\n'),
    fields: fieldsIn(facts),
  };
};

const fieldsIn = ({ since, at, groups, channels }: ReportFacts): readonly Field[] => [
  { name: 'Time', value: `${describeInstant(since)} to ${describeInstant(at)}` },
  {
    name: 'Changes',
    value: [
      `${sum(groups, ({ changes }) => changes.out)} out, ${sum(groups, ({ changes }) => changes.in)} in`,
      `${sum(groups, ({ reversals }) => reversals)} reversals`,
      `${sum(groups, ({ refused }) => refused)} refused by AWS`,
      `${sum(groups, ({ targets }) => targets)} targets taken out`,
    ].join('; '),
  },
  ...field('Asked a person', troublesIn(groups)),
  ...field('Instance-hours', hoursIn(groups)),
  ...field('Cost', costIn(groups)),
  ...field('Messages', messagesIn(channels)),
];

const field = (name: string, value: string | undefined): readonly Field[] =>
  value === undefined ? [] : [{ name, value }];

const sum = (groups: readonly GroupReport[], of: (group: GroupReport) => number): number =>
  groups.reduce((total, group) => total + of(group), 0);

const moves = ({ changes }: GroupReport): number => changes.out + changes.in;

const asked = ({ troubles }: GroupReport): number =>
  Object.values(troubles).reduce((total, count) => total + count, 0);

const moved = (groups: readonly GroupReport[]): string => {
  const count = sum(groups, moves);
  return count === 1 ? '1 change' : `${count} changes`;
};

const personWords = (count: number): string => {
  if (count === 0) return 'nothing for a person to do';
  return count === 1 ? '1 time a person was asked' : `${count} times a person was asked`;
};

const lineOf = (group: GroupReport): string => {
  const { changes, sizes, hints } = group;
  const parts = [
    `${changes.out} out, ${changes.in} in`,
    ...(sizes === undefined
      ? []
      : [
          `${rounded(sizes.smallest)} to ${rounded(sizes.largest)} in service`,
          ...(sizes.atMaximum > 0 ? [`at the maximum for ${rounded(sizes.atMaximum)} h`] : []),
        ]),
    ...(asked(group) > 0 ? [countsOf(group.troubles)] : []),
    ...(sizes === undefined ? [] : hints.slice(0, 1)),
  ];
  return `${group.group}: ${parts.join('; ')}`;
};

const troublesIn = (groups: readonly GroupReport[]): string | undefined => {
  const counts = new Map<string, number>();
  for (const [reason, count] of groups.flatMap(({ troubles }) => Object.entries(troubles))) {
    counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  if (counts.size === 0) return undefined;
  return countsOf(Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a)));
};

const countsOf = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

const hoursIn = (groups: readonly GroupReport[]): string | undefined => {
  const known = groups.flatMap(({ sizes }) => sizes ?? []);
  if (known.length === 0) return undefined;
  const hours = rounded(known.reduce((total, { instanceHours }) => total + instanceHours, 0));
  const unknown = groups.length - known.length;
  return unknown === 0 ? hours : `${hours}, without ${unknown} groups whose sizes are not known`;
};

/** Prices of the file are in one currency and those of the list in another: only costs of one kind add up. */
const costIn = (groups: readonly GroupReport[]): string | undefined => {
  const costs = groups.flatMap(({ cost }) => cost ?? []);
  const listed = costs.filter(({ isListed }) => isListed).length;
  if (costs.length === 0 || (listed !== 0 && listed !== costs.length)) return undefined;
  const spent = costs.reduce((total, cost) => total + cost.spent, 0).toFixed(2);
  const text = listed === 0 ? spent : `$${spent} at list prices`;
  const unknown = groups.length - costs.length;
  return unknown === 0 ? text : `${text}, without ${unknown} groups`;
};

const messagesIn = (channels: readonly ChannelReport[]): string | undefined => {
  if (channels.length === 0) return undefined;
  const shown = channels.slice(0, CHANNELS);
  const more = channels.length - shown.length;
  return [
    ...shown.map((each) => `${each.channel}: ${describeChannelReport(each)}`),
    ...(more > 0 ? [`and ${more} more channels`] : []),
  ].join('\n');
};

const rounded = (value: number): string => String(Math.round(value * 10) / 10);
