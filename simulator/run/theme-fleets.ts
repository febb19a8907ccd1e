import { type FleetScenario, fleetScenarioOf, NO_FLEETS } from './fleet-scenario.ts';
import type { Scenario } from './scenario.ts';
import { withStandingMembers } from './scenario-standbys.ts';
import { withTargets } from './sick-fleets.ts';
import type { Theme } from './theme.ts';

/** The fleets that a theme brings into a run. */
export const fleetsOf = (seed: number, { kind }: Theme): FleetScenario => {
  if (kind === 'sick-fleets') return withTargets(fleetScenarioOf(seed), seed);
  if (kind === 'standby') return withStandingMembers(fleetScenarioOf(seed));
  return kind === 'fleets' || kind === 'shards' ? fleetScenarioOf(seed) : NO_FLEETS;
};

/** A scenario with its fleets, and with the groups that may belong to them. */
export const besideFleets = (scenario: Scenario, { fleets, groups }: FleetScenario): Scenario =>
  fleets.length === 0
    ? scenario
    : {
        configuration: {
          ...scenario.configuration,
          fleets,
          routes: [...scenario.configuration.routes, { on: ['membership'], to: ['ops'] }],
        },
        groups: [...scenario.groups, ...groups],
      };
