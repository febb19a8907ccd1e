import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { groupsAndTemplates } from '#domain/configuration/fleet.ts';
import { findBeyondMaximum } from './beyond-maximum.ts';
import { findBlindWhenIdle } from './blind-when-idle.ts';
import { findBusyWorkers } from './busy-workers.ts';
import { findDemandNotFollowed } from './demand.ts';
import type { Finding } from './finding.ts';
import { findFlapping } from './flapping.ts';
import { findForecastsOfNoDemand, findUnlearned } from './forecasts.ts';
import { findHastyHealing } from './hasty-healing.ts';
import { findHeavyRemovals } from './heavy-removals.ts';
import { findIdleGroups } from './idle-groups.ts';
import { findNoise } from './noise.ts';
import { findOneWay } from './one-way.ts';
import { findPoolsInVain } from './pools.ts';
import { findFlappingAcross } from './shared-load.ts';
import { findShared } from './shared-metrics.ts';
import { findStandbysInVain } from './standbys.ts';
import { findFinePeriods, findLongWindows, findShortCooldowns, findVainLooks } from './timing.ts';
import { findMistakenShapes } from './track-shapes.ts';
import { findUnheard } from './unheard.ts';
import { findUnreachable } from './unreachable.ts';
import { findStuckAtZero } from './zero.ts';

/** Everything in a valid configuration that will probably hurt. */
export const lint = (configuration: Configuration): readonly Finding[] => [
  ...groupsAndTemplates(configuration).flatMap((group) => CHECKS.flatMap((check) => check(group))),
  ...(configuration.fleets ?? []).flatMap(findShared),
  ...findNoise(configuration),
  ...findUnheard(configuration),
];

const CHECKS: readonly ((group: Group) => readonly Finding[])[] = [
  findFlapping,
  findFlappingAcross,
  findLongWindows,
  findShortCooldowns,
  findUnreachable,
  findOneWay,
  findStuckAtZero,
  findBusyWorkers,
  findMistakenShapes,
  findBeyondMaximum,
  findForecastsOfNoDemand,
  findUnlearned,
  findPoolsInVain,
  findStandbysInVain,
  findDemandNotFollowed,
  findBlindWhenIdle,
  findHeavyRemovals,
  findFinePeriods,
  findVainLooks,
  findHastyHealing,
  findIdleGroups,
];
