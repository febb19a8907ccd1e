import type { Configuration } from '#domain/configuration/configuration.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';

/** So many groups, each with two rules, as they would stand in `tidegate.yml`. */
export const configurationOf = (groups: number): Configuration => {
  const file = 'bench.yml';
  const names = Array.from({ length: groups }, (_, index) => `fleet-${index}`);
  const text = ['version: 1', 'groups:', ...names.map(groupText)].join('\n');
  const result = parseConfiguration(text, { file, prefix: 'tidegate-bench' });
  if (!result.ok) throw new Error(JSON.stringify(result.problem));

  return result.value;
};

const groupText = (name: string): string => `
  ${name}:
    autoScalingGroup: ${name}-asg
    capacity: { min: 2, max: 10 }
    metrics: { cpu: { preset: asg-cpu } }
    rules:
      cpu-high: { when: cpu > 70 for 3m, then: add 2 }
      cpu-low: { when: cpu < 30 for 10m, then: remove 1 }`;
