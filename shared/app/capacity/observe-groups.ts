import { delaysOf } from '#domain/capacity/next-delays.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import { damaged, type Unseen } from '#domain/lane/unreadable-group.ts';
import { newScaleHead } from '#domain/ledger/head.ts';
import { recall } from '#domain/ledger/memory.ts';
import { demandsAt, observeOpenings, observeReadings, watchedAlarms } from './observe-metrics.ts';
import { observePeers } from './observe-peers.ts';
import { observePools } from './observe-pools.ts';
import type { ScaleReads } from './ports.ts';

/**
 * Reads everything that the groups' evaluations need: one call a service, however many groups. A group
 * whose memory cannot be read is not seen, and concerns no other.
 */
export const observeGroups = async (
  ports: ScaleReads,
  groups: readonly Group[],
): Promise<readonly (Observation | Unseen<Group>)[]> => {
  const [states, alarms, memories, readings, pools, peers] = await Promise.all([
    ports.readGroups(groups.map(({ autoScalingGroup }) => autoScalingGroup)),
    ports.readAlarms([...new Set(groups.flatMap(({ rules }) => alarmsOf(rules)))]),
    ports.ledger.read(groups.map(({ name }) => name)),
    observeReadings(ports, groups),
    observePools(ports, groups),
    observePeers(ports, groups),
  ]);
  const now = ports.now();

  return groups.map((group) => {
    const state = states.get(group.autoScalingGroup);
    const memory = memories.get(group.name);
    if (memory?.damage !== undefined) return damaged(group, memory.damage);
    const { pasts = [], recent = {}, ...seen } = readings.get(group.name) ?? { readings: {} };
    const recalled = recall(newScaleHead, memory, now);
    return {
      now,
      group,
      heard: [],
      ...(state ? { state } : {}),
      alarms: [
        ...alarmsOf(group.rules).flatMap((name) => alarms.get(name) ?? []),
        ...watchedAlarms(group, { ...seen, recent }, now),
      ],
      ...seen,
      ...demandsAt(pasts, { now, delays: delaysOf(group, recalled.head) }),
      openings: observeOpenings(ports, group, now),
      ...pools.get(group.name),
      ...peers.get(group.name),
      ...recalled,
    };
  });
};
