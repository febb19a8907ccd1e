import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import type { AlarmState } from '#domain/observed/alarm.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { Cloud } from '../cloud.ts';
import { alarmMessage, SHAPES } from './alarm-message.ts';
import type { Dice } from './dice.ts';
import { publishDrill } from './drills.ts';

export type AlarmWorld = Readonly<{
  timeline: Timeline;
  cloud: Cloud;
  dice: Dice;
  configuration: () => Configuration;
  /** While it is quiet, alarms stay as they are. */
  isQuiet: () => boolean;
}>;

/** Chance that an alarm fires, and that a firing one clears, in a minute. */
const FIRES = 0.06;
const CLEARS = 0.15;

/** Alarms of rules change by chance once a minute; health alarms follow the targets. */
export const startAlarms = (world: AlarmWorld): void => {
  const { timeline, configuration } = world;
  const step = (): void => {
    for (const group of configuration().groups) {
      if (!world.isQuiet()) for (const name of alarmsOf(group.rules)) wander(world, name);
      followTargets(world, group);
    }
    timeline.at(timeline.now() + MINUTE_MS, step);
  };
  timeline.at(timeline.now() + 17_000, step);
};

const followTargets = (world: AlarmWorld, { health }: Group): void => {
  for (const { targetGroup, alarm } of health?.watched ?? []) {
    const targets = world.cloud.loadBalancing.truth(targetGroup);
    const isFailing = targets.some(({ state }) => state.startsWith('unhealthy'));
    turn(world, alarm, isFailing ? 'ALARM' : 'OK');
  }
};

const wander = (world: AlarmWorld, name: string): void => {
  const { cloud, dice } = world;
  turn(world, name, nextState(world, name));
  if (dice.strikes('F22', `${name}: is tampered with`)) tamper(world, name);
  if (dice.strikes('F41', `${name}: a drill`)) publishDrill(world, name);
  if (dice.strikes('F7', 'a strange message')) cloud.alarmTopic.publish(dice.one(STRANGE) ?? '');
};

const nextState = ({ cloud, dice }: AlarmWorld, name: string): AlarmState => {
  const state = cloud.alarms.truth(name)?.state ?? 'OK';
  const opposite = state === 'ALARM' ? 'OK' : 'ALARM';
  if (dice.strikes('F21', `${name}: no data`)) return 'INSUFFICIENT_DATA';
  if (dice.strikes('F6', `${name}: flaps`)) return opposite;
  if (state === 'INSUFFICIENT_DATA') return dice.random() < 0.5 ? 'OK' : state;
  return dice.random() < (state === 'ALARM' ? CLEARS : FIRES) ? opposite : state;
};

const STRANGE = ['{"hello":"world"}', 'not JSON', '[]', '{"AlarmName":7}', '{"kind":"evaluate"}'];

/** Changes a state; CloudWatch says so, in one of its ways. */
const turn = ({ timeline, cloud, dice }: AlarmWorld, name: string, state: AlarmState): void => {
  const before = cloud.alarms.truth(name);
  if (before === undefined || before.state === state) return;

  cloud.alarms.setState(name, state, 'by chance');
  if (!before.actionsEnabled || state === 'INSUFFICIENT_DATA') return;
  const shape = dice.strikes('F8', name) ? dice.one(SHAPES) : 'metric';
  const change = { name, state, previousState: before.state, at: timeline.now() };
  cloud.alarmTopic.publish(alarmMessage(shape ?? 'metric', change));
};

const tamper = ({ timeline, cloud, dice }: AlarmWorld, name: string): void => {
  const kind = dice.pick(4);
  const before = cloud.alarms.truth(name);
  const backAt = timeline.now() + (1 + dice.pick(15)) * MINUTE_MS;
  if (kind === 0) cloud.alarms.change(name, { actionsEnabled: false });
  else if (kind === 1) cloud.alarms.change(name, { isEvaluated: false });
  else if (kind === 2) cloud.alarms.setState(name, 'UNKNOWN', 'a state of tomorrow');
  else cloud.alarms.remove(name);

  timeline.at(backAt, () => {
    cloud.alarms.setState(name, before?.state ?? 'OK', 'as before');
    cloud.alarms.change(name, { actionsEnabled: true, isEvaluated: true });
  });
};
