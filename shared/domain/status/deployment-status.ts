import type { ChannelState } from '#domain/notify/channel-state.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { OpenIncident } from './last-decisions.ts';

/** A channel that takes no messages. */
export type BrokenChannel = Readonly<{
  channel: string;
  since: Instant;
  detail: string;
  /** Count of the messages that were dropped since. */
  leftOut: number;
}>;

/** The states of channels by name, as far as they have one. */
export type ChannelStates = ReadonlyMap<string, ChannelState>;

/** The channels that are broken. */
export const brokenChannelsIn = (states: ChannelStates): readonly BrokenChannel[] =>
  [...states].flatMap(([channel, { broken }]) =>
    broken === undefined
      ? []
      : [{ channel, since: broken.since, detail: broken.detail, leftOut: broken.leftOut }],
  );

/** The alarms that people were told of and that are open, each once. */
export const openAlarmsIn = (states: ChannelStates): readonly OpenIncident[] => {
  const open = new Map<string, OpenIncident>();
  for (const { alarms = [] } of states.values()) {
    for (const { key, isOpen, at } of alarms) {
      const known = open.get(key);
      if (isOpen) open.set(key, { key, since: Math.min(at, known?.since ?? at) });
    }
  }
  return [...open.values()].toSorted((a, b) => a.since - b.since);
};

/** The last look of the sweep that succeeded. */
export type LastSweep = Readonly<{
  at: Instant;
  /** The hash of the configuration that it ran with; absent in deployments that keep none. */
  configuration?: string;
  /** The shards in which it sent groups; absent when it looked at all of them itself. */
  shards?: readonly ShardLook[];
}>;

/** A shard of the sweep, and when its groups were last looked at; no time when they never were. */
export type ShardLook = Readonly<{ shard: string; at?: Instant }>;
