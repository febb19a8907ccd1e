import { shapeOf } from '#parse/configuration/math/shape-of.ts';
import type { MathInput, QueryInput } from '#parse/configuration/schema/metric-schema.ts';
import { formOf } from '#parse/rules/rules.ts';
import type { AlertDraft, GroupDraft } from '../draft.ts';
import type { Fault, Path, Span } from '../fault.ts';

/** Checks that alarms are made from what CloudWatch takes for them: one time series, found without a search. */
export const checkAlarmMetrics = (
  groups: readonly GroupDraft[],
  alerts: readonly AlertDraft[],
): readonly Fault[] =>
  groups.flatMap((group) => {
    const readers = readersOf(group, alerts);
    return [...group.metrics].flatMap(([name, metric]) => {
      const reader = readers.find((each) => each.metric === name)?.reader;
      const path = [...group.path, 'metrics', name];
      if (reader === undefined) return [];
      if ('query' in metric) return checkQuery(metric, path, reader);
      return 'expression' in metric ? checkMath(metric, path, reader) : [];
    });
  });

type Reader = Readonly<{ metric: string; reader: string }>;

/** The rules and alerts from whose condition the deployment makes an alarm. */
const readersOf = (group: GroupDraft, alerts: readonly AlertDraft[]): readonly Reader[] => {
  const rules = [...group.rules].flatMap(([name, { kind, given }]) => {
    const condition = formOf(kind).condition(given);
    return condition === undefined
      ? []
      : [{ metric: condition.metric.value, reader: `rule ${name}` }];
  });
  const told = alerts.flatMap(({ name, given: { group: of, when } }) =>
    of === group.name && when !== undefined
      ? [{ metric: when.metric.value, reader: `alert ${name}` }]
      : [],
  );
  return [...rules, ...told];
};

/**
 * An expression of an alarm must give a single time series
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html), and
 * PutMetricAlarm answers "SEARCH is not supported on Metric Alarms".
 */
const checkMath = ({ expression }: MathInput, path: Path, reader: string): readonly Fault[] => {
  const { shape, calls, hasData } = shapeOf(expression);
  const fault = faultAt([...path, 'expression'], reader);
  const search = calls.find(({ name }) => name === 'SEARCH');
  if (search !== undefined) {
    return [
      fault({
        message: 'SEARCH is not supported in alarms',
        expected: 'an expression over the metrics under uses',
        suggestion: OTHERWISE,
        span: search.span,
      }),
    ];
  }
  const band = calls.find(({ name }) => name === 'ANOMALY_DETECTION_BAND');
  if (shape === 'several' && band !== undefined) {
    return [
      fault({
        message: 'a band is two time series, and an alarm needs one',
        expected: 'an expression that gives a single time series',
        suggestion: 'make the anomaly detection alarm yourself, and use it: when: { alarm: NAME }',
        span: band.span,
      }),
    ];
  }
  if (shape === 'several') {
    return [
      fault({
        message: 'it gives several time series, and an alarm needs one',
        expected: 'an expression that gives a single time series',
        suggestion: 'join them with MAX(…), SUM(…) or AVG(…)',
      }),
    ];
  }
  if (!hasData) {
    return [
      fault({
        message: 'it is a constant, and an alarm needs a metric',
        expected: 'an expression with an id of uses in it',
        suggestion: 'for a capacity at all times, set capacity.min or write a schedule rule',
      }),
    ];
  }
  if (shape !== 'number') return [];
  return [
    fault({
      message: 'it gives a single number, and an alarm needs a time series',
      expected: 'an expression with the values of a metric in it, period by period',
      suggestion:
        'AVG, MAX, MIN, SUM and STDDEV of one metric are one number for all time: use the metric itself, or the statistic that says so',
    }),
  ];
};

/** With GROUP BY an alarm has a state for each series, and fires again and again with the same name. */
const checkQuery = ({ query }: QueryInput, path: Path, reader: string): readonly Fault[] => {
  const bare = query.replaceAll(/"[^"]*"|'[^']*'/g, (quoted) => '_'.repeat(quoted.length));
  const grouped = /\bGROUP\s+BY\b/i.exec(bare);
  if (grouped === null) return [];
  return [
    faultAt(
      [...path, 'query'],
      reader,
    )({
      message: 'GROUP BY gives several time series, and an alarm needs one',
      expected: 'a query without GROUP BY',
      suggestion: 'SELECT MAX(…), SUM(…) or AVG(…) without GROUP BY is one series over all of them',
      span: { start: grouped.index, length: grouped[0].length },
    }),
  ];
};

const OTHERWISE =
  'write a rule that reads the metric itself (step, track or desired), or make an alarm of your own: when: { alarm: NAME }';

type Said = Readonly<{ message: string; expected: string; suggestion: string; span?: Span }>;

const faultAt =
  (path: Path, reader: string) =>
  ({ message, expected, suggestion, span }: Said): Fault => ({
    path,
    code: 'bad-value',
    message: `${message}; one is made from it for the ${reader}`,
    expected,
    suggestion,
    ...(span === undefined ? {} : { span }),
  });
