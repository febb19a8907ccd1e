import { describeSeconds } from '#domain/time/describe-seconds.ts';
import type { GroupReport } from './group-report.ts';

/** Width of the words at the begin of the lines. */
const WORDS = 16;

/** A report for people: a few lines for each group, and what the figures suggest. */
export const describeReport = (report: GroupReport, spanSeconds: number): string => {
  const { group, autoScalingGroup, hints } = report;
  const title = `${group} (${autoScalingGroup}), the last ${describeSeconds(spanSeconds)}`;
  const lines = [
    ['changes', changesLine(report)],
    ['in service', sizesLine(report)],
    ['instance-hours', hoursLine(report)],
    ['cost', costLine(report)],
    ['rules', rulesLine(report)],
    ['asked a person', counts(report.troubles)],
    ...hints.map((hint, index) => [index === 0 ? 'hints' : '', hint] as const),
  ] as const;
  return [
    title,
    ...lines.flatMap(([word, text]) =>
      text === undefined ? [] : [`  ${word.padEnd(WORDS)}${text}`],
    ),
  ].join('\n');
};

const changesLine = ({ changes, reversals, refused, targets }: GroupReport): string =>
  [
    `${changes.out} out, ${changes.in} in`,
    `${reversals} reversals`,
    ...(refused === 0 ? [] : [`${refused} refused by AWS`]),
    ...(targets === 0 ? [] : [`${targets} unhealthy targets taken out`]),
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
