import type { Removal } from '../../shared/domain/decision.ts';
import { type GroupState, inService } from '../../shared/domain/group-state.ts';
import type { Target } from '../../shared/domain/health-observation.ts';
import { type Answer, applied } from '../../shared/domain/outcome.ts';
import type { GroupSpec } from './auto-scaling.ts';

type ReadGroups = (names: readonly string[]) => Promise<ReadonlyMap<string, GroupState>>;

/** Target groups over the instances in service of the groups that are attached to them. */
export const createLoadBalancing = (readGroups: ReadGroups, groups: readonly GroupSpec[]) => {
  const failing = new Set<string>();
  const gone = new Set<string>();

  return {
    /** From now on the instance fails its health checks. */
    fail: (instanceId: string): void => {
      failing.add(instanceId);
    },

    /** The members of a target group, given as `targetgroup/NAME/ID`. */
    readTargets: async (targetGroup: string): Promise<readonly Target[]> => {
      const attached = groups.filter(({ targetGroupArns }) =>
        targetGroupArns.some((arn) => arn.endsWith(targetGroup)),
      );
      const states = await readGroups(attached.map(({ name }) => name));
      const [arn = ''] = attached.flatMap(({ targetGroupArns }) => targetGroupArns);

      return [...states.values()]
        .flatMap((state) => inService(state))
        .filter(({ id }) => !gone.has(id))
        .map(({ id }) => targetOf(arn, id, failing.has(id)));
    },

    deregister: ({ targetId }: Removal): Answer => {
      gone.add(targetId);
      return applied;
    },
  };
};

const targetOf = (targetGroupArn: string, id: string, isFailing: boolean): Target => ({
  targetGroupArn,
  id,
  port: 80,
  state: isFailing ? 'unhealthy' : 'healthy',
  reason: isFailing ? 'Target.FailedHealthChecks' : '',
  description: isFailing ? 'Health checks failed' : '',
});
