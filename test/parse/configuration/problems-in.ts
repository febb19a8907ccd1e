import type { ConfigurationProblem } from '#parse/configuration/configuration-problem.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';

/** The mistakes that a text has; none when it is valid. */
export const problemsIn = (
  text: string,
  prefix = 'tidegate-dev',
): readonly ConfigurationProblem[] => {
  const result = parseConfiguration(text, { file: 'tidegate.yml', prefix });
  return result.ok ? [] : result.problem;
};

/** Each mistake on one line: `6:14 unknown-name groups.web.rules.a.when: no metric …`. */
export const linesOf = (text: string, prefix?: string): readonly string[] =>
  problemsIn(text, prefix).map(
    ({ line, column, code, path, message, suggestion }) =>
      `${line}:${column} ${code} ${path}: ${message}${suggestion === undefined ? '' : ` | ${suggestion}`}`,
  );

/** A file with one group, whose body is given without indentation. */
export const fileWithGroup = (body: string): string =>
  ['version: 1', 'groups:', '  web:', '    autoScalingGroup: web-prod', ...indented(body)].join(
    '\n',
  );

const indented = (body: string): readonly string[] => body.split('\n').map((line) => `    ${line}`);
