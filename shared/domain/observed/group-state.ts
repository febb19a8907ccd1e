import { isServing } from './lifecycle.ts';
import type { OptIn } from './opt-in.ts';

/** An Auto Scaling group as DescribeAutoScalingGroups shows it at this moment. */
export type GroupState = Readonly<{
  autoScalingGroup: string;
  capacityMin: number;
  capacityMax: number;
  capacityDesired: number;
  /** True when the group carries the opt-in tag with a value that hands it over to this deployment. */
  isManaged: boolean;
  /** The opt-in tag itself; absent in records of before its value named the deployment. */
  optIn?: OptIn;
  isBeingDeleted: boolean;
  /** Names of suspended processes, such as `Launch` or `AlarmNotification`. */
  suspendedProcesses: readonly string[];
  instances: readonly Instance[];
  targetGroupArns: readonly string[];
  /** HealthCheckType as AWS names it: `EC2`, `ELB`, or several with commas. */
  healthCheckType?: string;
  /** HealthCheckGracePeriod: for so long Auto Scaling ignores that a new instance is unhealthy. */
  graceSeconds?: number;
  /** The CloudFormation stack that the group belongs to. */
  stack?: string;
  /** The group's tags with keys that fleets select by; absent where there is no fleet. */
  tags?: Readonly<Record<string, string>>;
}>;

export type Instance = Readonly<{
  id: string;
  /** As AWS names it: `InService`, `Pending:Wait`, `Standby`, … An unknown one is never acted on. */
  lifecycleState: string;
  isHealthy: boolean;
  isProtected: boolean;
  /** Units of capacity that it counts for; 1 unless the group has weights. */
  weight: number;
  availabilityZone: string;
  instanceType?: string;
  /** The version of the launch template that it was launched from. */
  launchTemplateVersion?: string;
}>;

/** Auto Scaling itself replaces what its load balancers call unhealthy. */
export const replacesByItself = ({ healthCheckType = '' }: GroupState): boolean =>
  healthCheckType.split(',').some((type) => type.trim() === 'ELB');

/** The one type of all instances of a group whose units are instances. */
export const instanceTypeOf = ({ instances }: GroupState): Readonly<{ instanceType?: string }> => {
  const [first] = instances;
  const isUniform = instances.every(
    ({ instanceType, weight }) => instanceType === first?.instanceType && weight === 1,
  );
  return isUniform && first?.instanceType !== undefined ? { instanceType: first.instanceType } : {};
};

/** In service, healthy, and not protected: it may be replaced. */
export const isReplaceable = ({ lifecycleState, isHealthy, isProtected }: Instance): boolean =>
  lifecycleState === 'InService' && isHealthy && !isProtected;

/** Schedules neither ask for a capacity nor move the bounds while the process for them is suspended. */
export const isScheduleSuspended = ({ suspendedProcesses }: GroupState): boolean =>
  suspendedProcesses.includes('ScheduledActions');

export const inService = (state: GroupState): readonly Instance[] =>
  state.instances.filter((instance) => isServing(instance));
