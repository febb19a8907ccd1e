import type { Removal } from '../../../shared/domain/decision.ts';
import type { Target } from '../../../shared/domain/health-observation.ts';
import { SECOND_MS } from '../../../shared/domain/instant.ts';
import { type Answer, applied } from '../../../shared/domain/outcome.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import type { GroupSpec } from '../auto-scaling/fleet.ts';
import { hasArrived, isLeaving, type Machine } from '../auto-scaling/machine.ts';
import { createRegistrations, type Health, type Place } from './registrations.ts';

/** Two checks, ten seconds apart, until a new target is healthy. */
const INITIAL_MS = 20 * SECOND_MS;

type Machines = (group: string) => readonly Machine[];

/**
 * ELBv2: the instances in service of a group are registered with its target groups, are `initial` for
 * two checks, fail for a reason while they are sick, drain when they are deregistered and are gone
 * after the delay. Others may be registered by hand. Without a healthy target all get traffic.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export const createLoadBalancing = (
  timeline: Timeline,
  machinesOf: Machines,
  groups: readonly GroupSpec[],
) => {
  const registrations = createRegistrations(timeline);
  /** Targets that belong to no group, by target group. */
  const others = new Map<string, readonly string[]>();
  const isNew = ({ inServiceAt }: Machine): boolean => timeline.now() < inServiceAt + INITIAL_MS;
  const membersOf = ({ arn, spec }: Attachment): readonly Target[] =>
    machinesOf(spec.name)
      .filter((machine) => hasArrived(machine, timeline.now()) && !machine.isStandby)
      .map((machine) => ({ machine, place: { arn, id: machine.id } }))
      .filter(({ place }) => registrations.isShown(place))
      .map(({ machine, place }) =>
        targetOf(place, registrations.healthOf(place, phaseOf(machine, isNew(machine)))),
      );
  const othersOf = (arn: string): readonly Target[] =>
    (others.get(arn) ?? [])
      .map((id) => ({ arn, id }))
      .filter(registrations.isShown)
      .map((place) => targetOf(place, registrations.healthOf(place, 'settled')));
  const targetsOf = (targetGroup: string): readonly Target[] => {
    const attached = attachmentsTo(groups, targetGroup);
    const arns = [...new Set(attached.map(({ arn }) => arn))];
    return [...attached.flatMap(membersOf), ...arns.flatMap(othersOf)];
  };

  return {
    fail: (id: string, reason = 'Target.FailedHealthChecks') => registrations.fail(id, reason),
    recover: registrations.recover,
    /** The members of a target group, given as `targetgroup/NAME/ID`. */
    readTargets: async (targetGroup: string): Promise<readonly Target[]> => targetsOf(targetGroup),
    truth: targetsOf,
    /** Registers a target by hand: an address, or an instance of no group. */
    register: (arn: string, id: string): void => {
      others.set(arn, [...(others.get(arn) ?? []), id]);
    },
    deregister: ({ targetGroupArn, targetId }: Removal): Answer => {
      registrations.leave({ arn: targetGroupArn, id: targetId });
      return applied;
    },
    /** Those of a group's instances that get traffic from the load balancer. */
    serving: (machines: readonly Machine[]): readonly Machine[] => {
      const registered = machines
        .filter((machine) => hasArrived(machine, timeline.now()) && !isLeaving(machine))
        .filter(({ isStandby, id }) => !isStandby && !hasLeft(id));
      const healthy = registered.filter((each) => !isNew(each) && !registrations.isSick(each.id));
      return healthy.length > 0 ? healthy : registered;
    },
  };

  function hasLeft(id: string): boolean {
    return groups.some(({ targetGroupArns }) =>
      targetGroupArns.some((arn) => registrations.hasLeft({ arn, id })),
    );
  }
};

const phaseOf = (machine: Machine, isNew: boolean) => {
  if (isLeaving(machine)) return 'leaving';
  return isNew ? 'new' : 'settled';
};

/** A target group that belongs to a group. */
type Attachment = Readonly<{ arn: string; spec: GroupSpec }>;

const attachmentsTo = (groups: readonly GroupSpec[], targetGroup: string): readonly Attachment[] =>
  groups.flatMap((spec) =>
    spec.targetGroupArns.filter((arn) => arn.endsWith(targetGroup)).map((arn) => ({ arn, spec })),
  );

const targetOf = ({ arn, id }: Place, { state, reason }: Health): Target => ({
  ...{ targetGroupArn: arn, id, port: 80, state, reason },
  description: state === 'unhealthy' ? 'Health checks failed' : '',
});
