import {
  awsCommand,
  shellWord,
  tidegateCommand,
  type Whereabouts,
} from '#domain/basics/whereabouts.ts';
import type { Reason } from './reason.ts';

/** A person's remedy for something that does not go away by itself. */
export type Remedy = Readonly<{
  step: string;
  /**
   * Helps with that. `GROUP` and `AUTO-SCALING-GROUP` stand for the group's two names, and `SERVICE-STAGE` for the
   * deployment's name; what says which deployment is meant is added.
   */
  command?: string;
}>;

const DOCTOR = 'npx tidegate doctor';
const ACTIVITIES =
  'aws autoscaling describe-scaling-activities --max-items 5 --auto-scaling-group-name AUTO-SCALING-GROUP';

/** The remedy of each reason that needs a person. Messages carry it, and `docs/reasons.md` shows it word for word. */
export const REMEDIES = {
  AtMaximum: {
    step: 'Raise `capacity.max` in tidegate.yml and the MaxSize of the group, or find out where the load comes from.',
    command:
      'aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names AUTO-SCALING-GROUP',
  },
  Capped: {
    step: 'End the cap, or wait until it is over.',
    command: 'npx tidegate resume GROUP',
  },
  NotManaged: {
    step: 'If Tidegate should manage the group, tag it (target groups likewise: aws elbv2 add-tags). Otherwise take it out of tidegate.yml, and deploy.',
    command:
      'aws autoscaling create-or-update-tags --tags ResourceType=auto-scaling-group,ResourceId=AUTO-SCALING-GROUP,Key=tidegate:managed,Value=SERVICE-STAGE,PropagateAtLaunch=false',
  },
  GroupNotFound: {
    step: 'Correct `autoScalingGroup` in tidegate.yml, or deploy in the Region and account of the group.',
    command:
      'aws autoscaling describe-auto-scaling-groups --query "AutoScalingGroups[].AutoScalingGroupName"',
  },
  TargetGroupNotFound: {
    step: 'Correct `health` in tidegate.yml, or take it out, and deploy.',
    command: 'aws elbv2 describe-target-groups --query "TargetGroups[].TargetGroupArn"',
  },
  LedgerUnreadable: {
    step: 'Deploy all functions at one version. If that does not help, delete the item that the sentence names from the table. The group then starts without cooldown, plan or pause.',
    command: DOCTOR,
  },
  GroupBeingDeleted: {
    step: 'Take the group out of tidegate.yml, and deploy.',
  },
  ProcessSuspended: {
    step: 'Ask who suspended the process that the sentence names, and resume it.',
    command:
      'aws autoscaling resume-processes --auto-scaling-group-name AUTO-SCALING-GROUP --scaling-processes PROCESS',
  },
  BelowHealthyFloor: {
    step: "Look at the application: too few targets are healthy. A single target is never taken out: run two, or use the group's own ELB health checks. Lower `floor` or `minHealthy` only if that is safe.",
    command: DOCTOR,
  },
  CommonCause: {
    step: 'Find the cause that the failing targets have in common: a deployment, a dependency, a zone. Fix it. Tidegate continues by itself when fewer targets fail.',
    command: DOCTOR,
  },
  RemovalLimit: {
    step: 'Find out why new instances fail as the old ones did. Replacing does not help.',
    command: DOCTOR,
  },
  RemovalUnfinished: {
    step: 'Fix what AWS refused: a permission, a tag, a target group. Tidegate registers the target again meanwhile.',
    command: DOCTOR,
  },
  RemovalUndone: {
    step: 'Fix what the message before this one names: a permission, a tag, a target group. Tidegate tries the removal again later.',
    command: DOCTOR,
  },
  TargetsStayOut: {
    step: 'Register the targets with the command in the sentence, or fix what AWS refused. Tidegate tries again by itself.',
    command: DOCTOR,
  },
  ReplacementStuck: {
    step: 'Look at the lifecycle hooks and the scaling activities of the group. An instance may wait in a hook for two days.',
    command: ACTIVITIES,
  },
  NotifyOnly: {
    step: 'Look at the target. With `health.action: notify` Tidegate does not replace it.',
    command: DOCTOR,
  },
  QuarantineEnding: {
    step: 'Look at the instance now. To keep it, protect it from scale-in. To put it back into service, use `aws autoscaling exit-standby`.',
    command:
      'aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names AUTO-SCALING-GROUP',
  },
  MetricsFailed: {
    step: 'Find out why CloudWatch has no data of the metric that the sentence names.',
    command: DOCTOR,
  },
  MetricRefused: {
    step: 'Correct the metric that the sentence names in tidegate.yml, and deploy. The sentence quotes what CloudWatch says.',
    command: DOCTOR,
  },
  LaunchesFailing: {
    step: 'Fix the cause that the sentence names: capacity in a zone, a quota, the launch template.',
    command: ACTIVITIES,
  },
  RolledBack: {
    step: 'Fix the cause that the sentence names. AWS keeps trying to launch one unit. When it starts, the rules add the rest.',
    command: ACTIVITIES,
  },
  InstancesStuck: {
    step: 'Answer the lifecycle hook that the instance waits for (`aws autoscaling complete-lifecycle-action`), or terminate the instance.',
    command:
      'aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names AUTO-SCALING-GROUP',
  },
  InstancesProtected: {
    step: 'When the instances have done their work, remove their protection (`aws autoscaling set-instance-protection`). Or raise the maximum.',
    command:
      'aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names AUTO-SCALING-GROUP',
  },
  StuckAtZero: {
    step: 'Set `capacity.min` to 1, give a rule `onMissing: fallback 1`, or follow a metric that exists without instances, such as the backlog of a queue.',
    command: 'npx tidegate lint',
  },
  Flapping: {
    step: 'Move the two rules that the sentence names apart: a lower threshold or target for scale-in, a longer `for`, or a smaller addition. Until the flapping stops, scale-in is slower.',
    command: 'npx tidegate lint',
  },
  ForeignWriter: {
    step: 'Find the other controller. Remove it, or take the group out of tidegate.yml.',
    command: 'aws autoscaling describe-policies --auto-scaling-group-name AUTO-SCALING-GROUP',
  },
  PoolRefused: {
    step: 'Read what AWS says. With a mixed instances policy or Spot Instances there can be no pool: take `warmPool` out of tidegate.yml, and deploy. If the role may not, deploy again.',
    command: 'aws autoscaling describe-warm-pool --auto-scaling-group-name AUTO-SCALING-GROUP',
  },
  AccessDenied: {
    step: 'Check that the group and its target groups carry the name of the deployment, SERVICE-STAGE, in the tag `tidegate:managed`. If the group was renamed, deploy again. docs/permissions.md lists what the roles may do.',
    command: DOCTOR,
  },
} as const satisfies Partial<Readonly<Record<Reason, Remedy>>>;

