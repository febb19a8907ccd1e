import type { Trouble } from '#console/page/data.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import type { Cloud } from '#simulator/cloud.ts';
import { flashCrowd, type Load, sum } from '#simulator/fleet/load.ts';
import type { Machine } from '#simulator/services/auto-scaling/machine.ts';

/** The fleet that trouble comes to. */
type Troubled = Readonly<{ cloud: Cloud; group: Group; now: Instant; crowds: Load[] }>;

/** Causes a trouble; the answer says what happened. */
type Cause = (troubled: Troubled) => string;

const CROWD_REQUESTS = 900;
const FAILING_MINUTES = 8;

const serving = ({ cloud, group }: Troubled): readonly Machine[] =>
  cloud.autoScaling
    .machines(group.autoScalingGroup)
    .filter(({ terminatingSince, isHealthy }) => terminatingSince === undefined && isHealthy);

const spike: Cause = ({ crowds, now }) => {
  crowds.push(flashCrowd(now, CROWD_REQUESTS, 15 * MINUTE_MS));
  return `a crowd of ${CROWD_REQUESTS} requests a second arrives`;
};

const endInstance: Cause = (troubled) => {
  const [machine] = serving(troubled);
  if (machine === undefined) return 'there is no instance to end';
  troubled.cloud.autoScaling.pull(troubled.group.autoScalingGroup, () => {
    machine.isHealthy = false;
  });
  return `${machine.id} ends without a word`;
};

const failTarget: Cause = (troubled) => {
  const machine = serving(troubled).at(-1);
  if (machine === undefined) return 'there is no target to fail';
  troubled.cloud.loadBalancing.fail(machine.id);
  return `${machine.id} fails its health checks`;
};

const failMost: Cause = (troubled) => {
  const machines = serving(troubled);
  const failing = machines.slice(0, Math.max(1, machines.length - 1));
  for (const { id } of failing) troubled.cloud.loadBalancing.fail(id);
  return `${failing.length} of ${machines.length} targets fail at once`;
};

const recover: Cause = ({ cloud, group }) => {
  for (const { id } of cloud.autoScaling.machines(group.autoScalingGroup)) {
    cloud.loadBalancing.recover(id);
  }
  cloud.autoScaling.pull(group.autoScalingGroup, (fleet, at) => {
    fleet.launchesFailUntil = at;
  });
  return 'targets pass their health checks again, and launches succeed';
};

const failLaunches: Cause = ({ cloud, group }) => {
  cloud.autoScaling.pull(group.autoScalingGroup, (fleet, at) => {
    fleet.launchesFailUntil = at + FAILING_MINUTES * MINUTE_MS;
  });
  return `launches fail for ${FAILING_MINUTES} minutes`;
};

/** The troubles that a person can cause, as buttons show them. */
const TROUBLES: readonly Readonly<{ trouble: Trouble; cause: Cause }>[] = [
  {
    trouble: { name: 'spike', label: 'Spike', hint: 'A crowd arrives at once and leaves slowly' },
    cause: spike,
  },
  {
    trouble: { name: 'end-instance', label: 'End an instance', hint: 'An instance dies' },
    cause: endInstance,
  },
  {
    trouble: {
      name: 'fail-target',
      label: 'Fail a target',
      hint: 'An instance fails the health checks of its load balancer',
    },
    cause: failTarget,
  },
  {
    trouble: {
      name: 'fail-most',
      label: 'Fail most targets',
      hint: 'So many fail at once that the cause is common: nobody should be replaced',
    },
    cause: failMost,
  },
  {
    trouble: {
      name: 'fail-launches',
      label: 'Fail launches',
      hint: `No instance can be launched for ${FAILING_MINUTES} minutes`,
    },
    cause: failLaunches,
  },
  {
    trouble: { name: 'recover', label: 'Recover', hint: 'All targets and launches are well again' },
    cause: recover,
  },
];

export const troubleButtons: readonly Trouble[] = TROUBLES.map(({ trouble }) => trouble);

/** Causes a trouble by its name; nothing when there is no such trouble. */
export const causeTrouble = (name: string, troubled: Troubled): string | undefined =>
  TROUBLES.find(({ trouble }) => trouble.name === name)?.cause(troubled);

/** A load with crowds that come while it runs. */
export const withCrowds =
  (load: Load, crowds: readonly Load[]): Load =>
  (at) =>
    sum(load, ...crowds)(at);
