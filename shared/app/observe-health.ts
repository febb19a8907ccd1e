import type { GroupState } from '../domain/group-state.ts';
import { type HealHead, newHealHead } from '../domain/head.ts';
import type { HealedGroup, HealthObservation, Target } from '../domain/health-observation.ts';
import type { Instant } from '../domain/instant.ts';
import { recall } from '../domain/memory.ts';
import type { Ledger } from './ledger.ts';

export type ObserveHealthPorts = Readonly<{
  readGroups: (names: readonly string[]) => Promise<ReadonlyMap<string, GroupState>>;
  /** The members of a target group, given as `targetgroup/NAME/ID`. */
  readTargets: (targetGroup: string) => Promise<readonly Target[]>;
  ledger: Pick<Ledger<HealHead>, 'read'>;
  now: () => Instant;
}>;

/** Reads what the groups' health depends on; target health comes last, to be as fresh as can be. */
export const observeHealth =
  (ports: ObserveHealthPorts) =>
  async (groups: readonly HealedGroup[]): Promise<readonly HealthObservation[]> => {
    const [states, memories] = await Promise.all([
      ports.readGroups(groups.map(({ autoScalingGroup }) => autoScalingGroup)),
      ports.ledger.read(groups.map(({ name }) => name)),
    ]);
    const targets = await Promise.all(
      groups.map(({ health }) =>
        Promise.all(health.watched.map(({ targetGroup }) => ports.readTargets(targetGroup))),
      ),
    );
    const now = ports.now();

    return groups.map((group, index) => {
      const state = states.get(group.autoScalingGroup);
      return {
        now,
        group,
        ...(state ? { state } : {}),
        targets: (targets[index] ?? []).flat(),
        ...recall(newHealHead, memories.get(group.name)),
      };
    });
  };
