import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { type ChannelReport, describeChannelReport } from './channel-report.ts';
import type { GroupReport } from './group-report.ts';

/** Width of the words at the begin of the lines. */
const WORDS = 16;

/** A report for people: a few lines for each group, and what the figures suggest. */
export const describeReport = (report: GroupReport, spanSeconds: number): string => {
  const { group, autoScalingGroup } = report;
  const title = `${group} (${autoScalingGroup}), the last ${describeSeconds(spanSeconds)}`;
  return [
    title,
    ...linesOfReport(report).flatMap(({ word, texts }) =>
      texts.map((text, index) => reportLine(index === 0 ? word : '', text)),
    ),
  ].join('\n');
};

/** The channels of a deployment for people: a line for each. */
export const describeChannelReports = (
  reports: readonly ChannelReport[],
  spanSeconds: number,
): string =>
  [
    `messages, the last ${describeSeconds(spanSeconds)}`,
    ...reports.map((report) => reportLine(report.channel, describeChannelReport(report))),
  ].join('\n');

const reportLine = (word: string, text: string): string => `  ${word.padEnd(WORDS)}${text}`;

/** One matter of a report: the word that it stands under, and sentences on it. */
export type ReportLine = Readonly<{ word: string; texts: readonly string[] }>;

/** The matters of a report of which something is known, in their order. */
export const linesOfReport = (report: GroupReport): readonly ReportLine[] => {
  const lines = [
    ['changes', changesLine(report)],
    ['in service', sizesLine(report)],
    ['instance-hours', hoursLine(report)],
    ['cost', costLine(report)],
    ['rules', rulesLine(report)],
    ['asked a person', counts(report.troubles)],
  ] as const;
  return [
    ...lines.flatMap(([word, text]) => (text === undefined ? [] : [{ word, texts: [text] }])),
    ...(report.hints.length === 0 ? [] : [{ word: 'hints', texts: report.hints }]),
  ];
};

const changesLine = ({ changes, reversals, refused, targets }: GroupReport): string =>
  [
    `${changes.out} out, ${changes.in} in`,
    `${reversals} ${reversals === 1 ? 'reversal' : 'reversals'}`,
    ...(refused === 0 ? [] : [`${refused} refused by AWS`]),
    ...(targets === 0
      ? []
      : [`${targets} unhealthy ${targets === 1 ? 'target' : 'targets'} taken out`]),
  ].join('; ');

const sizesLine = ({ sizes }: GroupReport): string | undefined =>
  sizes &&
  `${rounded(sizes.smallest)} to ${rounded(sizes.largest)}, ${rounded(sizes.mean)} on average; at the maximum for ${rounded(sizes.atMaximum)} h and at the minimum for ${rounded(sizes.atMinimum)} h of ${rounded(sizes.hours)} h`;

const hoursLine = ({ sizes }: GroupReport): string | undefined =>
  sizes &&
  `${rounded(sizes.instanceHours)}; the largest size all the time would have taken ${rounded(sizes.largest * sizes.hours)}`;

const costLine = ({ cost }: GroupReport): string | undefined =>
  cost &&
  `${cost.spent.toFixed(2)}; the largest size all the time ${cost.atLargest.toFixed(2)} (${cost.basis})`;

const rulesLine = ({ byRule, idleRules }: GroupReport): string | undefined => {
  const followed = counts(byRule);
  const idle = idleRules.length === 0 ? undefined : `never followed: ${idleRules.join(', ')}`;
  const parts = [followed, idle].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join('; ');
};

const counts = (all: Readonly<Record<string, number>>): string | undefined => {
  const entries = Object.entries(all);
  return entries.length === 0
    ? undefined
    : entries.map(([name, count]) => `${name} ${count}`).join(', ');
};

const rounded = (value: number): string => String(Math.round(value * 10) / 10);
