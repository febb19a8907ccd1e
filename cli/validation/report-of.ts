import type { Result } from '#domain/basics/result.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { factsOf, type Rule } from '#domain/configuration/rule.ts';
import type { ConfigurationProblem } from '#parse/configuration/configuration-problem.ts';
import { alarmsOf } from './alarms-of.ts';
import { describeRule } from './describe-rule.ts';

/** The fields of `tidegate validate --json`. */
export const reportOf = (
  file: string,
  result: Result<Configuration, readonly ConfigurationProblem[]>,
) => ({
  valid: result.ok,
  file,
  problems: result.ok ? [] : result.problem.map(({ frame, ...problem }) => problem),
  summary: result.ok ? summaryOf(result.value) : null,
});

const summaryOf = (configuration: Configuration) => ({
  groups: configuration.groups.map(({ name, autoScalingGroup, capacity, rules }) => ({
    name,
    autoScalingGroup,
    capacity,
    rules: rules.map(ruleOf),
  })),
  ...(configuration.fleets === undefined
    ? {}
    : {
        fleets: configuration.fleets.map(({ name, tags, template: { capacity, rules } }) => ({
          name,
          tags,
          capacity,
          rules: rules.map(ruleOf),
        })),
      }),
  alarms: alarmsOf(configuration),
  channels: configuration.channels.map(({ kind, name }) => ({ kind, name })),
});

const ruleOf = (rule: Rule) => ({
  name: rule.name,
  sentence: describeRule(rule),
  kind: rule.kind,
  ...alarmOf(rule),
});

const alarmOf = (rule: Rule): Readonly<{ alarm?: string }> => {
  const { alarm } = factsOf(rule);
  return alarm === undefined || alarm.kind === 'watched' ? {} : { alarm: alarm.name };
};
