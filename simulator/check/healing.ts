import { type Checker, SKEW_MS, unless } from './check-world.ts';
import { holds } from './narrowed.ts';
import { counted, isSick, onRemoval } from './on-removal.ts';

export const healOnlyOurs: Checker = {
  id: 'S3h',
  promise: 'no target is touched of a group that is not ours, is going or is paused',
  watch: onRemoval(({ removal, seen, override, at }) => {
    const isPaused = override?.kind === 'pause' && holds(override, at);
    const isOurs =
      !isPaused &&
      seen?.isManaged === true &&
      !seen.isBeingDeleted &&
      !seen.suspendedProcesses.includes('AlarmNotification');
    return unless(isOurs, () => `${removal.targetId} is not ours to touch`);
  }),
};

export const healOnlyTaggedTargetGroups: Checker = {
  id: 'S3t',
  promise: 'no target leaves a target group that does not carry the tag, as far as one can know',
  watch: onRemoval(({ removal, managed, targetGroupArn }) =>
    unless(managed.get(targetGroupArn) === true, () => {
      return `${removal.targetId} was taken out of ${targetGroupArn}, which nobody handed over`;
    }),
  ),
};

export const healKeepsTheFloor: Checker = {
  id: 'S13',
  promise: 'no target is taken out below the healthy floor, nor where the load balancer fails open',
  watch: (world) =>
    onRemoval(({ removal, targets, targetGroupArn, health }) => {
      const all = counted(targets).length;
      const rest = targets.filter(
        ({ state, id }) => state === 'healthy' && id !== removal.targetId,
      );
      const open = world.cloud.loadBalancing.failOpenOf(targetGroupArn);
      const share = Math.ceil((all * Math.max(health.floorPercent, open.percent)) / 100);
      const floor = Math.max(health.floorCount, share, open.count);
      return unless(rest.length >= floor, () => {
        return `${removal.targetId} was taken out and left ${rest.length} of ${all} healthy, floor ${floor}`;
      });
    })(world),
};

export const healSeesTheCommonCause: Checker = {
  id: 'S14',
  promise: 'no target is taken out while more fail than the ceiling allows',
  watch: onRemoval(({ removal, targets, health }) => {
    const all = counted(targets).length;
    const failing = targets.filter(isSick).length;
    const limit = Math.max(1, Math.floor((all * health.ceilingPercent) / 100));
    return unless(failing <= limit, () => {
      return `${removal.targetId} was taken out while ${failing} of ${all} fail`;
    });
  }),
};

export const healLeavesSpecialInstances: Checker = {
  id: 'S16',
  promise: 'no member is replaced that starts, stands by, leaves, is protected or condemned',
  watch: onRemoval(({ removal, seen }) => {
    const member = seen?.instances.find(({ id }) => id === removal.targetId);
    const isPlain =
      member === undefined ||
      (member.lifecycleState === 'InService' && member.isHealthy && !member.isProtected);
    return unless(isPlain, () => {
      return `${removal.targetId} was touched in ${member?.lifecycleState}`;
    });
  }),
};

const PROCESSES = ['ReplaceUnhealthy', 'Launch', 'Terminate', 'HealthCheck'];

export const healRespectsProcesses: Checker = {
  id: 'S17h',
  promise: 'no target is touched while a process that its replacement needs is suspended',
  watch: onRemoval(({ removal, seen }) => {
    const missing = PROCESSES.filter((process) => seen?.suspendedProcesses.includes(process));
    return unless(missing.length === 0, () => {
      return `${removal.targetId} was touched while ${missing.join(', ')} is suspended`;
    });
  }),
};

export const healFinishesTheOneBefore: Checker = {
  id: 'S14b',
  promise: 'no target is taken out while a tenth of the group, or all that may go, is missing',
  watch: onRemoval(({ removal, seen }) => {
    const serving = (seen?.instances ?? [])
      .filter(({ lifecycleState }) => lifecycleState === 'InService')
      .reduce((sum, { weight }) => sum + weight, 0);
    const wanted = seen?.capacityDesired ?? 0;
    const isFew = wanted - serving < Math.floor(wanted / 10);
    return unless(serving >= wanted || isFew, () => {
      return `${removal.targetId} was taken out with ${serving} of ${wanted} in service`;
    });
  }),
};

export const healWaitsForOthers: Checker = {
  id: 'S17i',
  promise: 'no target is touched unless somebody looked that nothing else is under way',
  watch: onRemoval(({ removal, obstacles }) =>
    unless(obstacles?.length === 0, () => {
      return `${removal.targetId} was touched while ${obstacles?.[0]?.detail ?? 'nobody looked'}`;
    }),
  ),
};

export const healLeavesTheNew: Checker = {
  id: 'S16b',
  promise: 'no member is touched within the grace period, in which a mark would be ignored',
  watch: onRemoval(({ removal, at, inServiceAt, seen }) => {
    const age = at - (inServiceAt ?? 0);
    const isOld = inServiceAt === undefined || age >= (seen?.graceSeconds ?? 0) * 1_000 - SKEW_MS;
    return unless(isOld, () => `${removal.targetId} was touched ${age} ms after launch`);
  }),
};
