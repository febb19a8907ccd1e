import type { FailOpen, Target } from '#domain/health/health-observation.ts';
import type { Registration, Removal } from '#domain/ledger/decision.ts';
import { type Answer, applied } from '#domain/ledger/outcome.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { GroupSpec } from '#simulator/services/auto-scaling/fleet.ts';
import { hasArrived, isLeaving, type Machine } from '#simulator/services/auto-scaling/machine.ts';
import { createRegistrations } from './registrations.ts';
import { type Machines, targetsIn } from './targets.ts';

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
  const tags = createTags();
  const hidden = new Set<string>();
  const { targetsOf, isNew } = targetsIn({ timeline, machinesOf, groups, registrations, others });

  return {
    fail: (id: string, reason = 'Target.FailedHealthChecks', arn?: string) =>
      registrations.fail(id, { state: 'unhealthy', reason }, arn),
    /** Shows a target in any state, everywhere or in one target group only. */
    show: registrations.fail,
    recover: registrations.recover,
    away: registrations.away,
    /** Auto Scaling registers an instance again that no longer stands by. */
    enterAgain: (id: string): void => {
      for (const place of registrations.away()) if (place.id === id) registrations.enter(place);
    },
    others: (arn: string): readonly string[] => others.get(arn) ?? [],
    /** The members of a target group, given as `targetgroup/NAME/ID`; nothing of one that is gone. */
    readTargets: async (targetGroup: string): Promise<readonly Target[] | undefined> =>
      hidden.has(targetGroup) ? undefined : targetsOf(targetGroup),
    /** Deletes a target group as far as readers see, or makes it again. */
    hide: (targetGroup: string, isHidden: boolean): void => {
      if (isHidden) hidden.add(targetGroup);
      else hidden.delete(targetGroup);
    },
    truth: targetsOf,
    /** Registers a target by hand: an address, or an instance of no group. */
    add: (arn: string, id: string): void => {
      others.set(arn, [...(others.get(arn) ?? []), id]);
    },
    ...tags,
    deregister: async ({ targetGroupArn, targetId }: Removal): Promise<Answer> => {
      if (!tags.isManaged(targetGroupArn)) return notOurs(targetGroupArn);
      registrations.leave({ arn: targetGroupArn, id: targetId });
      return applied;
    },
    register: async ({ targetGroupArn, targetId }: Registration): Promise<Answer> => {
      if (!tags.isManaged(targetGroupArn)) return notOurs(targetGroupArn);
      const place = { arn: targetGroupArn, id: targetId };
      const isThere =
        (others.get(targetGroupArn) ?? []).includes(targetId) ||
        groups.some(({ name }) => machinesOf(name).some(({ id }) => id === targetId));
      if (!isThere) return { kind: 'refused', reason: 'TargetGone', detail: `no ${targetId}` };
      if (registrations.hasLeft(place)) registrations.enter(place);
      return applied;
    },
    ...failOpenPorts(),
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

/** IAM refuses what lacks the tag, whatever the caller believes. */
const notOurs = (arn: string): Answer => ({
  kind: 'refused',
  reason: 'AccessDenied',
  detail: `AccessDenied: no policy allows it for ${arn} without the tag`,
});

/** Target groups carry the opt-in tag until somebody takes it off. */
const createTags = () => {
  const untagged = new Set<string>();
  const isManaged = (arn: string): boolean => !untagged.has(arn);

  return {
    isManaged,
    setManaged: (arn: string, managed: boolean): void => {
      if (managed) untagged.delete(arn);
      else untagged.add(arn);
    },
    readManaged: async (arns: readonly string[]): Promise<Readonly<Record<string, boolean>>> =>
      Object.fromEntries(arns.map((arn) => [arn, isManaged(arn)])),
  };
};

const failOpenPorts = () => {
  const failOpen = new Map<string, FailOpen>();
  const failOpenOf = (arn: string): FailOpen => failOpen.get(arn) ?? { count: 1, percent: 0 };

  return {
    /** Below how many healthy targets traffic goes to all of them. */
    readFailOpen: async (arns: readonly string[]): Promise<Readonly<Record<string, FailOpen>>> =>
      Object.fromEntries(arns.map((arn) => [arn, failOpenOf(arn)])),
    failOpenOf,
    setFailOpen: (arn: string, thresholds: FailOpen): void => {
      failOpen.set(arn, thresholds);
    },
  };
};
