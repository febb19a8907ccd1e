import type { Checkup, GroupFacts } from '#domain/doctor/checkup.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import { aFailingTarget, aTarget } from './builders.ts';
import { aCheckup, soundDeployment, soundGroup, withTargetGroup } from './checkup.ts';

export const withState = (change: Partial<GroupState>): Checkup =>
  aCheckup({}, { state: { ...soundGroup.state!, ...change } });

export const withTopic = (change: Readonly<Record<string, unknown>>): Checkup =>
  aCheckup({ topic: { ...soundDeployment.topic!, ...change } });

export const withAlarms = (change: Partial<GroupFacts['alarms'][number]>, name?: string): Checkup =>
  aCheckup(
    {},
    {
      alarms: soundGroup.alarms.map((alarm) =>
        name === undefined || alarm.name === name ? { ...alarm, ...change } : alarm,
      ),
    },
  );

export const withHealth = (
  action: 'replace' | 'notify',
  facts: Partial<GroupFacts> = {},
): Checkup => {
  const { group } = soundGroup;
  return aCheckup({}, { group: { ...group, health: { ...group.health!, action } }, ...facts });
};

const { state: _state, ...rest } = soundGroup;
export const stateless = rest;
const { topic: _topic, ...others } = soundDeployment;
export const topicless = others;

export const failingWith = (reason: string): Partial<GroupFacts> =>
  withTargetGroup({ targets: [{ ...aFailingTarget('i-1'), reason }, aTarget({ id: 'i-2' })] });