/** A reason that has a remedy. Whatever makes an outcome `blocked`, `failed` or `at-max` must be one. */
export type Remedied = keyof typeof REMEDIES;

export const remedyOf = (reason: Reason): Remedy | undefined => TABLE.get(reason);

const TABLE: ReadonlyMap<string, Remedy> = new Map(Object.entries(REMEDIES));

type Subject = Readonly<{ group: string; autoScalingGroup: string }>;

/** The command of a remedy, for this group of this deployment. */
export const commandOf = (
  { command }: Remedy,
  { group, autoScalingGroup }: Subject,
  where: Whereabouts,
): string | undefined => {
  if (command === undefined) return undefined;

  // In one pass and by function: a name may hold a placeholder, or what a replacement takes for a pattern.
  const names = new Map([
    ['GROUP', group],
    ['AUTO-SCALING-GROUP', autoScalingGroup],
    ['SERVICE-STAGE', deploymentIn(where)],
  ]);
  const words = command.replace(/AUTO-SCALING-GROUP|SERVICE-STAGE|\bGROUP\b/g, (placeholder) =>
    shellWord(names.get(placeholder) ?? placeholder),
  );
  if (OF_THE_FILE.includes(words)) return words;
  return words.startsWith(AWS)
    ? awsCommand(words.slice(AWS.length), where)
    : tidegateCommand(words.slice(TIDEGATE.length), where);
};

/** Commands that read tidegate.yml alone: they know no deployment, and refuse to be told of one. */
const OF_THE_FILE: readonly string[] = ['npx tidegate lint'];

const deploymentIn = ({ service, stage }: Whereabouts): string | undefined =>
  service === undefined || stage === undefined ? undefined : `${service}-${stage}`;

const AWS = 'aws ';
const TIDEGATE = 'npx tidegate ';
