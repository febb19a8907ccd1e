import type { Configuration } from '#domain/configuration/configuration.ts';
import { DRILL_MARK, markedNews } from '#domain/ledger/drill.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { Cloud } from '../cloud.ts';
import { alarmMessage, SHAPES } from './alarm-message.ts';
import type { Dice } from './dice.ts';

type DrillWorld = Readonly<{
  timeline: Timeline;
  cloud: Cloud;
  dice: Dice;
  configuration: () => Configuration;
}>;

/**
 * Somebody drills an alarm, a look of the sweep or a channel. The message goes the way of what it rehearses, and is
 * lost, late and repeated like that. Some marks are broken: they are marks all the same.
 */
export const publishDrill = (world: DrillWorld, alarm: string): void => {
  const { cloud, dice } = world;
  const kind = dice.pick(10);
  if (kind === 0) cloud.outcomeTopic.publish(ofChannel(world));
  else cloud.alarmTopic.publish(kind === 1 ? ofLook(world) : ofAlarm(world, alarm));
};

const idOf = (dice: Dice): string => `drill-of-${dice.pick(1_000_000)}`;

const ofChannel = ({ timeline, dice, configuration }: DrillWorld): string => {
  const channel = dice.one(configuration().channels)?.name ?? 'nobody';
  return JSON.stringify(
    markedNews({ kind: 'drill', drill: idOf(dice), at: timeline.now(), channel }),
  );
};

const ofLook = ({ dice, configuration }: DrillWorld): string => {
  const group = dice.one(configuration().groups)?.name ?? 'none';
  return marked({ kind: 'evaluate', group, cause: 'drill' }, idOf(dice));
};

const ofAlarm = ({ timeline, dice }: DrillWorld, name: string): string => {
  const shape = dice.pick(4) === 0 ? dice.one(SHAPES) : 'metric';
  const change = { name, state: 'ALARM', previousState: 'OK', at: timeline.now() } as const;
  const message: unknown = JSON.parse(alarmMessage(shape ?? 'metric', change));
  const mark = dice.pick(8) === 0 ? (dice.one(BROKEN_MARKS) ?? null) : idOf(dice);
  return marked(message as object, mark);
};

const BROKEN_MARKS: readonly unknown[] = [null, '', false, 7, {}];

const marked = (message: object, mark: unknown): string =>
  JSON.stringify({ ...message, [DRILL_MARK]: mark });
