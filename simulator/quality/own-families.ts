import type { Group } from '#domain/configuration/configuration.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { type Tidegate, tidegate } from '#simulator/backtest/tidegate/policy.ts';
import type { Family, Knob } from './family.ts';
import { FORECASTING } from './forecasting.ts';

/** A rule as an operator would write it, with the knob's setting in it. */
type Rule = (knob: Knob) => string;

const DIMENSIONS =
  '{ LoadBalancer: app/web/50dc6c495c0c9188, TargetGroup: targetgroup/web/73e2d6bc24d8a067 }';

/** Metrics as the family has them, the sweep's second, and how often the group is looked at. */
type Ways = Pick<Tidegate, 'metrics' | 'sweepsAt'> & Readonly<{ every?: string }>;

/** A metric that can be read five seconds after its minute, as from an agent, and a sweep in the middle of the minute. */
const SOON: Ways = { metrics: { periodSeconds: 60, delaySeconds: 5 }, sweepsAt: 30 };
const WHEN_DUE: Ways = { ...SOON, every: 'auto' };

const textWith = (rules: string, behavior: string, { every = '1m' }: Ways): string => `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    every: ${every}
    metrics:
      cpu: { preset: asg-cpu }
      each: { preset: alb-requests-per-target, targetGroup: targetgroup/web/73e2d6bc24d8a067 }
      requests: { namespace: AWS/ApplicationELB, metric: RequestCount, statistic: Sum, dimensions: ${DIMENSIONS} }
      counted: { namespace: Application, metric: Requests, statistic: Average, dimensions: { AutoScalingGroupName: web-prod } }
    rules: ${rules}
    behavior: ${behavior}
`;

/** The group of a file, which is parsed as a deployment parses it. */
const groupOf = (rules: string, behavior: string, ways: Ways): Group => {
  const text = textWith(rules, behavior, ways);
  const parsed = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-bench' });
  const group = parsed.ok ? parsed.value.groups[0] : undefined;
  if (group === undefined) {
    const problem = parsed.ok ? 'no group' : parsed.problem[0]?.message;
    throw new Error(`the bench wrote rules with a mistake: ${problem} in\n${text}`);
  }
  return group;
};

/** A rule with the behaviours that are tried, and its ways where they are not the usual ones. */
type Own = Readonly<{ rule: Rule; behaviors: Readonly<Record<string, string>>; ways?: Ways }>;

const own = (name: string, { rule, behaviors, ways = {} }: Own): Family => ({
  name: `Tidegate ${name}`,
  isOurs: true,
  ...(ways.metrics === undefined ? {} : { hasOtherMetrics: true }),
  learns: false,
  variants: Object.keys(behaviors),
  policy: (variant, knob) =>
    tidegate({
      name,
      group: groupOf(rule(knob), Object.values(behaviors)[variant] ?? '{}', ways),
      ...timingOf(ways),
    }),
});

const timingOf = ({ metrics, sweepsAt }: Ways): Pick<Tidegate, 'metrics' | 'sweepsAt'> =>
  metrics === undefined || sweepsAt === undefined ? {} : { metrics, sweepsAt };

/** The margin of a forecast is 0 %, for the knob is one. */
const ahead = (name: string, metric: string, ways: Ways = {}): Family => {
  const all = Object.values(FORECASTING);
  return {
    name: `Tidegate ${name}`,
    isOurs: true,
    ...(ways.metrics === undefined ? {} : { hasOtherMetrics: true }),
    learns: true,
    variants: Object.keys(FORECASTING),
    policy: (variant, { requests, begins }) => {
      const rule = `{ load: { forecast: ${metric}, perInstance: ${digits(60 * requests)} per minute, margin: 0%, ${all[variant] ?? ''} } }`;
      const group = groupOf(rule, '{}', ways);
      return tidegate({ name, group, restsUntil: begins, ...timingOf(ways) });
    },
  };
};

/** Numbers in a file have few digits. */
const digits = (value: number): string => value.toFixed(1);

/** Behaviours of rules that step: as they come, faster, and slower. */
const STEPPING = {
  defaults: '{}',
  'no cooldowns': '{ scaleOut: { cooldown: 0s }, scaleIn: { cooldown: 0s } }',
  'cooldowns 1 min and 3 min': '{ scaleOut: { cooldown: 1m }, scaleIn: { cooldown: 3m } }',
};

/** Behaviours of rules that follow a metric. */
const FOLLOWING = {
  defaults: '{}',
  'no cooldowns, tolerance 0 %, in after 8 min':
    '{ tolerance: 0%, scaleOut: { cooldown: 0s }, scaleIn: { cooldown: 0s, stabilize: 8m } }',
  'no cooldowns, tolerance 3 %, in after 5 min':
    '{ tolerance: 3%, scaleOut: { cooldown: 0s }, scaleIn: { cooldown: 0s, stabilize: 5m } }',
};

const byCount: Rule = ({ requests }) =>
  `{ total: { track: counted, target: ${digits(60 * requests)} per unit } }`;

/** The kinds of rules of a `tidegate.yml`, each alone, through the production engine. */
export const OWN_FAMILIES: readonly Family[] = [
  own('threshold, CPU', {
    rule: ({ cpu }) =>
      `{ high: { when: cpu > ${digits(cpu)} for 3m, then: add 10% }, low: { when: cpu < ${digits(0.7 * cpu)} for 10m, then: remove 10% } }`,
    behaviors: STEPPING,
  }),
  own('step, CPU', {
    rule: ({ cpu }) =>
      `{ bands: { step: cpu, atLeast: 1, bands: [{ above: ${digits(cpu)}, then: add 10% }, { above: ${digits(Math.min(99.5, 1.15 * cpu))}, then: add 30% }, { below: ${digits(0.75 * cpu)}, then: remove 10% }] } }`,
    behaviors: STEPPING,
  }),
  own('track, CPU', {
    rule: ({ cpu }) => `{ busy: { track: cpu, target: ${digits(cpu)} } }`,
    behaviors: FOLLOWING,
  }),
  own('track, requests for each target', {
    rule: ({ requests }) => `{ each: { track: each, target: ${digits(60 * requests)} } }`,
    behaviors: FOLLOWING,
  }),
  own('track, requests in total', {
    rule: ({ requests }) =>
      `{ total: { track: requests, target: ${digits(60 * requests)} per unit } }`,
    behaviors: FOLLOWING,
  }),
  own('track, requests, a minute late', { rule: byCount, behaviors: FOLLOWING }),
  own('track, requests, 5 s late', { rule: byCount, behaviors: FOLLOWING, ways: SOON }),
  own('track, requests, 5 s late, every: auto', {
    rule: byCount,
    behaviors: FOLLOWING,
    ways: WHEN_DUE,
  }),
  ahead('forecast, requests in total', 'requests'),
  ahead('forecast, requests, a minute late', 'counted'),
  ahead('forecast, requests, 5 s late', 'counted', SOON),
  ahead('forecast, requests, 5 s late, every: auto', 'counted', WHEN_DUE),
];
