import type { Group } from '#domain/configuration/configuration.ts';
import type { Override } from '#domain/ledger/override.ts';
import type { GroupState, Instance } from '#domain/observed/group-state.ts';
import type { Instant } from '#domain/time/instant.ts';
import { isOpen } from './open-windows.ts';

export type Bounds = readonly [min: number, max: number];

/** The same with what a person put above the schedules, as far as it holds at that time. */
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

/** Units of a group that are there, and how many of them a scale-in may take. */
export const unitsIn = (
  state: GroupState | undefined,
): Readonly<{ there: number; open: number }> => {
  const sum = (list: readonly Instance[]): number =>
    list.reduce((total, { weight }) => total + weight, 0);
  const there = (state?.instances ?? []).filter(
    ({ lifecycleState }) => !/^(Terminating|Standby)/.test(lifecycleState),
  );
  const open = there.filter(
    ({ isProtected, lifecycleState }) => !isProtected && lifecycleState === 'InService',
  );
  return { there: sum(there), open: sum(open) };
};

/** What schedules whose windows are open make of the bounds of a group. */
export const narrowed = ({ rules }: Group, now: Instant, [min, max]: Bounds): Bounds => {
  const open = rules.flatMap((rule) =>
    rule.kind === 'schedule' && !rule.isShadow && isOpen(rule.window, now) ? [rule] : [],
  );
  const low = Math.min(max, Math.max(min, ...open.map((rule) => rule.min ?? min)));
  const high = Math.max(low, Math.min(max, ...open.map((rule) => rule.max ?? max)));
  return [low, high];
};
