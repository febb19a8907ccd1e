import { shellWord } from '#domain/basics/whereabouts.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { coarse, readsGroupMetrics, readsInstances, uncollected } from './check-metrics.ts';
import { GROUP_TAG_CHECK } from './check-tags.ts';
import type { GroupFacts, PolicyFacts, PresentGroup } from './checkup.ts';
import { type Check, type DoctorFinding, list, needless, unseen } from './finding.ts';

/** Before anything else can be said. */
export const GROUP_IS_THERE: Check<GroupFacts> = {
  sound: 'the Auto Scaling group exists',
  needs: ['the Auto Scaling group'],
  find: ({ group: { autoScalingGroup }, state }) => {
    if (state === undefined) {
      const message = `AWS knows no Auto Scaling group named ${autoScalingGroup} in this Region`;
      const fix = 'correct autoScalingGroup in tidegate.yml, or the Region';
      return [{ code: 'group-missing', verdict: 'error', message, fix }];
    }
    if (!state.isBeingDeleted) return [];
    const message = `${autoScalingGroup} is being deleted`;
    return [{ code: 'group-going', verdict: 'error', message, fix: 'take it out of tidegate.yml' }];
  },
};

/** Checks that a group can be scaled as its rules say. */
export const GROUP_CHECKS: readonly Check<PresentGroup>[] = [
  GROUP_TAG_CHECK,
  {
    sound: 'no process that is needed is suspended',
    needs: ['the Auto Scaling group'],
    find: suspended,
  },
  {
    sound: 'no scaling policy or scheduled action of AWS changes it, too',
    needs: ['its scaling policies', 'its scheduled actions'],
    find: ({ group, policies, scheduledActions, state }) => [
      ...rivals(
        group,
        policies.filter(({ isEnabled }) => isEnabled),
      ),
      ...scheduled(scheduledActions, state.suspendedProcesses.includes('ScheduledActions')),
    ],
  },
  {
    sound: "the bounds of tidegate.yml lie within the group's own",
    needs: ['the Auto Scaling group'],
    find: boundsApart,
  },
  {
    sound: 'its default instance warm-up is set',
    needs: ['the Auto Scaling group'],
    find: ({ settings, group }) =>
      settings.warmupSeconds !== undefined
        ? []
        : [
            {
              code: 'warmup-unset',
              verdict: 'warning',
              message:
                'DefaultInstanceWarmup is not set: new instances count in its metrics while they start',
              fix: `aws autoscaling update-auto-scaling-group --auto-scaling-group-name ${group.autoScalingGroup} --default-instance-warmup 120`,
            },
          ],
  },
  {
    sound: 'the group metrics that rules read are collected',
    needs: ['the Auto Scaling group'],
    unless: (facts) =>
      readsGroupMetrics(facts) ? undefined : needless('no rule reads metrics of the group'),
    find: uncollected,
  },
  {
    sound: 'instances report as often as rules look',
    needs: ['its instances'],
    unless: (facts) => {
      if (!readsInstances(facts)) return needless("no rule reads EC2's metrics every minute");
      return facts.instances.length === 0 ? unseen('the group has no instance') : undefined;
    },
    find: coarse,
  },
  {
    sound: 'instances give their credentials to nobody without a token',
    needs: ['its instances'],
    unless: ({ instances }) =>
      instances.length === 0 ? unseen('the group has no instance') : undefined,
    find: ({ instances }) => {
      const open = instances.filter(({ isMetadataOpen }) => isMetadataOpen).map(({ id }) => id);
      return open.length === 0
        ? []
        : [
            {
              code: 'metadata-open',
              verdict: 'warning',
              message: `${list(open)} still ${open.length === 1 ? 'answers' : 'answer'} IMDSv1: an application that is tricked into a request gives the credentials of its role away`,
              fix: 'HttpTokens: required in the launch template, and for what runs: aws ec2 modify-instance-metadata-options --http-tokens required',
            },
          ];
    },
  },
];

const NEEDED = ['Launch', 'Terminate', 'HealthCheck', 'ReplaceUnhealthy'];

function suspended({ group, state }: PresentGroup): readonly DoctorFinding[] {
  const names = state.suspendedProcesses;
  // A group behind no load balancer has nothing to add its instances to.
  const balanced = state.targetGroupArns.length > 0 ? ['AddToLoadBalancer'] : [];
  const found = [...NEEDED, ...balanced, 'AlarmNotification'].filter((name) =>
    names.includes(name),
  );
  if (found.length === 0) return [];

  const isPaused = found.includes('AlarmNotification');
  return [
    {
      code: 'processes-suspended',
      verdict: found.length === 1 && isPaused ? 'warning' : 'error',
      message: [
        `${list(found)} ${found.length === 1 ? 'is' : 'are'} suspended`,
        ...(isPaused ? ['and AlarmNotification means a pause to Tidegate'] : []),
        ...(found.includes('AddToLoadBalancer')
          ? ['and without AddToLoadBalancer new instances are registered at no target group']
          : []),
      ].join(', '),
      fix: `aws autoscaling resume-processes --auto-scaling-group-name ${group.autoScalingGroup} --scaling-processes ${found.join(' ')}`,
    },
  ];
}

const rivals = (
  { autoScalingGroup }: Group,
  policies: readonly PolicyFacts[],
): readonly DoctorFinding[] => {
  const [first, ...others] = policies;
  if (first === undefined) return [];
  const names = list(policies.map(({ name, type }) => `${name} (${type})`));
  const command = `aws autoscaling delete-policy --auto-scaling-group-name ${shellWord(autoScalingGroup)} --policy-name ${shellWord(first.name)}`;
  return [
    {
      code: 'aws-policies',
      verdict: 'error',
      message: `AWS's own scaling policies change it, too: ${names}; two controllers work against each other`,
      fix: `${command}${others.length === 0 ? '' : ', and so each of the others'}`,
    },
  ];
};

const scheduled = (names: readonly string[], areSuspended: boolean): readonly DoctorFinding[] =>
  names.length === 0
    ? []
    : [
        {
          code: 'scheduled-actions',
          verdict: 'warning',
          message: areSuspended
            ? `AWS's own scheduled actions rest while ScheduledActions is suspended, and change it again once it is resumed: ${list(names)}`
            : `AWS's own scheduled actions change it, too: ${list(names)}`,
          fix: 'make schedule rules of them, then aws autoscaling delete-scheduled-action; or say what behavior.onForeignChange should do',
        },
      ];

function boundsApart({ group: { capacity }, state }: PresentGroup): readonly DoctorFinding[] {
  const { min, max } = capacity;
  const { capacityMin, capacityMax } = state;
  const apart = [
    ...(max !== undefined && max > capacityMax
      ? [`capacity.max is ${max}, and MaxSize ${capacityMax} is never left`]
      : []),
    ...(min !== undefined && min < capacityMin
      ? [`capacity.min is ${min}, and MinSize ${capacityMin} is never left`]
      : []),
    ...(capacityMin === capacityMax ? [`MinSize and MaxSize are both ${capacityMin}`] : []),
  ];
  return apart.map((message) => ({
    code: 'bounds-apart',
    verdict: 'warning',
    message,
    fix: "make tidegate.yml and the group's MinSize and MaxSize agree",
  }));
}
