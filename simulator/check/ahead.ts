import type { Group } from '#domain/configuration/configuration.ts';
import type { Cloud } from '../cloud.ts';
import { type Checker, unless } from './check-world.ts';
import { ofEachGroup } from './liveness.ts';

/** A minute more than clocks differ. */
const TOLERANCE_MS = 64_000;
const EARLIEST = 1e12;

/** A memory with a time that must lie in the past. */
const timesOf = (
  { scaleLedger, healLedger }: Cloud,
  { name, health }: Group,
): readonly number[] => {
  const scale = scaleLedger.head(name);
  // Nobody reads what was remembered of targets once the group is healed no more.
  const heal = health === undefined ? undefined : healLedger.head(name);
  return [
    scale?.inFlight?.claimedAt,
    scale?.lastScaleOut?.at,
    scale?.lastScaleIn?.at,
    ...(scale?.changes ?? []).map(({ at }) => at),
    ...(scale?.wishes ?? []).map(({ at }) => at),
    heal?.inFlight?.claimedAt,
    ...Object.values(heal?.sightings ?? {}),
    ...(heal?.removals ?? []),
  ].filter((time): time is number => time !== undefined && time > EARLIEST);
};

export const nothingIsAhead: Checker = {
  id: 'L20',
  promise: 'once it is quiet nothing remembered lies ahead, though a clock was a day ahead',
  watch: ofEachGroup((group, { cloud, timeline }) => {
    const { name } = group;
    const latest = Math.max(0, ...timesOf(cloud, group));
    return unless(latest <= timeline.now() + TOLERANCE_MS, () => {
      return `what is remembered of ${name} lies ${latest - timeline.now()} ms ahead`;
    });
  }),
};
