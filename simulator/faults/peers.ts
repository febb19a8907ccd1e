import { MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import { PEER_REGION, PEER_UNITS } from '#simulator/run/scenario-standbys.ts';
import type { AccidentWorld } from './accidents.ts';

/** A lost look: shorter than three looks, whatever their times. */
const LOST_MS = 65 * SECOND_MS;
/** The last is while the return of the peers is watched. */
const LOST_AT = [4, 45, 80].map((minute) => minute * MINUTE_MS);
/** Among all that goes wrong, and again when nothing else does. */
const SPELLS = [
  { from: 12 * MINUTE_MS, to: 34 * MINUTE_MS },
  { from: 62 * MINUTE_MS, to: 72 * MINUTE_MS },
];

/**
 * Lets the Region of all peers go away, twice for a while, and thrice for a minute. In every other such run it can be asked
 * in those whiles, and the peers have lost most of their instances.
 */
export const startPeers = ({ timeline, cloud, configuration, theme }: AccidentWorld): void => {
  if (theme.kind !== 'standby') return;
  const put = (inService: number): void => {
    for (const { standby } of configuration().groups) {
      if (standby !== undefined) cloud.peers.put(standby.of, { desired: PEER_UNITS, inService });
    }
  };
  const at = (after: number, happen: () => void): void =>
    timeline.at(theme.startsAt + after, happen);
  const away = (from: number, to: number): void => {
    at(from, () => cloud.peers.setAway(PEER_REGION, true));
    at(to, () => cloud.peers.setAway(PEER_REGION, false));
  };

  put(PEER_UNITS);
  for (const lost of LOST_AT) away(lost, lost + LOST_MS);
  for (const { from, to } of SPELLS) {
    if (theme.isAway) away(from, to);
    else {
      at(from, () => put(PEER_UNITS / 5));
      at(to, () => put(PEER_UNITS));
    }
  }
};
