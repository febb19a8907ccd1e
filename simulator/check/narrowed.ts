import type { Group } from '../../shared/domain/configuration.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { isOpen } from './open-windows.ts';

type Bounds = readonly [min: number, max: number];

/** What schedules whose windows are open make of the bounds of a group. */
export const narrowed = ({ rules }: Group, now: Instant, [min, max]: Bounds): Bounds => {
  const open = rules.flatMap((rule) =>
    rule.kind === 'schedule' && !rule.isShadow && isOpen(rule.window, now) ? [rule] : [],
  );
  const low = Math.min(max, Math.max(min, ...open.map((rule) => rule.min ?? min)));
  const high = Math.max(low, Math.min(max, ...open.map((rule) => rule.max ?? max)));
  return [low, high];
};
