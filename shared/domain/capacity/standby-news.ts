import type { StandbySettings } from '#domain/configuration/standby.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { StandbyMemory } from '#domain/ledger/standby-memory.ts';
import type { SeenPeer } from '#domain/observed/peer.ts';
import { newsOfGroup } from './news-of-group.ts';
import type { Observation } from './observation.ts';
import { fullMinimum, nextStandby } from './standby.ts';

/** The message that a standby raises the group's minimum, once; and the one that it does no longer. */
export const standbyNews = (observation: Observation): readonly Outcome[] => {
  const before = observation.head.standby;
  const after = nextStandby(observation);
  const isSamePeer = before?.of === after?.of;
  const { standby } = observation.group;
  const begins = after?.raised !== undefined && !(isSamePeer && before?.raised !== undefined);
  const ends = before?.raised !== undefined && !(isSamePeer && after?.raised !== undefined);
  return [
    ...(ends ? [ended(observation, before)] : []),
    ...(begins && standby !== undefined ? [begun(observation, { memory: after, standby })] : []),
  ];
};

type Beginning = Readonly<{ memory: StandbyMemory; standby: StandbySettings }>;

const begun = (observation: Observation, { memory, standby }: Beginning): Outcome => {
  const least = fullMinimum(memory, standby);
  const { of, whole } = memory;
  return newsOfGroup(observation, 'StandbyBegan', {
    id: `${observation.group.name}-standby-${observation.head.version + 1}`,
    what: `stands in for ${of}, which ${describe(observation.peer)}: as far as its maximum allows, its minimum is ${least} until ${of} has been well for 10 minutes, and then falls slowly. When it was well, ${of} had ${whole}`,
  });
};

const ended = (observation: Observation, { of }: StandbyMemory): Outcome => {
  const isStillAsked = nextStandby(observation)?.of === of;
  return newsOfGroup(observation, 'StandbyEnded', {
    id: `${observation.group.name}-standby-ended-${observation.head.version + 1}`,
    what: `stands in for ${of} no longer: ${isStillAsked ? `${of} is well again` : 'tidegate.yml does not ask for it any more'}`,
  });
};

const describe = (peer: SeenPeer | undefined): string =>
  peer !== undefined && 'desired' in peer
    ? `has ${peer.inService} of ${peer.desired} in service`
    : `cannot be read (${peer?.unreadable.slice(0, LONGEST_PROBLEM)})`;

const LONGEST_PROBLEM = 200;
