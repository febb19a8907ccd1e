import type { Configuration, Group } from '../../shared/domain/configuration.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { didYouMean, nearest } from '../../shared/parse/configuration/nearest.ts';
import { parseConfiguration } from '../../shared/parse/configuration/parse-configuration.ts';
import { findConfiguration } from '../find-configuration.ts';
import type { Overrides, Terminal } from '../terminal.ts';

/** Which deployment a command is about. */
export type DeploymentOptions = Readonly<{
  config?: string | undefined;
  service: string;
  stage: string;
  table?: string | undefined;
}>;

/** The configured groups; the problem is a sentence for people. */
export const configured = (
  { config, service, stage }: DeploymentOptions,
  terminal: Terminal,
): Result<Configuration, string> => {
  const found = findConfiguration(config, terminal);
  if (!found.ok) return found;
  const { file, text } = found.value;
  const parsed = parseConfiguration(text, { file, prefix: `${service}-${stage}` });
  return parsed.ok ? parsed : err(`${file} has mistakes; see: tidegate validate ${file}`);
};

/** The group of that name, or what was probably meant. */
export const groupNamed = ({ groups }: Configuration, name: string): Result<Group, string> => {
  const group = groups.find((each) => each.name === name);
  if (group) return ok(group);

  const names = groups.map((each) => each.name);
  const { suggestion = `there are ${names.join(', ')}` } = didYouMean(nearest(name, names));
  return err(`there is no group named "${name}" in the configuration; ${suggestion}`);
};

/** The overrides of the deployment: of the table that is named, else of the one that the stack made. */
export const reachOverrides = async (
  { service, stage, table }: DeploymentOptions,
  { connect, env }: Terminal,
): Promise<Overrides> => {
  const account = await connect();
  const named = table ?? env.TIDEGATE_TABLE;
  if (named !== undefined) return account.overridesIn(named);

  const stack = `${service}-${stage}`;
  const found = await account.tableOf(stack);
  if (found !== undefined) return account.overridesIn(found);
  throw new Error(`the stack ${stack} has no table; name it: --table TABLE, or TIDEGATE_TABLE`);
};
