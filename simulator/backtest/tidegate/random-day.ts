import type { Configuration } from '#domain/configuration/configuration.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { createRandom, type Random } from '#simulator/kernel/random.ts';
import { USUAL_CONDITIONS } from '../conditions.ts';
import { makeTrace, SHAPE_NAMES } from '../generators.ts';
import { createWorld, type World } from '../world.ts';

/** A day, or a part of one, made up by a seed: a shape of demand, and rules of every kind with behaviours of every kind. */
export type RandomDay = Readonly<{ text: string; configuration: Configuration; world: World }>;

export const randomDay = (seed: number, days = 1): RandomDay => {
  const random = createRandom(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const text = rulesText(random, pick);
  const parsed = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-dev' });
  if (!parsed.ok) throw new Error(`${parsed.problem[0]?.message} in\n${text}`);

  const shape = pick(SHAPE_NAMES);
  const peak = SERVICE.ratePerInstance * (4 + 20 * random());
  const trace = makeTrace(shape, { days, peak, seed });
  const conditions = { ...USUAL_CONDITIONS, service: SERVICE, min: 2, max: 24 };
  return { text, configuration: parsed.value, world: createWorld(trace, conditions, seed) };
};

const SERVICE = {
  ...USUAL_CONDITIONS.service,
  ratePerInstance: 100,
  sharing: 'pooled',
  objective: { kind: 'p95', latencyMs: 500 },
} as const;

type Pick = <T>(all: readonly T[]) => T;

const TARGET =
  'loadBalancer: app/web/50dc6c495c0c9188, targetGroup: targetgroup/web/73e2d6bc24d8a067';
const DIMENSIONS =
  'dimensions: { LoadBalancer: app/web/50dc6c495c0c9188, TargetGroup: targetgroup/web/73e2d6bc24d8a067 }';

const rulesText = (random: Random, pick: Pick): string => {
  const count = 1 + Math.floor(random() * 3);
  const rules = Array.from({ length: count }, (_, index) => ruleLines(index, pick)).flat();
  return [
    'version: 1',
    'groups:',
    '  web:',
    '    autoScalingGroup: web-prod',
    '    metrics:',
    '      cpu: { preset: asg-cpu }',
    '      each: { preset: alb-requests-per-target, targetGroup: targetgroup/web/73e2d6bc24d8a067 }',
    `      latency: { preset: alb-response-time, ${TARGET}, statistic: p95 }`,
    `      requests: { namespace: AWS/ApplicationELB, metric: RequestCount, statistic: Sum, ${DIMENSIONS} }`,
    '    rules:',
    ...rules.map((line) => `      ${line}`),
    '    behavior:',
    `      scaleOut: { cooldown: ${pick(['0s', '1m', '3m'])}, tolerance: ${pick(['0%', '5%', '10%'])}, stabilize: ${pick(['0s', '0s', '2m'])} }`,
    `      scaleIn: { cooldown: ${pick(['0s', '5m'])}, tolerance: ${pick(['0%', '10%'])}, stabilize: ${pick(['0s', '3m', '8m'])} }`,
    '',
  ].join('\n');
};

/** A rule, or two that belong together, with the number in their names. */
const ruleLines = (number: number, pick: Pick): readonly string[] => {
  const high = pick([55, 65, 75]);
  return pick([
    [
      `high-${number}: { when: cpu > ${high} for ${pick([1, 2, 3])}m, then: add ${pick(['1', '2', '20%'])} }`,
      `low-${number}: { when: cpu < ${high - 25} for ${pick([5, 10])}m, then: remove ${pick(['1', '10%'])} }`,
    ],
    [`slow-${number}: { when: latency > 0.3 for 2m, then: add 2, onMissing: ignore }`],
    [`processors-${number}: { track: cpu, target: ${high} }`],
    [`each-${number}: { track: each, target: ${60 * high} }`],
    [`total-${number}: { track: requests, target: ${60 * high} per unit }`],
    [
      `steps-${number}: { step: cpu, atLeast: 1, bands: [{ above: ${high}, then: add 10% }, { above: ${high + 10}, then: add 30% }, { below: ${high - 20}, then: remove 10% }] }`,
    ],
    [
      `ahead-${number}: { forecast: requests, perInstance: ${high}, risk: ${pick([10, 30])}%, margin: ${pick([0, 10])}% }`,
    ],
    [`computed-${number}: { desired: requests / ${60 * high} + 1 }`],
    [
      `clock-${number}: { schedule: { start: '0 8 * * *', end: '0 18 * * *', timezone: UTC }, min: ${pick([4, 8])} }`,
    ],
  ]);
};
