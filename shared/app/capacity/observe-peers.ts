import { asError } from '#domain/basics/as-error.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { StandbySettings } from '#domain/configuration/standby.ts';
import { type SeenPeer, seenPeerOf } from '#domain/observed/peer.ts';
import type { ScaleReads } from './ports.ts';

type Standing = Readonly<{ group: string; of: StandbySettings['of'] }>;

/**
 * Reads the peers of the groups that stand in for one, a call a Region, by the groups' names. A Region that cannot be
 * asked is an observation of its own, and concerns no group but those that stand in for its groups.
 */
export const observePeers = async (
  { readPeers, note }: Pick<ScaleReads, 'readPeers' | 'note'>,
  groups: readonly Group[],
): Promise<ReadonlyMap<string, Pick<Observation, 'peer'>>> => {
  const standing = groups.flatMap(({ name, standby }) =>
    standby === undefined ? [] : [{ group: name, of: standby.of }],
  );
  const regions = [...new Set(standing.map(({ of }) => of.region))];
  const seen = await Promise.all(
    regions.map(async (region) => {
      const here = standing.filter(({ of }) => of.region === region);
      const peers = await readIn({ readPeers, note }, region, here);
      return here.map((each) => [each.group, { peer: peers(each) }] as const);
    }),
  );
  return new Map(seen.flat());
};

const readIn = async (
  { readPeers, note }: Pick<ScaleReads, 'readPeers' | 'note'>,
  region: string | undefined,
  standing: readonly Standing[],
): Promise<(of: Standing) => SeenPeer> => {
  try {
    const names = [...new Set(standing.map(({ of }) => of.autoScalingGroup))].filter(canBe);
    const states = await readPeers(region, names);
    return ({ of }) => seenPeerOf(states.get(of.autoScalingGroup));
  } catch (thrown) {
    const error = asError(thrown);
    for (const { group } of standing) note({ kind: 'look-failed', group, error });
    return () => ({ unreadable: `${error.name}: ${error.message}`.slice(0, LONGEST_PROBLEM) });
  }
};

/** No group has a longer name, as that of a member's peer may become; AWS refuses a question with one as a whole. */
const canBe = (name: string): boolean => name.length <= LONGEST_NAME;
const LONGEST_NAME = 255;

/** An observation is recorded: it holds no more of an error than a person needs. */
const LONGEST_PROBLEM = 300;
