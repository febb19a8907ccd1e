import { didYouMean, nearest } from '../nearest.ts';
import { text } from './text.ts';
import type { Words } from './words.ts';

/** A statistic sums up the samples of one period, as in CloudWatch. */
export const statistic: Words<string> = text({
  expected:
    'Average, Sum, Minimum, Maximum, SampleCount, a percentile from p0 to p100, or another CloudWatch statistic such as tm90 or TM(10%:90%)',
  pattern: new RegExp(`^(?:${patterns().join('|')})$`),
  examples: ['Average', 'Maximum', 'p95', 'tm90'],
  explain: (found) => didYouMean(repairStatistic(found)),
});

/** The statistics that an alarm accepts (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html). */
function patterns(): readonly string[] {
  const share = String.raw`(?:100(?:\.0{1,10})?|\d{1,2}(?:\.\d{1,10})?)`;
  const number = String.raw`-?\d{1,15}(?:\.\d{1,10})?`;
  const range = (bound: string) => `(?:${bound}:(?:${bound})?|:${bound})`;

  return [
    'Average|Sum|Minimum|Maximum|SampleCount|IQM',
    `(?:p|tm|wm|tc|ts)${share}`,
    String.raw`(?:TM|WM|TC|TS)\((?:${range(`${share}%`)}|${range(number)})\)`,
    String.raw`PR\(${range(number)}\)`,
  ];
}

const repairStatistic = (found: string): string | undefined => {
  const lower = found.toLowerCase();
  const percentile = /^p?(\d{1,2}(?:\.\d{1,10})?)(?:th)?%?$/.exec(lower)?.[1];
  return percentile === undefined
    ? (SYNONYMS.get(lower) ?? nearest(lower, PLAIN_STATISTICS))
    : `p${percentile}`;
};

const PLAIN_STATISTICS = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'];
const SYNONYMS = new Map([
  ['avg', 'Average'],
  ['mean', 'Average'],
  ['total', 'Sum'],
  ['min', 'Minimum'],
  ['max', 'Maximum'],
  ['count', 'SampleCount'],
  ['samples', 'SampleCount'],
  ['median', 'p50'],
]);
