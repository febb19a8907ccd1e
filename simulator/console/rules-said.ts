import type { PageAnswer } from '#console/page/data.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { describeProblem } from '#parse/configuration/describe-problem.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';

/** The rules in a text that somebody typed while the day runs, or why they cannot be put in force. */
export const rulesSaid = (
  text: string,
  current: Configuration,
): Readonly<{ configuration: Configuration }> | PageAnswer => {
  const parsed = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-dev' });
  if (!parsed.ok) {
    return {
      isDone: false,
      text: parsed.problem.map((each) => describeProblem(each)).join('\n\n'),
    };
  }
  const [before, after] = [fleetsOf(current), fleetsOf(parsed.value)];
  if (before === after) return { configuration: parsed.value };
  return {
    isDone: false,
    text: `found the groups ${after}; this fleet has ${before}`,
    help: 'rules can be changed while it runs; for other groups start it anew: npm start -- --console --rules FILE',
  };
};

const fleetsOf = ({ groups }: Configuration): string =>
  groups
    .map(({ name, autoScalingGroup }) => `${name} (${autoScalingGroup})`)
    .toSorted()
    .join(', ');
