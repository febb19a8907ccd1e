import type { Deployment } from '#aws/doctor/deployments.ts';
import {
  configuredAt,
  type DeploymentOptions,
  findDeployment,
  namedDeployment,
  USUAL_SERVICE,
} from '#cli/deployment/find-deployment.ts';
import { failure } from '#cli/output/failure.ts';
import type { Place } from '#cli/output/place.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Account, Terminal } from '../terminal.ts';
import type { Drills } from './drills.ts';
import type { DrillStep } from './step.ts';

/** A drill that is about to begin: where, with what id, and how it waits. */
export type DrillPlace = Readonly<{
  place: Place;
  configuration: Configuration;
  drills: Drills;
  id: string;
  /** The clock of this machine when the first message was about to be sent. */
  startedAt: Instant;
  region: string;
  account: string;
}>;

/** Finds the deployment and makes an id for the drill. Throws when there is no deployment. */
export const reachDrills = async (
  options: DeploymentOptions,
  terminal: Terminal,
): Promise<DrillPlace> => {
  const account = await terminal.connect(options);
  const place =
    (await namedInFull(options, terminal, account)) ??
    (await findDeployment(options, terminal, account));
  const table = options.table ?? (await account.tableOf(place.stack));
  if (table === undefined) {
    throw failure(
      'not-deployed',
      `the stack ${place.stack} has no table`,
      'name it: --table TABLE',
    );
  }
  const startedAt = terminal.now();
  return {
    place,
    configuration: configuredAt(place, options, terminal),
    drills: await account.drillsOf(place.stack, table),
    id: drillIdAt(startedAt),
    startedAt,
    region: place.region,
    account: place.account,
  };
};

/** The deployment whose stage and table are both named: then nobody needs to list the stacks. */
const namedInFull = async (
  options: DeploymentOptions,
  terminal: Terminal,
  { placeOf }: Account,
): Promise<Deployment | undefined> => {
  const { service = USUAL_SERVICE, stage } = namedDeployment(options, terminal);
  if (stage === undefined || options.table === undefined) return undefined;

  const { region, account } = await placeOf(options.table);
  const stack = `${service}-${stage}`;
  return account === undefined ? undefined : { service, stage, stack, region, account };
};

/** The id of a drill, `drill-20260302t090000z-4f1a`: the time, and four letters of chance for two people at once. */
export const drillIdAt = (at: Instant): string => {
  const time = new Date(at)
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')
    .toLowerCase();
  const chance = Math.floor(Math.random() * 0x10000)
    .toString(16)
    .padStart(4, '0');
  return `drill-${time}-${chance}`;
};

const LOOK_SECONDS = 1;

/** Looks again until each hop is passed, the time is over, or the person has had enough. */
export const untilPassed = async (
  look: () => Promise<readonly DrillStep[]>,
  { until, terminal }: Readonly<{ until: Instant; terminal: Pick<Terminal, 'now' | 'wait'> }>,
): Promise<readonly DrillStep[]> => {
  for (;;) {
    const steps = await look();
    const isOver = steps.every(({ isPassed }) => isPassed) || terminal.now() >= until;
    if (isOver || !(await terminal.wait(LOOK_SECONDS))) return steps;
  }
};
