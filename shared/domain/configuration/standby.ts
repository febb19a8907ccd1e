/** The settings of `tidegate.yml` for a group that stands in for another one, its peer. */
export type StandbySettings = Readonly<{
  of: Peer;
  /** Share of the peer's whole capacity that this group has at least while the peer is impaired, in percent (1 to 100). */
  minPercent: number;
}>;

/** Another Auto Scaling group of the account: in this Region unless it says another. */
export type Peer = Readonly<{ region?: string; autoScalingGroup: string }>;

/** Writes a peer as `tidegate.yml` does: `eu-west-1/web`, or `web` alone in the same Region. */
export const describePeer = ({ region, autoScalingGroup }: Peer): string =>
  region === undefined ? autoScalingGroup : `${region}/${autoScalingGroup}`;
