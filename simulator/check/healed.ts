import type { Health } from '../../shared/domain/configuration.ts';
import type { GroupState } from '../../shared/domain/group-state.ts';
import type { Target } from '../../shared/domain/health-observation.ts';
import { type Checker, unless } from './check-world.ts';
import { ofEachGroup } from './liveness.ts';
import { counted, isFailing } from './on-removal.ts';

/** Processes without which nothing is replaced. */
const NEEDED = ['ReplaceUnhealthy', 'Launch', 'Terminate', 'HealthCheck', 'AlarmNotification'];

/** Two sightings, a replacement before, and what both need. */
const PATIENCE_MS = 900_000;

const mayHeal = (state: GroupState): boolean =>
  state.isManaged &&
  !state.isBeingDeleted &&
  !NEEDED.some((process) => state.suspendedProcesses.includes(process));

/** Everything that the group wants is in service, and nothing of it is condemned. */
const isWhole = ({ instances, capacityDesired }: GroupState): boolean => {
  const serving = instances.filter(({ lifecycleState }) => lifecycleState === 'InService');
  const units = serving.reduce((sum, { weight }) => sum + weight, 0);
  return units >= capacityDesired && serving.every(({ isHealthy }) => isHealthy);
};

/** Few enough fail, and enough are healthy. */
const isWithinLimits = (all: readonly Target[], health: Health): boolean => {
  const healthy = all.filter(({ state }) => state === 'healthy').length;
  const most = Math.max(1, Math.floor((all.length * health.ceilingPercent) / 100));
  const least = Math.max(1, Math.ceil((all.length * health.floorPercent) / 100));
  return all.filter(isFailing).length <= most && healthy >= least;
};

const isPlain = ({ instances }: GroupState, id: string): boolean => {
  const member = instances.find((instance) => instance.id === id);
  return !member || (member.lifecycleState === 'InService' && !member.isProtected);
};

export const sickTargetsLeave: Checker = {
  id: 'L2h',
  promise: 'a target that keeps failing is taken out, once nothing forbids it any more',
  watch: ofEachGroup(({ name, autoScalingGroup, health }, { cloud, timeline }) => {
    const state = cloud.autoScaling.truth(autoScalingGroup);
    if (!health || health.action === 'notify' || !state || !mayHeal(state)) return [];
    const alarm = cloud.alarms.truth(health.alarm);
    if (alarm?.state !== 'ALARM' || timeline.now() - alarm.since < PATIENCE_MS) return [];

    const targets = counted(cloud.loadBalancing.truth(health.targetGroup));
    const left = targets.filter(({ id }) => isPlain(state, id)).filter(isFailing);
    const isStuck = left.length > 0 && isWhole(state) && isWithinLimits(targets, health);
    return unless(!isStuck, () => `${left[0]?.id} of ${name} keeps failing and stays`);
  }),
};
