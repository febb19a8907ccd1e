import type { NotifiedAlarm } from '#domain/capacity/observation.ts';
import type { Note } from '#domain/lane/note.ts';
import type { AlarmEvent } from '#domain/observed/alarm.ts';

/** An alarm that changed its state, or the sweep, asks for an evaluation. */
export type EvaluationMessage = AlarmEvent | EvaluationRequest;

/** The sweep's request that a group is looked at. */
export type EvaluationRequest = Readonly<{
  kind: 'evaluate';
  group: string;
  cause: string;
  /** The queue holds it back for so many seconds, 0 to 900; absent when the look is for now. */
  delaySeconds?: number;
}>;

/** A request to send. */
export type SentRequest = EvaluationRequest;

/** The longest time for which SQS holds a message back, in seconds. */
export const LONGEST_DELAY_SECONDS = 900;

/** The note about a message that concerns no group of ours. */
export const ignored = (message: EvaluationMessage): Note =>
  message.kind === 'alarm'
    ? { kind: 'ignored', subject: message.name, detail: 'nothing is bound to this alarm' }
    : { kind: 'ignored', subject: message.group, detail: 'no such group is configured' };

/** The change to ALARM that a message tells of, if it tells of one. */
export const notifiedAlarmsIn = (message: EvaluationMessage): readonly NotifiedAlarm[] =>
  message.kind === 'alarm' && message.state === 'ALARM'
    ? [{ alarm: message.name, at: message.at }]
    : [];
