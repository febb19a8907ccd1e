import type { Group } from '#domain/configuration/configuration.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import type { MetricTiming } from '#simulator/backtest/conditions.ts';
import { tidegate } from '#simulator/backtest/tidegate/policy.ts';
import type { Family } from './family.ts';
import { FORECASTING } from './forecasting.ts';

/** The ways of a forecast to see sooner, and to start faster. */
type Ways = Readonly<{
  /** Requests counted by the application in periods of 15 s, each there 15 s later; looked at as often. */
  isFine?: true;
  /** Stopped instances are kept, which serve 40 s after their start. */
  hasPool?: true;
}>;

const FINE: MetricTiming = { periodSeconds: 15, delaySeconds: 15 };

const linesOf = ({ isFine, hasPool }: Ways): readonly string[] => [
  ...(isFine ? ['    every: 15s'] : []),
  ...(hasPool ? ['    warmPool: { wake: 40s }'] : []),
];

const COUNTED =
  '{ namespace: Application, metric: Requests, statistic: Average, dimensions: { AutoScalingGroupName: web-prod } }';
const COUNTED_FINELY =
  '{ namespace: Application, metric: Requests, statistic: Sum, period: 10s, wholeAfter: 15s, dimensions: { AutoScalingGroupName: web-prod } }';

/** The group of a file, which is parsed as a deployment parses it. */
const groupOf = (rule: string, ways: Ways): Group => {
  const text = `version: 1
groups:
  web:
    autoScalingGroup: web-prod
${linesOf(ways)
  .map((line) => `${line}\n`)
  .join('')}    metrics:
      counted: ${ways.isFine ? COUNTED_FINELY : COUNTED}
    rules: { load: ${rule} }
`;
  const parsed = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-bench' });
  const group = parsed.ok ? parsed.value.groups[0] : undefined;
  if (group === undefined) {
    const problem = parsed.ok ? 'no group' : parsed.problem[0]?.message;
    throw new Error(`the bench wrote a pool with a mistake: ${problem} in\n${text}`);
  }
  return group;
};

const ahead = (name: string, ways: Ways): Family => ({
  name: `Tidegate forecast, requests, ${name}`,
  isOurs: true,
  ...(ways.isFine ? { hasOtherMetrics: true } : {}),
  learns: true,
  variants: Object.keys(FORECASTING),
  policy: (variant, { requests, begins }) => {
    const settings = Object.values(FORECASTING)[variant] ?? '';
    const carried = (60 * requests).toFixed(1);
    const rule = `{ forecast: counted, perInstance: ${carried} per minute, margin: 0%, ${settings} }`;
    return tidegate({
      name,
      group: groupOf(rule, ways),
      restsUntil: begins,
      ...(ways.isFine ? { metrics: FINE } : {}),
    });
  },
});

/** Forecasts that see a minute as others do or sooner, with a warm pool or without. */
export const POOL_FAMILIES: readonly Family[] = [
  ahead('a minute late, warm pool', { hasPool: true }),
  ahead('15 s samples', { isFine: true }),
  ahead('15 s samples, warm pool', { isFine: true, hasPool: true }),
];
