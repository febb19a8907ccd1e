import {
  type AutoScalingClient,
  type AutoScalingGroup,
  type Instance as AwsInstance,
  paginateDescribeAutoScalingGroups,
} from '@aws-sdk/client-auto-scaling';
import { chunks } from '#aws/client/chunks.ts';
import type { GroupState, Instance } from '#domain/observed/group-state.ts';
import { isHandedOver, type OptIn, optInOf } from '#domain/observed/opt-in.ts';
import type { ListedGroup } from '#domain/sweep/next-memberships.ts';

/** The API takes at most 100 names, and answers at most 100 groups a page. */
const NAMES_PER_CALL = 100;

/** The deployment that looks, and the keys of the tags by which its fleets select, if it has any; or all of them. */
export type Seer = Readonly<{ deployment: string; tagKeys?: readonly string[] | 'all' }>;

/** Reads Auto Scaling groups by name, as that deployment sees them; the answer lacks those that do not exist. */
export const readGroups =
  (client: AutoScalingClient, seer: Seer) =>
  async (names: readonly string[]): Promise<ReadonlyMap<string, GroupState>> => {
    const pages = await Promise.all(
      chunks([...new Set(names)], NAMES_PER_CALL).map((chunk) =>
        readChunk({ client, seer }, chunk),
      ),
    );

    return new Map(pages.flat().map((state) => [state.autoScalingGroup, state]));
  };

type GroupReader = Readonly<{ client: AutoScalingClient; seer: Seer }>;

const readChunk = async (
  { client, seer }: GroupReader,
  names: readonly string[],
): Promise<readonly GroupState[]> => {
  const states: GroupState[] = [];
  const input = { AutoScalingGroupNames: [...names], MaxRecords: NAMES_PER_CALL };
  for await (const page of paginateDescribeAutoScalingGroups({ client }, input)) {
    states.push(...(page.AutoScalingGroups ?? []).map((group) => stateOf(group, seer)));
  }
  return states;
};

/** As much of a group as says whose it is, seen by a deployment. */
export const listedGroup = (
  group: AutoScalingGroup,
  { deployment, tagKeys = [] }: Seer,
): ListedGroup => ({
  autoScalingGroup: group.AutoScalingGroupName ?? '',
  isManaged: isHandedOver(optInOf(group.Tags ?? [], deployment)),
  isBeingDeleted: group.Status !== undefined,
  ...tagsOf(group, tagKeys),
});

/** A group as the domain knows it, seen by a deployment. */
export const stateOf = (
  group: AutoScalingGroup,
  { deployment, tagKeys = [] }: Seer,
): GroupState => ({
  autoScalingGroup: group.AutoScalingGroupName ?? '',
  capacityMin: group.MinSize ?? 0,
  capacityMax: group.MaxSize ?? 0,
  capacityDesired: group.DesiredCapacity ?? 0,
  ...handedOver(optInOf(group.Tags ?? [], deployment)),
  isBeingDeleted: group.Status !== undefined,
  suspendedProcesses: (group.SuspendedProcesses ?? []).map(({ ProcessName }) => ProcessName ?? ''),
  instances: (group.Instances ?? []).map((instance) => instanceOf(instance)),
  targetGroupArns: group.TargetGroupARNs ?? [],
  graceSeconds: group.HealthCheckGracePeriod ?? 0,
  ...(group.HealthCheckType === undefined ? {} : { healthCheckType: group.HealthCheckType }),
  ...stackOf(group),
  ...tagsOf(group, tagKeys),
});

/** Tags with these keys, and no others: what is seen is recorded with each decision. */
const tagsOf = (
  { Tags = [] }: AutoScalingGroup,
  keys: readonly string[] | 'all',
): Pick<GroupState, 'tags'> =>
  keys.length === 0
    ? {}
    : {
        tags: Object.fromEntries(
          Tags.flatMap(({ Key, Value = '' }) =>
            Key !== undefined && (keys === 'all' || keys.includes(Key))
              ? [[Key, Value] as const]
              : [],
          ),
        ),
      };

const handedOver = (optIn: OptIn): Pick<GroupState, 'isManaged' | 'optIn'> => ({
  isManaged: isHandedOver(optIn),
  optIn,
});

/** CloudFormation tags what it makes. */
const stackOf = ({ Tags = [] }: AutoScalingGroup): Pick<GroupState, 'stack'> => {
  const stack = Tags.find(({ Key }) => Key === 'aws:cloudformation:stack-name')?.Value;
  return stack === undefined ? {} : { stack };
};

const instanceOf = (instance: AwsInstance): Instance => ({
  id: instance.InstanceId ?? '',
  lifecycleState: instance.LifecycleState ?? '',
  isHealthy: instance.HealthStatus !== 'Unhealthy',
  isProtected: instance.ProtectedFromScaleIn ?? false,
  weight: Number(instance.WeightedCapacity ?? 1),
  availabilityZone: instance.AvailabilityZone ?? '',
  ...(instance.InstanceType === undefined ? {} : { instanceType: instance.InstanceType }),
  ...versionOf(instance),
});

const versionOf = ({ LaunchTemplate }: AwsInstance): Pick<Instance, 'launchTemplateVersion'> =>
  LaunchTemplate?.Version === undefined ? {} : { launchTemplateVersion: LaunchTemplate.Version };
