import { asError } from '#domain/basics/as-error.ts';
import {
  type HealedGroup,
  type HealthObservation,
  targetGroupsOf,
} from '#domain/health/health-observation.ts';
import { damaged, type Unseen } from '#domain/lane/unreadable-group.ts';
import { newHealHead } from '#domain/ledger/head.ts';
import { recall } from '#domain/ledger/memory.ts';
import type { HealReads } from './ports.ts';

/**
 * Reads what the groups' health depends on; target health comes last, to be as fresh as can be. A group
 * whose memory or whose targets cannot be read is not seen, and concerns no other.
 */
export const observeHealth = async (
  ports: HealReads,
  groups: readonly HealedGroup[],
): Promise<readonly (HealthObservation | Unseen<HealedGroup>)[]> => {
  const [states, memories] = await Promise.all([
    ports.readGroups(groups.map(({ autoScalingGroup }) => autoScalingGroup)),
    ports.ledger.read(groups.map(({ name }) => name)),
  ]);
  const results = await Promise.allSettled(
    groups.map((group) =>
      targetsOf(ports, targetGroupsOf(group, states.get(group.autoScalingGroup))),
    ),
  );
  const now = ports.now();

  return groups.map((group, index) => {
    const state = states.get(group.autoScalingGroup);
    const memory = memories.get(group.name);
    if (memory?.damage !== undefined) return damaged(group, memory.damage);

    const result = results[index] as PromiseSettledResult<Members>;
    if (result.status === 'rejected') return { group, error: asError(result.reason) };
    return {
      now,
      group,
      ...(state ? { state } : {}),
      ...result.value,
      ...recall(newHealHead, memory, now),
    };
  });
};

type Members = Pick<HealthObservation, 'targets' | 'unknownTargetGroups'>;

/** The members of all target groups of a group, and the target groups that AWS does not know. */
const targetsOf = async (
  { readTargets }: HealReads,
  targetGroups: readonly string[],
): Promise<Members> => {
  const found = await Promise.all(
    targetGroups.map(async (targetGroup) => ({
      targetGroup,
      targets: await readTargets(targetGroup),
    })),
  );
  const unknown = found.flatMap(({ targetGroup, targets }) => (targets ? [] : [targetGroup]));
  return {
    targets: found.flatMap(({ targets = [] }) => targets),
    ...(unknown.length === 0 ? {} : { unknownTargetGroups: unknown }),
  };
};
