import type { Group } from '#domain/configuration/configuration.ts';

export const PEER_REGION = 'eu-west-1';
/** A peer is larger than what a group has by its own rules. */
export const PEER_UNITS = 20;
/** The share of its peer that a group has at least, in percent, and in units. */
const SHARE_PERCENT = 60;
export const STANDBY_UNITS = 12;

/** Lets each group of a scenario stand in for one of the same name in another Region. No die is cast for it. */
export const withStandbys = (groups: readonly Group[]): readonly Group[] =>
  groups.map((group) => ({
    ...group,
    standby: {
      of: { region: PEER_REGION, autoScalingGroup: group.autoScalingGroup },
      minPercent: SHARE_PERCENT,
    },
  }));
