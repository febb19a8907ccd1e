import type { Group } from '#domain/configuration/configuration.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import type { Contender } from '#simulator/compare/compare.ts';
import { namesOf } from './names-of.ts';

/** Kinds of rules that a day is lived through once more with, as an operator would write them. */
const KINDS = {
  'forecast rules': {
    rules: [
      'load: { forecast: requests, perInstance: 100rps, onMissing: ignore }',
      'idle: { when: cpu < 5 for 15m, then: remove 1 }',
    ],
    behavior: '{}',
  },
  'threshold rules': {
    rules: [
      'cpu-high: { when: cpu > 70 for 3m, then: add 2 }',
      'cpu-low: { when: cpu < 30 for 10m, then: remove 1 }',
    ],
    behavior: '{ scaleOut: { cooldown: 3m }, scaleIn: { cooldown: 5m } }',
  },
} as const;

/** The rules that stand beside those of a day, for its group and within its bounds. */
export const otherRules = (group: Group): readonly Contender[] =>
  Object.entries(KINDS).map(([name, { rules, behavior }]) => ({
    name,
    group: { ...groupWith(group, rules, behavior), capacity: group.capacity },
  }));

const groupWith = (group: Group, rules: readonly string[], behavior: string): Group => {
  const { loadBalancer, targetGroup } = namesOf(group);
  const source = loadBalancer.startsWith('net/')
    ? `AWS/NetworkELB, metric: NewFlowCount, dimensions: { LoadBalancer: ${loadBalancer} }`
    : `AWS/ApplicationELB, metric: RequestCount, dimensions: { LoadBalancer: ${loadBalancer}, TargetGroup: ${targetGroup} }`;
  const text = `version: 1
groups:
  ${group.name}:
    autoScalingGroup: ${group.autoScalingGroup}
    metrics:
      cpu: { preset: asg-cpu }
      requests: { namespace: ${source}, statistic: Sum }
    rules:
${rules.map((rule) => `      ${rule}`).join('\n')}
    behavior: ${behavior}
`;
  const parsed = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-day' });
  const [made] = parsed.ok ? parsed.value.groups : [];
  if (made !== undefined) return made;
  const problem = parsed.ok ? 'no group' : parsed.problem[0]?.message;
  throw new Error(`the day wrote rules with a mistake: ${problem} in\n${text}`);
};
