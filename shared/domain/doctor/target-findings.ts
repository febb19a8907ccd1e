import type { Group } from '#domain/configuration/configuration.ts';
import type { Target } from '#domain/health/health-observation.ts';
import { isCounted, isHealthy, isSick } from '#domain/health/sightings.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { FoundTargetGroup, InstanceFacts, TargetGroupFacts } from './checkup.ts';
import { type DoctorFinding, list } from './finding.ts';
import { causeOf, checkedPort, closedPorts } from './why-unhealthy.ts';

/** A target group that is there, with what its group is. */
export type TargetFacts = Omit<TargetGroupFacts, 'found'> &
  Readonly<{
    found: FoundTargetGroup;
    group: Group;
    state: GroupState;
    instances: readonly InstanceFacts[];
  }>;

export function loose({ name, found, state, group }: TargetFacts): readonly DoctorFinding[] {
  const isAttached = state.targetGroupArns.includes(found.arn);
  return [
    ...(isAttached || found.targetType !== 'instance'
      ? []
      : [
          {
            ...({ code: 'target-group-detached', verdict: 'error' } as const),
            message: `${name} is not attached to ${group.autoScalingGroup}: new instances are not registered with it`,
            fix: `aws autoscaling attach-load-balancer-target-groups --auto-scaling-group-name ${group.autoScalingGroup} --target-group-arns ${found.arn}`,
          },
        ]),
    ...(found.balancers.length > 0
      ? []
      : [
          {
            ...({ code: 'target-group-idle', verdict: 'error' } as const),
            message: `no listener sends traffic to ${name}, so its targets are not even checked (unused); clients get 503`,
            fix: 'let a listener or a rule of the load balancer forward to it',
          },
        ]),
  ];
}

export function other({ name, found, configuredBalancer }: TargetFacts): readonly DoctorFinding[] {
  return found.balancers.length === 0 || found.balancers.includes(configuredBalancer)
    ? []
    : [
        {
          code: 'other-balancer',
          verdict: 'error',
          message: `${name} belongs to ${list(found.balancers)}, not to ${configuredBalancer}: the alarm on its health never has data`,
          fix: `loadBalancer: ${found.balancers[0]}`,
        },
      ];
}

export function zones({ name, targets, balancer, state }: TargetFacts): readonly DoctorFinding[] {
  const served = balancer?.zones;
  if (served === undefined) return [];
  const outside = targets.filter(({ id }) => {
    const zone = state.instances.find((instance) => instance.id === id)?.availabilityZone;
    return zone !== undefined && !served.includes(zone);
  });
  return outside.length === 0
    ? []
    : [
        {
          code: 'zone-disabled',
          verdict: 'error',
          message: `${list(idsOf(outside))} of ${name} is in a zone that the load balancer does not serve (${list(served)}), and gets no traffic`,
          fix: "enable the zone: aws elbv2 set-subnets, or take it from the group's subnets",
        },
      ];
}

export function closed(facts: TargetFacts): readonly DoctorFinding[] {
  const { balancer = { securityGroups: [] }, found } = facts;
  const ids = closedPorts(facts, balancer.securityGroups);
  return ids.length === 0
    ? []
    : [
        {
          code: 'port-closed',
          verdict: 'error',
          message: `no security group of ${list(ids)} lets the load balancer in on port ${checkedPort(found)}: health checks time out (Target.Timeout), clients get 504`,
          fix: `allow it from the load balancer's security group ${list(balancer.securityGroups)}: aws ec2 authorize-security-group-ingress`,
        },
      ];
}

export function failing(facts: TargetFacts): readonly DoctorFinding[] {
  const { name, targets } = facts;
  const counted = targets.filter((target) => isCounted(target));
  const sick = counted.filter((target) => isSick(target));
  const healthy = counted.filter((target) => isHealthy(target));
  const reasons = [...new Set(sick.map(({ reason }) => reason))];

  return [
    ...(targets.length > 0 && healthy.length > 0
      ? []
      : [
          {
            ...({ code: 'no-healthy-target', verdict: 'error' } as const),
            message: `${name} has no healthy target among ${targets.length}: clients get ${targets.length === 0 ? '503' : '502 or 504'}`,
            fix: 'look at what follows; else at the application',
          },
        ]),
    ...reasons.map((reason) => {
      const ill = sick.filter((target) => target.reason === reason);
      const { why, fix } = causeOf(reason, facts);
      const message = `${list(idsOf(ill))} of ${name} ${ill.length === 1 ? 'fails' : 'fail'} (${reason}): ${why}`;
      return { code: 'targets-failing', verdict: 'error', message, fix } as const;
    }),
  ];
}

const idsOf = (targets: readonly Target[]): readonly string[] => targets.map(({ id }) => id);

/** Auto Scaling ends an instance that is not healthy when its grace period is over. */
export function tooSoon({ found: { check }, state }: TargetFacts): readonly DoctorFinding[] {
  const needed = check.intervalSeconds * check.healthyCount;
  const grace = state.graceSeconds ?? 0;
  return grace > needed
    ? []
    : [
        {
          code: 'checked-before-boot',
          verdict: 'error',
          message: `the grace period of ${grace} s is over before an instance can pass ${check.healthyCount} checks ${check.intervalSeconds} s apart: it is replaced while it boots, again and again`,
          fix: `aws autoscaling update-auto-scaling-group --auto-scaling-group-name ${state.autoScalingGroup} --health-check-grace-period ${needed + 120}`,
        },
      ];
}
