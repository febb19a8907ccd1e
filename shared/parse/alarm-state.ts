import type { AlarmState } from '#domain/observed/alarm.ts';

/** CloudWatch's limits, in characters. */
export const MAX_NAME = 255;
export const MAX_REASON = 1_023;
export const MAX_ARN = 1_600;

/** A state that CloudWatch may add one day, and the lack of one, are `UNKNOWN`. */
export const alarmStateOf = (text: string | undefined): AlarmState =>
  KNOWN.find((state) => state === text) ?? 'UNKNOWN';

const KNOWN: readonly AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];
