import type { Configuration } from '#domain/configuration/configuration.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';

/** A kind of group, by the rules that it has. */
export type FleetKind = Readonly<{
  title: string;
  /** The metrics that its rules follow. */
  metrics: number;
  rules: string;
  settings?: string;
  /** Its groups are members of one fleet, and no file names them. */
  isFleet?: true;
  /** So many minutes are counted in place of a day, where a day would take an hour to simulate. */
  minutes?: number;
}>;

/** The end of the ARN of a load balancer and of a target group. */
const ID = '50dc6c495c0c9188';

const METRICS = (name: string): string => `
    metrics:
      cpu: { preset: asg-cpu }
      requests: { preset: alb-requests, loadBalancer: app/${name}/${ID}, targetGroup: targetgroup/${name}/${ID} }
      each: { preset: alb-requests-per-target, targetGroup: targetgroup/${name}/${ID} }`;

const TWO_THRESHOLDS = `
      cpu-high: { when: cpu > 70 for 3m, then: add 2 }
      cpu-low: { when: cpu < 30 for 10m, then: remove 1 }`;

export const KINDS = {
  quiet: {
    title: 'two threshold rules that never fire',
    metrics: 1,
    rules: `
      cpu-high: { when: cpu > 101 for 3m, then: add 2 }
      cpu-low: { when: cpu < 0 for 10m, then: remove 1 }`,
  },
  thresholds: { title: 'two threshold rules', metrics: 1, rules: TWO_THRESHOLDS },
  members: {
    title: 'two threshold rules of a member of a fleet',
    metrics: 1,
    rules: TWO_THRESHOLDS,
    isFleet: true,
  },
  track: {
    title: 'a track rule',
    metrics: 1,
    rules: '\n      load: { track: requests, target: 83rps per unit }',
  },
  twoMetrics: {
    title: 'two track rules on two metrics',
    metrics: 2,
    rules: `
      load: { track: requests, target: 83rps per unit }
      busy: { track: cpu, target: 60 }`,
  },
  fiveMinutes: {
    title: 'a track rule on a mean of five minutes',
    metrics: 1,
    rules: '\n      slow: { track: slow, target: 60 }',
  },
  step: {
    title: 'a step rule',
    metrics: 1,
    rules:
      '\n      steps: { step: cpu, bands: [{ above: 70, then: add 1 }, { above: 85, then: add 3 }, { below: 30, then: remove 1 }] }',
  },
  expression: {
    title: 'an expression',
    metrics: 1,
    rules: '\n      wanted: { desired: "ceil(requests / 4980.0)" }',
  },
  schedule: {
    title: 'a schedule alone',
    metrics: 0,
    rules:
      '\n      office: { schedule: { start: "0 8 * * MON-FRI", end: "0 18 * * MON-FRI", timezone: Europe/Berlin }, min: 4 }',
  },
  forecast: {
    title: 'a forecast rule',
    metrics: 1,
    rules: '\n      ahead: { forecast: requests, perInstance: 100rps, risk: 10%, margin: 10% }',
    minutes: 30,
  },
  often: {
    title: 'a track rule, `every: 15s`',
    metrics: 1,
    rules: '\n      load: { track: requests, target: 83rps per unit }',
    settings: '\n    every: 15s',
  },
} as const satisfies Readonly<Record<string, FleetKind>>;

const namesOf = (groups: number): readonly string[] =>
  Array.from({ length: groups }, (_, index) => `fleet-${index}`);

/** So many groups of a kind; with none, the deployment that is left when the last one goes. */
export const configurationOf = (kind: FleetKind, groups: number): Configuration => {
  if (kind.isFleet === true) return parsed(fleetText(kind));
  const names = namesOf(Math.max(1, groups));
  const text = ['version: 1', 'groups:', ...names.map((name) => groupText(kind, name))].join('\n');
  const configuration = parsed(text);
  return groups === 0 ? { ...configuration, groups: [] } : configuration;
};

/** The configuration that a text says; it throws when there are mistakes in it. */
export const parsed = (text: string): Configuration => {
  const result = parseConfiguration(text, { file: 'cost.yml', prefix: 'tidegate-cost' });
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
};

const groupText = ({ rules, settings = '' }: FleetKind, name: string): string => `
  ${name}:
    autoScalingGroup: ${asgOf(name)}
    capacity: { min: 2, max: 20 }${settings}${METRICS(name)}
      slow: { namespace: AWS/EC2, metric: CPUUtilization, dimensions: { AutoScalingGroupName: ${asgOf(name)} }, statistic: Average, period: 5m }
    rules:${rules}`;

const fleetText = ({ rules }: FleetKind): string => `version: 1
fleets:
  cells:
    select: { tags: { tier: web } }
    capacity: { min: 2, max: 20 }
    metrics:
      cpu: { preset: asg-cpu }
    rules:${rules}`;

/** The Auto Scaling groups of so many groups that no file names. */
export const membersOf = ({ isFleet }: FleetKind, groups: number): readonly string[] =>
  isFleet === true ? namesOf(groups).map(asgOf) : [];

const asgOf = (name: string): string => `${name}-asg`;

/** Counts the alarms that the rules of a group need, each on one metric. */
export const alarmsOfKind = (kind: FleetKind): number =>
  configurationOf(kind, 1).groups.reduce((sum, { rules }) => sum + alarmsOf(rules).length, 0);
