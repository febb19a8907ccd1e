import type { Alarm, AlarmState } from '#domain/observed/alarm.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';

/** CloudWatch alarms whose states are set from outside, as SetAlarmState does. */
export const createAlarms = (timeline: Timeline, names: readonly string[]) => {
  const alarms = new Map(names.map((name) => [name, newAlarm(name, timeline.now())]));

  return {
    readAlarms: async (wanted: readonly string[]): Promise<ReadonlyMap<string, Alarm>> =>
      new Map(
        wanted.flatMap((name) => {
          const alarm = alarms.get(name);
          return alarm ? [[name, alarm] as const] : [];
        }),
      ),

    /** The alarm as it is, if it exists. */
    truth: (name: string): Alarm | undefined => alarms.get(name),

    /** The names of the alarms that are in ALARM. */
    firing: (): readonly string[] =>
      [...alarms.values()].flatMap(({ name, state }) => (state === 'ALARM' ? [name] : [])),

    setState: (name: string, state: AlarmState, reason: string): void => {
      const alarm = alarms.get(name) ?? newAlarm(name, timeline.now());
      const since = alarm.state === state ? alarm.since : timeline.now();
      alarms.set(name, { ...alarm, state, reason, since });
    },

    change: (name: string, change: Partial<Alarm>): void => {
      const alarm = alarms.get(name);
      if (alarm) alarms.set(name, { ...alarm, ...change });
    },

    remove: (name: string): void => {
      alarms.delete(name);
    },
  };
};

const newAlarm = (name: string, since: number): Alarm => ({
  name,
  arn: `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${name}`,
  state: 'OK',
  since,
  actionsEnabled: true,
  isEvaluated: true,
  reason: '',
});
