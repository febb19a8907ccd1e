import type { Metric, StatMetric } from '#domain/configuration/metric.ts';
import type {
  MathInput,
  MetricInput,
  PlainInput,
  UsedInput,
} from '#parse/configuration/schema/metric-schema.ts';
import { presetMetric } from './preset-metric.ts';

/** The context that the metrics of a group refer to. */
export type MetricContext = Readonly<{
  autoScalingGroup: string;
  metrics: ReadonlyMap<string, MetricInput>;
}>;

/**
 * A metric as CloudWatch knows it. Names within an expression must lead to metrics that are no
 * expressions; `checkMetrics` has seen to it.
 */
export const metricOf = (input: MetricInput, context: MetricContext): Metric => {
  if ('preset' in input) return presetMetric(input, context.autoScalingGroup);
  if ('query' in input) {
    return { kind: 'query', query: input.query, periodSeconds: input.period };
  }
  return 'expression' in input ? mathMetric(input, context) : plainMetric(input);
};

const plainMetric = (input: PlainInput): StatMetric => ({
  kind: 'stat',
  namespace: input.namespace,
  metricName: input.metric,
  dimensions: input.dimensions,
  statistic: input.statistic,
  periodSeconds: input.period,
  ...(input.wholeAfter === undefined ? {} : { wholeAfterSeconds: input.wholeAfter }),
  ...(input.account === undefined ? {} : { account: input.account }),
});

const mathMetric = ({ expression, uses }: MathInput, context: MetricContext): Metric => {
  const used = Object.entries(uses).map(([id, input]) => [id, usedMetric(input, context)] as const);
  const [first] = used as [(typeof used)[number]];

  return {
    kind: 'math',
    expression,
    uses: Object.fromEntries(used),
    periodSeconds: first[1].periodSeconds,
  };
};

const usedMetric = (input: UsedInput, context: MetricContext): StatMetric => {
  const named = typeof input === 'string' ? (context.metrics.get(input) as MetricInput) : input;
  return metricOf(named, context) as StatMetric;
};
