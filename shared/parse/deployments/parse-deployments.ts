import { err, ok, type Result } from '#domain/basics/result.ts';
import type { ConfigurationProblem } from '#parse/configuration/configuration-problem.ts';
import { faultsOfIssues } from '#parse/configuration/faults-of-issues.ts';
import { problemsOf } from '#parse/configuration/problems-of.ts';
import { type EmptyFile, readYaml } from '#parse/configuration/yaml/read-yaml.ts';
import { checkDeployments } from './check-deployments.ts';
import { type DeploymentInput, deploymentsSchema } from './deployments-schema.ts';

/** A deployment as `deployments.yml` lists it; what is absent is found as the options of commands say. */
export type ListedDeployment = Readonly<{ name: string }> & Readonly<DeploymentInput>;

/**
 * Reads `deployments.yml`. The answer is its deployments in the order of the file, or every mistake in it, likewise;
 * no text makes it throw.
 */
export const parseDeployments = (
  text: string,
  file: string,
): Result<readonly ListedDeployment[], readonly ConfigurationProblem[]> => {
  const yaml = readYaml(text, EMPTY);
  if (!yaml.ok) return err(problemsOf(yaml.problem, { file, text }));

  const { value, mistakes, placeOf } = yaml.value;
  const input = deploymentsSchema.safeParse(value);
  const faults = [
    ...checkDeployments(value),
    ...(input.success ? [] : faultsOfIssues(input.error.issues, value)),
  ];
  const placed = [...mistakes, ...faults.map((fault) => ({ ...fault, range: placeOf(fault) }))];
  return input.success && placed.length === 0
    ? ok(Object.entries(input.data.deployments).map(([name, each]) => ({ name, ...each })))
    : err(problemsOf(placed, { file, text }));
};

const EMPTY: EmptyFile = {
  expected: 'version: 1, and deployments',
  suggestion: 'begin with: deployments: { eu: { region: eu-west-1, stage: prod } }',
};
