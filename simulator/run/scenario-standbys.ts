import type { Group } from '#domain/configuration/configuration.ts';
import { MEMBER_PLACEHOLDER } from '#domain/configuration/fleet.ts';
import type { StandbySettings } from '#domain/configuration/standby.ts';
import type { FleetScenario } from './fleet-scenario.ts';

export const PEER_REGION = 'eu-west-1';
/** A peer is larger than what a group has by its own rules. */
export const PEER_UNITS = 20;
/** The share of its peer that a group has at least, in percent, and in units. */
const SHARE_PERCENT = 60;
export const STANDBY_UNITS = 12;

/** Lets each group of a scenario stand in for one of the same name in another Region. No die is cast for it. */
export const withStandbys = (groups: readonly Group[]): readonly Group[] =>
  groups.map((group) => ({ ...group, standby: standbyFor(group.autoScalingGroup) }));

/** Lets the members of all fleets do likewise. */
export const withStandingMembers = (scenario: FleetScenario): FleetScenario => ({
  ...scenario,
  fleets: scenario.fleets.map((fleet) => ({
    ...fleet,
    template: { ...fleet.template, standby: standbyFor(MEMBER_PLACEHOLDER) },
  })),
});

const standbyFor = (autoScalingGroup: string): StandbySettings => ({
  of: { region: PEER_REGION, autoScalingGroup },
  minPercent: SHARE_PERCENT,
});
