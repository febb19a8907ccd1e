import type { Note, TakeNote } from '../domain/note.ts';
import { count, logger, measureMs } from './telemetry.ts';

/** Turns what the use cases report into log lines and metrics. */
export const takeNote: TakeNote = (note) => {
  switch (note.kind) {
    case 'decided':
      return noteDecision(note);
    case 'settled':
      return noteSettlement(note);
    case 'recovered':
      logger.warn('recovered', { decisionId: note.decision.id, how: note.how, detail: note.detail });
      return count('Recovered', { How: note.how });
    case 'ignored':
    case 'coalesced':
    case 'evaluation-requested':
      return logger.info(note.kind, { ...note });
    case 'evaluation-failed':
      logger.error('evaluation failed', { group: note.group, error: note.error });
      return count('EvaluationFailed', { Group: note.group });
    case 'telling-failed':
      logger.error('telling failed', { decisionId: note.decisionId, error: note.error });
      return count('TellingFailed', {});
    case 'missed-notification':
      logger.warn('an alarm fired and its message never arrived', { ...note });
      return count('MissedNotifications', {});
  }
};

/** A hold that repeats the one before it is counted, and logged only when debugging. */
const noteDecision = ({ decision, isRecorded }: Extract<Note, { kind: 'decided' }>): void => {
  const { id, reason, summary, trace } = decision;
  if (isRecorded) logger.info(summary, { decisionId: id, reason, trace });
  else logger.debug(summary, { decisionId: id, reason, trace });

  const isHold = decision.kind === 'capacity' && decision.from === decision.to;
  if (isHold) count('Held', { Reason: reason });
};

const noteSettlement = ({
  decision,
  outcome,
  sinceAlarmMs,
}: Extract<Note, { kind: 'settled' }>): void => {
  logger.info(outcome.summary, { decisionId: decision.id, outcome: outcome.kind, sinceAlarmMs });
  count('Decisions', { Outcome: outcome.kind });
  if (sinceAlarmMs !== undefined) measureMs('AlarmToAction', sinceAlarmMs, {});
};
