import type * as z from 'zod';
import { duration } from '#parse/configuration/words/duration.ts';
import { DIMENSION_NAMES, MATH_IDS } from '#parse/configuration/words/names.ts';
import { period, queryPeriod } from '#parse/configuration/words/period.ts';
import { statistic } from '#parse/configuration/words/statistic.ts';
import {
  accountId,
  dimensionValue,
  expression,
  insightsQuery,
  metricName,
  metricReference,
  namespace,
} from '#parse/configuration/words/text.ts';
import { describeValue } from '../describe-value.ts';
import type { Complaint } from '../fault.ts';
import { isMapping } from '../mapping.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { leaf } from './leaf.ts';
import { mapping, record } from './mapping.ts';
import { oneOf } from './one-of.ts';
import { isPresetName, PRESET_NAMES, PRESET_SCHEMAS, type PresetName } from './preset-schemas.ts';

/** CloudWatch's own limits (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html). */
export const MOST_DIMENSIONS = 30;
export const MOST_USES = 10;

const plain = mapping('A metric of CloudWatch.', {
  namespace: leaf(namespace, 'The CloudWatch namespace of the metric.'),
  metric: leaf(metricName, 'The name of the CloudWatch metric.'),
  dimensions: record(leaf(dimensionValue, 'The value of the dimension.'), {
    names: DIMENSION_NAMES,
    description: 'All dimensions of the metric, exactly as CloudWatch lists them.',
    most: MOST_DIMENSIONS,
  }).prefault({}),
  statistic: leaf(statistic, 'The statistic of the samples in one period.'),
  period: leaf(period, 'The length of one period. Default: 1m.').prefault('1m'),
  wholeAfter: leaf(
    duration({ min: 0, max: 900 }),
    'The time after a period until all of its data have arrived. Default: 3m for a total, or a period longer than 1m.',
  ).optional(),
  account: leaf(
    accountId,
    'The AWS account that has the metric, when it is another one; this account must be its monitoring account.',
  ).optional(),
});

const query = mapping('A query of CloudWatch Metrics Insights.', {
  query: leaf(insightsQuery, 'SELECT FUNCTION(METRIC) FROM … WHERE …, over many metrics at once.'),
  period: leaf(queryPeriod, 'The length of one period. Default: 1m.').prefault('1m'),
});

/** Operands of an expression: a metric of its own, or the name of another metric of the group. */
const used = oneOf(
  'A metric that an expression uses.',
  {
    ...PRESET_SCHEMAS,
    plain,
    name: leaf(metricReference, 'The name of another metric of the group.'),
  },
  (value) => (typeof value === 'string' ? 'name' : chooseUsed(value)),
);

const math = mapping('Metric math over other metrics.', {
  expression: leaf(expression, 'CloudWatch metric math over the ids under uses.'),
  uses: record(used, {
    names: MATH_IDS,
    description: 'The metric that each id in the expression stands for.',
    most: MOST_USES,
  }),
});

/** A metric: a preset, a plain CloudWatch metric, metric math, or a query. */
export const metricSchema = oneOf(
  'A metric: a preset, a metric of CloudWatch, an expression, or a query.',
  { ...PRESET_SCHEMAS, plain, math, query },
  (value) => {
    if (!isMapping(value)) return chooseShape(value);
    if (isQueryText(value.expression)) return MISPLACED_QUERY;
    if (Object.hasOwn(value, 'query')) return 'query';
    return MATH_KEYS.some((key) => Object.hasOwn(value, key)) ? 'math' : chooseShape(value);
  },
);

export type MetricInput = z.output<typeof metricSchema>;
export type UsedInput = z.output<typeof used>;
export type MathInput = z.output<typeof math>;
export type QueryInput = z.output<typeof query>;
export type PlainInput = z.output<typeof plain>;

/** Tells a query of Metrics Insights from metric math. */
export const isQueryText = (value: unknown): boolean =>
  typeof value === 'string' && /^\s*SELECT\s/i.test(value);

const MISPLACED_QUERY: Complaint = {
  code: 'bad-value',
  message: 'found a Metrics Insights query where metric math should be',
  expected: 'metric math over the ids under uses',
  suggestion: "a query has a key of its own, and no uses: { query: 'SELECT …', period: 1m }",
  path: ['expression'],
};

type ShapeName = PresetName | 'plain';

const chooseShape = (value: unknown): ShapeName | Complaint => {
  if (!isMapping(value)) return { ...UNSHAPED, ...describeUnshaped(value) };
  if (Object.hasOwn(value, 'preset')) return choosePreset(value.preset);

  const isPlain = PLAIN_KEYS.some((key) => Object.hasOwn(value, key));
  return isPlain ? 'plain' : { ...UNSHAPED, message: 'the kind of metric is missing' };
};

const choosePreset = (name: unknown): PresetName | Complaint =>
  isPresetName(name)
    ? name
    : {
        code: 'bad-value',
        message: `found ${describeValue(name)}, which is not a preset`,
        expected: `one of ${PRESET_NAMES.join(', ')}`,
        path: ['preset'],
        ...didYouMean(typeof name === 'string' ? nearest(name, PRESET_NAMES) : undefined),
      };

const chooseUsed = (value: unknown): ShapeName | Complaint => {
  const isExpression =
    isMapping(value) &&
    (value.preset === 'alb-error-rate' ||
      Object.hasOwn(value, 'expression') ||
      Object.hasOwn(value, 'query'));

  return isExpression
    ? {
        code: 'bad-value',
        message:
          isMapping(value) && Object.hasOwn(value, 'query')
            ? 'found a query within an expression'
            : 'found an expression within an expression',
        expected: 'a preset other than alb-error-rate, a CloudWatch metric, or the name of one',
      }
    : chooseShape(value);
};

const describeUnshaped = (value: unknown) => ({
  message: `found ${describeValue(value)}`,
  ...didYouMean(isPresetName(value) ? `{ preset: ${value} }` : undefined),
});

const UNSHAPED = {
  code: 'wrong-type',
  expected:
    'a mapping with preset, with namespace and metric and statistic, with expression and uses, or with query',
} as const;

const MATH_KEYS = ['expression', 'uses'];
const PLAIN_KEYS = Object.keys(plain.shape);
