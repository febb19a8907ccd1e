import type { Configuration } from '#domain/configuration/configuration.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import { MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { Theme } from '#simulator/run/theme.ts';
import type { Cloud } from '../cloud.ts';
import { alarmMessage } from './alarm-message.ts';

export type BurstWorld = Readonly<{
  timeline: Timeline;
  cloud: Cloud;
  configuration: () => Configuration;
  theme: Theme;
}>;

const EVERY_MS = 2 * MINUTE_MS;
/** The last bursts come while it is quiet already, and long before the end. */
const LAST_MS = 85 * MINUTE_MS;
/** In a burst alarms change so often, back and forth, so that each ends as it began. */
const CHANGES = 4;
const APART_MS = 7 * SECOND_MS;
/** CloudWatch says so in so many copies: more than the functions can take at once. */
const COPIES = 12;

/** Bursts of messages, of which full batches come: all alarms of rules change several times within half a minute. */
export const startBursts = ({ timeline, cloud, configuration, theme }: BurstWorld): void => {
  if (theme.kind !== 'bursts') return;
  const change = (): void => {
    for (const name of configuration().groups.flatMap(({ rules }) => alarmsOf(rules))) {
      turnAround({ timeline, cloud }, name);
    }
  };
  for (let at = EVERY_MS; at <= LAST_MS; at += EVERY_MS) {
    for (let index = 0; index < CHANGES; index += 1) {
      timeline.at(theme.startsAt + at + index * APART_MS, change);
    }
  }
};

const turnAround = (
  { timeline, cloud }: Pick<BurstWorld, 'timeline' | 'cloud'>,
  name: string,
): void => {
  const before = cloud.alarms.truth(name);
  if (before === undefined || !before.actionsEnabled) return;
  if (before.state !== 'OK' && before.state !== 'ALARM') return;
  const state = before.state === 'ALARM' ? 'OK' : 'ALARM';
  cloud.alarms.setState(name, state, 'in a burst');
  const message = { name, state, previousState: before.state, at: timeline.now() } as const;
  for (let copy = 0; copy < COPIES; copy += 1) {
    cloud.alarmTopic.publish(alarmMessage('metric', message));
  }
};
