import type { Configuration, Group } from '../configuration.ts';
import type { Finding } from './finding.ts';
import { findFlapping } from './flapping.ts';
import { findHastyHealing, findNoise } from './habits.ts';
import { findOneWay } from './one-way.ts';
import { findHeavyRemovals, findStuckAtZero } from './shares.ts';
import { findFinePeriods, findLongWindows, findShortCooldowns } from './timing.ts';
import { findUnreachable } from './unreachable.ts';

/** Everything in a valid configuration that will probably hurt. */
export const lint = (configuration: Configuration): readonly Finding[] => [
  ...configuration.groups.flatMap((group) => CHECKS.flatMap((check) => check(group))),
  ...findNoise(configuration),
];

const CHECKS: readonly ((group: Group) => readonly Finding[])[] = [
  findFlapping,
  findLongWindows,
  findShortCooldowns,
  findUnreachable,
  findOneWay,
  findStuckAtZero,
  findHeavyRemovals,
  findFinePeriods,
  findHastyHealing,
];
