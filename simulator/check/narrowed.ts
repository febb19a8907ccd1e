import type { Group } from '#domain/configuration/configuration.ts';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { Override } from '#domain/ledger/override.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { Instant } from '#domain/time/instant.ts';
import { STANDBY_UNITS } from '#simulator/run/scenario-standbys.ts';
import { isOpen } from './open-windows.ts';

export type Bounds = readonly [min: number, max: number];

/** The bounds that the file gives a group, as far as the Auto Scaling group allows them. */
export const ownBoundsOf = (
  { capacity }: Group,
  { capacityMin, capacityMax }: GroupState,
): Bounds => {
  const clamp = (value: number): number => Math.min(Math.max(value, capacityMin), capacityMax);
  return [clamp(capacity.min ?? capacityMin), clamp(capacity.max ?? capacityMax)];
};

/** The bounds that open schedules leave, with what a person put above them, as far as it holds at that time. */
export const narrowedBy = (
  override: Override | undefined,
  { group, now, own }: Readonly<{ group: Group; now: Instant; own: Bounds }>,
): Bounds => {
  const [low, high] = narrowed(group, now, own);
  if (!holds(override, now) || override.kind === 'pause') return [low, high];

  const at = Math.min(Math.max(override.capacity, own[0]), own[1]);
  if (override.kind === 'pin') return [at, at];
  return at < high ? [Math.min(low, at), at] : [low, high];
};

export const holds = (override: Override | undefined, now: Instant): override is Override =>
  override !== undefined && override.ended === undefined && override.until > now;

/** Units of a group that no scale-in may take: protected ones, and those in a state that AWS does not document. */
export const stayingUnits = (state: GroupState | undefined): number =>
  (state?.instances ?? [])
    .filter(({ lifecycleState }) => !/^(Terminating|Standby)/.test(lifecycleState))
    .filter(
      ({ isProtected, lifecycleState }) =>
        isProtected || !/^(Pending|InService)/.test(lifecycleState),
    )
    .reduce((total, { weight }) => total + weight, 0);

/**
 * The bounds of a group that stands in for another one, as a decision says them: its minimum may be raised up to the
 * share of its peer. Whether it should be is a promise of its own.
 */
export const withStandby = (
  { standby }: Group,
  [low, high]: Bounds,
  said: CapacityDecision['bounds'],
): Bounds => {
  if (standby === undefined || said === undefined) return [low, high];
  const raised = Math.min(Math.max(low, said.min), Math.max(low, STANDBY_UNITS));
  return [raised, Math.max(high, Math.min(raised, said.max))];
};

/** Computes the bounds of a group that schedules with open windows leave. */
export const narrowed = ({ rules }: Group, now: Instant, [min, max]: Bounds): Bounds => {
  const open = rules.flatMap((rule) =>
    rule.kind === 'schedule' && !rule.isShadow && isOpen(rule.window, now) ? [rule] : [],
  );
  const low = Math.min(max, Math.max(min, ...open.map((rule) => rule.min ?? min)));
  const high = Math.max(low, Math.min(max, ...open.map((rule) => rule.max ?? max)));
  return [low, high];
};
