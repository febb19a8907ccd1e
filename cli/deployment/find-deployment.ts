import type { Deployment } from '#aws/doctor/deployments.ts';
import { failure } from '#cli/output/failure.ts';
import type { Place } from '#cli/output/place.ts';
import type { Overrides } from '#console/override/write-override.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { alarmPrefixOf } from '#parse/configuration/normalise/alarm-name.ts';
import { configurationIn, findConfiguration } from '../find-configuration.ts';
import type { Account, Terminal } from '../terminal.ts';

/** Options that name the deployment a command is about. */
export type DeploymentOptions = Readonly<{
  config?: string | undefined;
  service?: string | undefined;
  stage?: string | undefined;
  region?: string | undefined;
  profile?: string | undefined;
  table?: string | undefined;
}>;

/** The service as serverless.yml of this repository names it. */
export const USUAL_SERVICE = 'tidegate';
/** The stage that `npx serverless deploy` deploys when none is named. */
export const USUAL_STAGE = 'dev';

/** The service and the stage that options or the environment name. */
export const namedDeployment = (
  { service, stage }: Pick<DeploymentOptions, 'service' | 'stage'>,
  { env }: Pick<Terminal, 'env'>,
): Readonly<{ service?: string | undefined; stage?: string | undefined }> => ({
  service: service ?? (env.TIDEGATE_SERVICE || undefined),
  stage: stage ?? (env.TIDEGATE_STAGE || undefined),
});

/** The configured groups, for what does not depend on the stage. */
export const configured = (options: DeploymentOptions, terminal: Terminal): Configuration => {
  const { service = USUAL_SERVICE, stage = USUAL_STAGE } = namedDeployment(options, terminal);
  return configurationIn(
    findConfiguration(options.config, terminal),
    alarmPrefixOf({ service, stage }),
    deployedInstead(options),
  );
};

/** Whoever must pause a group at night has no time to mend a file that somebody is working on. */
const deployedInstead = (options: DeploymentOptions): string => {
  const said = NAMING.flatMap((name) => {
    const value = options[name];
    return value === undefined ? [] : [`--${name} ${value} `];
  });
  return `fix it first; or take the file that is deployed: tidegate rules ${said.join('')}> deployed.yml, then --config deployed.yml`;
};

/** The options that say which deployment is meant. */
const NAMING = ['service', 'stage', 'region', 'profile', 'table'] as const;

/** The deployment that is named, else the only one that there is. Throws when there is none, or a choice. */
export const findDeployment = async (
  options: DeploymentOptions,
  terminal: Terminal,
  account: Account,
): Promise<Deployment> => {
  const { service, stage } = namedDeployment(options, terminal);
  if (stage !== undefined) return deploymentNamed(`${service ?? USUAL_SERVICE}-${stage}`, account);

  const [only] = await theOnlyDeployment(options, terminal, account);
  if (only !== undefined) return only;
  const others = await account.deployments();
  throw failure(
    'not-deployed',
    `no stage of ${service ?? 'Tidegate'} is deployed in ${await account.region()}`,
    others.length === 0
      ? 'deploy it: npx serverless deploy --stage prod; or give --region, --profile or --table'
      : `here are ${others.map((each) => `${each.stack} (${optionsFor(each)})`).join(', ')}`,
  );
};

/** The only deployment there is, or none. Throws when there is a choice. */
export const theOnlyDeployment = async (
  options: DeploymentOptions,
  terminal: Terminal,
  account: Account,
): Promise<readonly Deployment[]> => {
  const { service } = namedDeployment(options, terminal);
  const all = await account.deployments();
  const found = all.filter((each) => service === undefined || each.service === service);
  if (found.length <= 1) return found;
  throw failure(
    'no-stage',
    `several stages are deployed in ${await account.region()} (${found.map(({ stack }) => stack).join(', ')}), and --stage is missing`,
    `choose one: ${found.map(optionsFor).join(', or ')}; or export TIDEGATE_STAGE`,
  );
};

const optionsFor = ({ service, stage }: Deployment): string =>
  `--stage ${stage}${service === USUAL_SERVICE ? '' : ` --service ${service}`}`;

const deploymentNamed = async (stack: string, account: Account): Promise<Deployment> => {
  const found = await account.deployment(stack);
  if (found) return found;
  const others = await account.deployments().catch(() => []);
  throw failure(
    'not-deployed',
    `there is no stack ${stack} in ${await account.region()}`,
    others.length === 0
      ? 'give --service and --stage as you deployed it, --region, or --table'
      : `here are ${others.map((each) => `${each.stack} (${optionsFor(each)})`).join(', ')}`,
  );
};

/** The ledger of a deployment, the account that has it, and where they are. */
export type ReachedTable = Readonly<{ account: Account; table: string; place: Place }>;

/** Finds the ledger of the deployment that is named, or the table that is. Throws when there is none. */
export const reachTable = async (
  options: DeploymentOptions,
  terminal: Terminal,
): Promise<ReachedTable> => {
  const account = await terminal.connect(options);
  const table = tableNamed(options, terminal);
  if (table !== undefined) {
    return { account, table, place: { table, ...(await account.placeOf(table)) } };
  }

  const place = await findDeployment(options, terminal, account);
  const found = await account.tableOf(place.stack);
  if (found !== undefined) return { account, table: found, place };
  throw failure(
    'not-deployed',
    `the stack ${place.stack} has no table`,
    'name it: --table TABLE, or export TIDEGATE_TABLE',
  );
};

/** The overrides of a deployment, and where they are. */
export const reachOverrides = async (
  options: DeploymentOptions,
  terminal: Terminal,
): Promise<Readonly<{ overrides: Overrides; place: Place }>> => {
  const { account, table, place } = await reachTable(options, terminal);
  return { overrides: account.overridesIn(table), place };
};

/**
 * The configuration as the deployment at that place has it: the names of the alarms that are made begin with its
 * service and stage.
 */
export const configuredAt = (
  { service, stage }: Place,
  options: DeploymentOptions,
  terminal: Terminal,
): Configuration =>
  configured(
    {
      ...options,
      service: service ?? options.service,
      stage: stage ?? options.stage,
    },
    terminal,
  );

/** Options stand above the environment: with `--stage`, the table is that of the stage. */
const tableNamed = (
  { table, stage }: DeploymentOptions,
  { env }: Pick<Terminal, 'env'>,
): string | undefined =>
  table ?? (stage === undefined ? env.TIDEGATE_TABLE || undefined : undefined);
