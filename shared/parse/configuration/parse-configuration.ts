import { err, ok, type Result } from '#domain/basics/result.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { checkAll } from './check/check-all.ts';
import { checkOrigins } from './check/check-origins.ts';
import type { ConfigurationProblem } from './configuration-problem.ts';
import type { Fault } from './fault.ts';
import { faultsOfIssues } from './faults-of-issues.ts';
import { isMapping } from './mapping.ts';
import { secretsIn } from './mask-secrets.ts';
import { configurationOf } from './normalise/configuration-of.ts';
import { problemsOf } from './problems-of.ts';
import { configurationSchema } from './schema/configuration-schema.ts';
import { readYaml } from './yaml/read-yaml.ts';

type ConfigurationSource = Readonly<{
  /** The name of the file, for messages. */
  file: string;
  /** SERVICE-STAGE; the names of generated alarms begin with it. */
  prefix: string;
  /** The file is for AWS, not for a trial on this machine: channels must not lead to it. */
  isDeployed?: boolean;
}>;

/**
 * Reads `tidegate.yml`. The answer is the configuration that it means, or every mistake in it, in the
 * order of the file; no text makes it throw.
 */
export const parseConfiguration = (
  text: string,
  { file, prefix, isDeployed = false }: ConfigurationSource,
): Result<Configuration, readonly ConfigurationProblem[]> => {
  const yaml = readYaml(text);
  if (!yaml.ok) return err(problemsOf(yaml.problem, { file, text }));

  const { value, mistakes, placeOf } = yaml.value;
  const input = configurationSchema.safeParse(withGroups(value));
  const isUnclear = mistakes.some(({ code }) => code === 'duplicate-key');
  const faults = [
    ...checkAll(value, prefix),
    ...checkOrigins(value, { isDeployed }),
    ...(input.success ? [] : faultsOfIssues(input.error.issues, value)),
  ].filter((fault) => !(isUnclear && isAboutAbsence(fault)));
  const placed = [...mistakes, ...faults.map((fault) => ({ ...fault, range: placeOf(fault) }))];

  return input.success && placed.length === 0
    ? ok(configurationOf(input.data, prefix))
    : err(problemsOf(placed, { file, text, secrets: secretsIn(value) }));
};

/** While a key stands twice, what is missed may stand below the first of the two. */
const isAboutAbsence = ({ code, lacks }: Fault): boolean =>
  code === 'missing-key' || code === 'unknown-name' || lacks !== undefined;

/** A file with fleets need not name a group. */
const withGroups = (value: unknown): unknown =>
  isMapping(value) && Object.hasOwn(value, 'fleets') && !Object.hasOwn(value, 'groups')
    ? { ...value, groups: {} }
    : value;
