import type { Alarm, AlarmState } from '../../shared/domain/alarm.ts';
import type { Timeline } from '../kernel/timeline.ts';

/** CloudWatch alarms whose states are set by hand, as SetAlarmState does. */
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

    setState: (name: string, state: AlarmState, reason: string): void => {
      const alarm = alarms.get(name) ?? newAlarm(name, timeline.now());
      alarms.set(name, { ...alarm, state, reason, since: timeline.now() });
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
