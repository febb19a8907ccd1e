import type { AlarmEvent, AlarmState } from '#domain/observed/alarm.ts';
import { parseEvaluationMessage } from '#parse/evaluation-message.ts';
import { isoTime } from '#simulator/kernel/iso-time.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { Network } from '#simulator/services/runtime.ts';
import type { Cloud } from '../cloud.ts';

/** The events that a scene can bring about. */
export type Stage = ReturnType<typeof createStage>;

export const createStage = (
  timeline: Timeline,
  cloud: Cloud,
  readEvent: (name: string) => string,
) => {
  /** The recorded message as CloudWatch would write it now. */
  const messageNow = (event: string): string =>
    readEvent(event).replace(/("StateChangeTime": ")[^"]+/, `$1${cloudWatchTime(timeline.now())}`);

  return {
    /** The alarm of a recorded message changes its state, and CloudWatch publishes the message. */
    alarm: (event: string): void => {
      const { name, state, reason } = alarmIn(readEvent(event));
      cloud.alarms.setState(name, state, reason);
      cloud.alarmTopic.publish(messageNow(event));
    },
    /** The alarm of a recorded message turns, and its message is lost. */
    silently: (event: string, state: AlarmState): void =>
      cloud.alarms.setState(alarmIn(readEvent(event)).name, state, ''),
    /** A message arrives, whatever it says. */
    publish: (message: string): void => cloud.alarmTopic.publish(message),
    /** A message of CloudWatch arrives again, though nothing happened. */
    repeat: (event: string): void => cloud.alarmTopic.publish(messageNow(event)),
    /** From now on the instance fails its health checks. */
    fail: cloud.loadBalancing.fail,
  };
};

/** A network on which an invocation can be made to die at its next call of an action. */
export const createFragileNetwork = (steady: Network) => {
  const fatal = new Set<string>();
  const network: Network = {
    thaw: steady.thaw,
    carry: (trip, apply, kill) => {
      if (!fatal.delete(trip.action)) return steady.carry(trip, apply, kill);
      kill();
      return new Promise(() => {});
    },
  };

  return {
    network,
    /** Whoever calls this action next dies before the call leaves. */
    killAt: (action: string): void => {
      fatal.add(action);
    },
  };
};

const cloudWatchTime = (instant: number): string => isoTime(instant).replace('Z', '+0000');

const alarmIn = (message: string): AlarmEvent => {
  const parsed = parseEvaluationMessage(message);
  if (!parsed.ok || parsed.value.kind !== 'alarm') throw new Error('the event is not of an alarm');
  return parsed.value;
};
