import type { Group } from '#domain/configuration/configuration.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { tidegate } from '#simulator/backtest/tidegate/policy.ts';
import type { Family, Knob } from './family.ts';

/** A rule as an operator would write it, with the knob's setting in it. */
type Rule = (knob: Knob) => string;

const DIMENSIONS =
  '{ LoadBalancer: app/web/50dc6c495c0c9188, TargetGroup: targetgroup/web/73e2d6bc24d8a067 }';

const textWith = (rules: string, behavior: string): string => `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    metrics:
      cpu: { preset: asg-cpu }
      each: { preset: alb-requests-per-target, targetGroup: targetgroup/web/73e2d6bc24d8a067 }
      requests: { namespace: AWS/ApplicationELB, metric: RequestCount, statistic: Sum, dimensions: ${DIMENSIONS} }
      counted: { namespace: Application, metric: Requests, statistic: Average, dimensions: { AutoScalingGroupName: web-prod } }
    rules: ${rules}
    behavior: ${behavior}
`;

/** The group of a file, which is parsed as a deployment parses it. */
const groupOf = (rules: string, behavior: string): Group => {
  const text = textWith(rules, behavior);
  const parsed = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-bench' });
  const group = parsed.ok ? parsed.value.groups[0] : undefined;
  if (group === undefined) {
    const problem = parsed.ok ? 'no group' : parsed.problem[0]?.message;
    throw new Error(`the bench wrote rules with a mistake: ${problem} in\n${text}`);
  }
  return group;
};

const own = (name: string, rule: Rule, behaviors: Readonly<Record<string, string>>): Family => ({
  name: `Tidegate ${name}`,
  isOurs: true,
  learns: false,
  variants: Object.keys(behaviors),
  policy: (variant, knob) =>
    tidegate({ name, group: groupOf(rule(knob), Object.values(behaviors)[variant] ?? '{}') }),
});

/** Forecasts are set by their risk and their hold; their margin is 0 %, for the knob is one. */
const ahead = (name: string, metric: string): Family => {
  const all = Object.values(FORECASTING);
  return {
    name: `Tidegate ${name}`,
    isOurs: true,
    learns: true,
    variants: Object.keys(FORECASTING),
    policy: (variant, { requests, begins }) => {
      const rule = `{ load: { forecast: ${metric}, perInstance: ${digits(60 * requests)} per minute, margin: 0%, ${all[variant] ?? ''} } }`;
      return tidegate({ name, group: groupOf(rule, '{}'), restsUntil: begins });
    },
  };
};

const FORECASTING = {
  'risk 10 %, hold 3 min': 'risk: 10%, hold: 3m',
  'risk 30 %, hold 3 min': 'risk: 30%, hold: 3m',
  'risk 10 %, hold 5 min': 'risk: 10%, hold: 5m',
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

/** The kinds of rules of a `tidegate.yml`, each alone, through the production engine. */
export const OWN_FAMILIES: readonly Family[] = [
  own(
    'threshold, CPU',
    ({ cpu }) =>
      `{ high: { when: cpu > ${digits(cpu)} for 3m, then: add 10% }, low: { when: cpu < ${digits(0.7 * cpu)} for 10m, then: remove 10% } }`,
    STEPPING,
  ),
  own(
    'step, CPU',
    ({ cpu }) =>
      `{ bands: { step: cpu, atLeast: 1, bands: [{ above: ${digits(cpu)}, then: add 10% }, { above: ${digits(Math.min(99.5, 1.15 * cpu))}, then: add 30% }, { below: ${digits(0.75 * cpu)}, then: remove 10% }] } }`,
    STEPPING,
  ),
  own('track, CPU', ({ cpu }) => `{ busy: { track: cpu, target: ${digits(cpu)} } }`, FOLLOWING),
  own(
    'track, requests for each target',
    ({ requests }) => `{ each: { track: each, target: ${digits(60 * requests)} } }`,
    FOLLOWING,
  ),
  own(
    'track, requests in total',
    ({ requests }) => `{ total: { track: requests, target: ${digits(60 * requests)} per unit } }`,
    FOLLOWING,
  ),
  own(
    'track, requests, a minute late',
    ({ requests }) => `{ total: { track: counted, target: ${digits(60 * requests)} per unit } }`,
    FOLLOWING,
  ),
  ahead('forecast, requests in total', 'requests'),
  ahead('forecast, requests, a minute late', 'counted'),
];
