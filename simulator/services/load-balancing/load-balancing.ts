import type { Removal } from '../../../shared/domain/decision.ts';
import type { Target } from '../../../shared/domain/health-observation.ts';
import { type Instant, SECOND_MS } from '../../../shared/domain/instant.ts';
import { type Answer, applied } from '../../../shared/domain/outcome.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import type { GroupSpec } from '../auto-scaling/fleet.ts';
import { isLeaving, type Machine } from '../auto-scaling/machine.ts';

/** Two checks, ten seconds apart, until a new target is healthy. */
const INITIAL_MS = 20 * SECOND_MS;
const DRAIN_MS = 30 * SECOND_MS;

type Machines = (group: string) => readonly Machine[];

/**
 * ELBv2: the instances in service of a group are registered with its target group, are `initial` for
 * two checks, fail for a reason while they are sick, drain when they are deregistered and are gone
 * after the delay.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export const createLoadBalancing = (
  timeline: Timeline,
  machinesOf: Machines,
  groups: readonly GroupSpec[],
) => {
  /** Why each sick instance fails. */
  const sick = new Map<string, string>();
  const left = new Map<string, Instant>();

  const targetsOf = (targetGroup: string): readonly Target[] => {
    const now = timeline.now();
    return groups
      .filter(({ targetGroupArns }) => targetGroupArns.some((arn) => arn.endsWith(targetGroup)))
      .flatMap(({ name, targetGroupArns }) => {
        const arn = targetGroupArns.find((each) => each.endsWith(targetGroup)) ?? '';
        return machinesOf(name)
          .filter((machine) => isRegistered(machine, left.get(machine.id), now))
          .map((machine) => targetOf(arn, machine.id, healthOf(machine, now)));
      });
  };

  const healthOf = (machine: Machine, now: Instant): Health => {
    if (isLeaving(machine) || left.has(machine.id)) return DRAINING;
    const reason = sick.get(machine.id);
    if (reason !== undefined) return { state: 'unhealthy', reason };
    return now < machine.inServiceAt + INITIAL_MS ? INITIAL : HEALTHY;
  };

  return {
    /** The members of a target group, given as `targetgroup/NAME/ID`. */
    readTargets: async (targetGroup: string): Promise<readonly Target[]> => targetsOf(targetGroup),
    truth: targetsOf,
    deregister: ({ targetId }: Removal): Answer => {
      if (!left.has(targetId)) left.set(targetId, timeline.now());
      return applied;
    },
    /** From now on the instance fails its health checks. */
    fail: (id: string, reason = 'Target.FailedHealthChecks'): void => {
      sick.set(id, reason);
    },
    recover: (id: string): void => {
      sick.delete(id);
    },
    /** Gets traffic from the load balancer. */
    isServing: (machine: Machine): boolean =>
      machine.inServiceAt + INITIAL_MS <= timeline.now() &&
      !isLeaving(machine) &&
      !machine.isStandby &&
      !left.has(machine.id) &&
      !sick.has(machine.id),
  };
};

type Health = Readonly<{ state: string; reason: string }>;

const HEALTHY: Health = { state: 'healthy', reason: '' };
const INITIAL: Health = { state: 'initial', reason: 'Elb.InitialHealthChecking' };
const DRAINING: Health = { state: 'draining', reason: 'Target.DeregistrationInProgress' };

const isRegistered = (machine: Machine, leftAt: Instant | undefined, now: Instant): boolean =>
  now >= machine.inServiceAt &&
  !machine.isStandby &&
  (leftAt === undefined || now < leftAt + DRAIN_MS);

const targetOf = (targetGroupArn: string, id: string, health: Health): Target => ({
  ...{ targetGroupArn, id, port: 80, state: health.state, reason: health.reason },
  description: health.state === 'unhealthy' ? 'Health checks failed' : '',
});
