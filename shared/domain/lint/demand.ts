import { nameSome } from '#domain/basics/name-some.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { StatMetric } from '#domain/configuration/metric.ts';
import { natureOf, sourcesOf } from '#domain/configuration/metric-nature.ts';
import { isCount } from '#domain/configuration/reading-window.ts';
import type { Rule } from '#domain/configuration/rule.ts';
import { namesOf } from './directions.ts';
import type { Finding } from './finding.ts';
import { metricNamesOf, sourcesBehind } from './metrics-behind.ts';

/**
 * Rules that go by CPU or by a mean for each target, in a group of which the file names what counts its demand as a
 * total. Rules in shadow are looked at as well. One rule that follows the total is enough: then CPU stands beside it for
 * what the total does not tell.
 */
export const findDemandNotFollowed = (group: Group): readonly Finding[] => {
  const total = totalOf(group);
  const rules = group.rules.filter((rule) => goesByMean(rule, group));
  if (total === undefined || rules.length === 0) return [];
  if (group.rules.some((rule) => followsTotal(rule, group))) return [];

  const means = [
    ...new Set(
      rules.flatMap((rule) =>
        metricNamesOf(rule).filter((name) => sourcesOf(group.metrics[name]).some(isMean)),
      ),
    ),
  ];
  const saturates = rules.some((rule) => sourcesBehind(rule, group).some(isProcessor));
  return [
    {
      code: 'demand-not-followed',
      isHint: true,
      group: group.name,
      rules: namesOf(rules),
      message: `${nameSome(means)} ${means.length === 1 ? 'moves' : 'move'} with the capacity, and ${total.what} would say what comes`,
      why: saturates
        ? 'CPU ends at 100 %: it tells that instances are full, not how much more came, so a group in a crowd grows step by step; and it falls whenever capacity is added'
        : 'a mean over the targets falls when capacity is added, and while instances come and go it belongs to a count of them that is past',
      example: exampleFor(rules, saturates),
      fix: `follow the total, in shadow at first: ${total.name}: ${total.metric}, and { track: ${total.name}, target: 80rps per unit } or { forecast: ${total.name}, perInstance: 100rps }; npx tidegate backtest shows both beside these rules, on your own history`,
    },
  ];
};

/** Figures of docs/benchmarks.md, which has the conditions; a test holds them to it. */
export const MEASURED = {
  thresholds: { row: 'Tidegate threshold, CPU', value: '1.356' },
  total: { row: 'Tidegate forecast, requests in total', value: '1.143' },
} as const;

const OF_FORECASTS =
  'Only a total can be forecast: that cost 8 % less than the best track with one setting for eight traces, at 1 to 2 % of the requests too slow (docs/concepts.md)';
const EXAMPLE_OF_THRESHOLDS = `with one setting for all of five public traces and 1 % of the requests too slow, thresholds on CPU cost ${MEASURED.thresholds.value} times the least that was possible, and a forecast of the requests in total ${MEASURED.total.value} (docs/benchmarks.md)`;
const EXAMPLE_OF_PROCESSORS = `1.2 times and five times the load that the instances carry both show a CPU of 100 %; a total tells them apart. ${OF_FORECASTS}`;
const EXAMPLE_OF_MEANS = `ten instances with 1,000 requests each and five more that come: the mean falls, minute by minute, while as many requests come as before. ${OF_FORECASTS}`;

const exampleFor = (rules: readonly Rule[], saturates: boolean): string => {
  if (!saturates) return EXAMPLE_OF_MEANS;
  return rules.some(({ kind }) => kind === 'threshold')
    ? EXAMPLE_OF_THRESHOLDS
    : EXAMPLE_OF_PROCESSORS;
};

/** A name that the metric may have in the group, its meaning, and its definition. */
type Total = Readonly<{ name: string; what: string; metric: string }>;

/** The total that counts what comes to the group, as far as the file names a load balancer or a queue. */
const totalOf = ({ metrics, health }: Group): Total | undefined => {
  const named = [
    ...(health?.watched ?? []).map(({ loadBalancer, targetGroup }) => ({
      LoadBalancer: loadBalancer,
      TargetGroup: targetGroup,
    })),
    ...Object.values(metrics)
      .flatMap(sourcesOf)
      .map(({ dimensions }) => dimensions),
  ];
  const first = (key: string, begin = ''): string | undefined =>
    named.map((each) => each[key as keyof typeof each]).find((value) => value?.startsWith(begin));

  const free = (name: string): string => (name in metrics ? `${name}-in-total` : name);
  const targetGroup = first('TargetGroup');
  const [network, queue] = [first('LoadBalancer', 'net/'), first('QueueName')];
  if (targetGroup !== undefined && (network === undefined || first('LoadBalancer', 'app/'))) {
    const loadBalancer = first('LoadBalancer', 'app/') ?? 'app/NAME/ID';
    return {
      name: free('requests'),
      what: `the requests of ${targetGroup}`,
      metric: `{ preset: alb-requests, loadBalancer: ${loadBalancer}, targetGroup: ${targetGroup} }`,
    };
  }
  if (network !== undefined) {
    return {
      name: free('flows'),
      what: `the flows of ${network}`,
      metric: `{ preset: nlb-flows, loadBalancer: ${network} }`,
    };
  }
  return queue === undefined
    ? undefined
    : {
        name: free('sent'),
        what: `the messages sent to ${queue}`,
        metric: `{ preset: sqs-sent, queue: ${queue} }`,
      };
};

const goesByMean = (rule: Rule, group: Group): boolean => sourcesBehind(rule, group).some(isMean);

const isMean = (metric: StatMetric): boolean => isProcessor(metric) || natureOf(metric).isWork;

const isProcessor = ({ namespace, metricName }: StatMetric): boolean =>
  namespace === 'AWS/EC2' && metricName === 'CPUUtilization';

/** A rule that goes where a count of what comes leads, whatever the capacity. */
const followsTotal = (rule: Rule, { metrics }: Group): boolean => {
  if (rule.kind !== 'forecast' && !(rule.kind === 'track' && rule.isTotal)) return false;
  const metric = metrics[rule.metric];
  return metric !== undefined && isCount(metric) && !sourcesOf(metric).some(isMean);
};
