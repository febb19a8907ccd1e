import type { Health } from '../../shared/domain/configuration.ts';
import type { Removal } from '../../shared/domain/decision.ts';
import type { GroupState } from '../../shared/domain/group-state.ts';
import type { HealHead } from '../../shared/domain/head.ts';
import type { Target } from '../../shared/domain/health-observation.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Override } from '../../shared/domain/override.ts';
import type { Obstacle } from '../../shared/domain/second-look.ts';
import type { CheckWorld, Watch } from './check-world.ts';

/** A DeregisterTargets at the moment when it takes effect. */
export type RemovalCall = Readonly<{
  at: Instant;
  removal: Removal;
  health: Health;
  seen: GroupState | undefined;
  targets: readonly Target[];
  /** The plan was there already when the invocation read the ledger: it only finishes. */
  isRecovery: boolean;
  /** When the instance really came into service, if it is a member. */
  inServiceAt: Instant | undefined;
  override: Override | undefined;
  /** What the invocation was told to be under way; nothing when it did not ask. */
  obstacles: readonly Obstacle[] | undefined;
}>;

export const isFailing = ({ state, reason }: Target): boolean =>
  state === 'unhealthy' && reason.startsWith('Target.');

/** A watch over every call that takes a target out. */
export const onRemoval =
  (judge: (call: RemovalCall) => readonly string[]) =>
  ({ views, configurationOf, cloud }: CheckWorld): Watch => ({
    onEvent: (event) => {
      if (event.kind !== 'applying' || event.trip.action !== 'DeregisterTargets') return [];
      const removal = event.trip.input as Removal;
      const group = configurationOf(event.trip.invocation).groups.find(
        ({ health }) => health && removal.targetGroupArn.endsWith(health.targetGroup),
      );
      if (!group?.health) return [`${removal.targetId} of no group of ours was deregistered`];

      const view = views.of(event.trip.invocation);
      const head = view.heads.get(group.name) as HealHead | undefined;
      return judge({
        ...{ at: event.at, removal, health: group.health },
        seen: view.groups.get(group.autoScalingGroup),
        targets: view.targets.get(group.health.targetGroup) ?? [],
        isRecovery: head?.inFlight !== undefined,
        inServiceAt: cloud.autoScaling
          .machines(group.autoScalingGroup)
          .find(({ id }) => id === removal.targetId)?.inServiceAt,
        override: view.overrides.get(group.name),
        obstacles: view.obstacles.get(group.autoScalingGroup),
      });
    },
  });

/** Targets that are meant to serve. */
export const counted = (targets: readonly Target[]): readonly Target[] =>
  targets.filter(({ state }) => ['healthy', 'unhealthy', 'initial'].includes(state));
