import type { Alarm } from '../domain/alarm.ts';
import type { Group } from '../domain/configuration.ts';
import type { GroupState } from '../domain/group-state.ts';
import { newScaleHead, type ScaleHead } from '../domain/head.ts';
import type { Instant } from '../domain/instant.ts';
import type { Observation } from '../domain/observation.ts';
import type { Ledger } from './ledger.ts';

export type ObservePorts = Readonly<{
  /** By Auto Scaling group name; groups that do not exist are absent. */
  readGroups: (names: readonly string[]) => Promise<ReadonlyMap<string, GroupState>>;
  /** By alarm name, metric and composite alarms alike; alarms that do not exist are absent. */
  readAlarms: (names: readonly string[]) => Promise<ReadonlyMap<string, Alarm>>;
  ledger: Pick<Ledger<ScaleHead>, 'read'>;
  now: () => Instant;
}>;

/** Reads everything that the groups' evaluations need: one call a service, however many groups. */
export const observeGroups =
  (ports: ObservePorts) =>
  async (groups: readonly Group[]): Promise<readonly Observation[]> => {
    const [states, alarms, heads] = await Promise.all([
      ports.readGroups(groups.map(({ autoScalingGroup }) => autoScalingGroup)),
      ports.readAlarms([...new Set(groups.flatMap((group) => alarmNames(group)))]),
      ports.ledger.read(groups.map(({ name }) => name)),
    ]);
    const now = ports.now();

    return groups.map((group) => {
      const state = states.get(group.autoScalingGroup);
      return {
        now,
        group,
        ...(state ? { state } : {}),
        alarms: alarmNames(group).flatMap((name) => alarms.get(name) ?? []),
        heard: [],
        head: heads.get(group.name) ?? newScaleHead,
      };
    });
  };

const alarmNames = ({ rules }: Group): readonly string[] => [
  ...new Set(rules.map(({ alarm }) => alarm.name)),
];
