import type { Removal } from '../../shared/domain/decision.ts';
import type { GroupState } from '../../shared/domain/group-state.ts';
import { inService } from '../../shared/domain/group-state.ts';
import type { Target } from '../../shared/domain/health-observation.ts';
import { type Answer, applied } from '../../shared/domain/outcome.ts';

type ReadGroups = (names: readonly string[]) => Promise<ReadonlyMap<string, GroupState>>;

/** A target group over the instances in service of one Auto Scaling group, all healthy but some. */
export const createLoadBalancing = (
  readGroups: ReadGroups,
  { group, targetGroupArn }: Readonly<{ group: string; targetGroupArn: string }>,
) => {
  const unhealthy = new Set<string>();
  const deregistered = new Set<string>();

  return {
    /** From now on the target fails its health checks. */
    fail: (id: string): void => {
      unhealthy.add(id);
    },

    readTargets: async (): Promise<readonly Target[]> => {
      const state = (await readGroups([group])).get(group);
      return (state ? inService(state) : [])
        .filter(({ id }) => !deregistered.has(id))
        .map(({ id }) => targetOf(targetGroupArn, id, unhealthy.has(id)));
    },

    deregister: async ({ targetId }: Removal): Promise<Answer> => {
      deregistered.add(targetId);
      return applied;
    },
  };
};

const targetOf = (targetGroupArn: string, id: string, isUnhealthy: boolean): Target => ({
  targetGroupArn,
  id,
  port: 80,
  state: isUnhealthy ? 'unhealthy' : 'healthy',
  reason: isUnhealthy ? 'Target.FailedHealthChecks' : '',
  description: isUnhealthy ? 'Health checks failed' : '',
});
