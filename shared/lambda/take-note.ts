import type { Note, TakeNote } from '#domain/lane/note.ts';
import { count, logger, measureMs } from './telemetry.ts';

/** Turns what the use cases report into log lines and metrics. */
export const takeNote: TakeNote = (note) => {
  switch (note.kind) {
    case 'decided':
      return noteDecision(note);
    case 'settled':
      return noteSettlement(note);
    case 'recovered':
      logger.warn('recovered', {
        decisionId: note.decision.id,
        how: note.how,
        detail: note.detail,
      });
      return count('Recovered', { How: note.how });
    case 'ignored':
    case 'coalesced':
    case 'answered':
      return logger.info(note.kind, { ...note });
    case 'evaluation-requested':
      return noteRequest(note);
    case 'look-failed':
      return logger.warn('a look at the activities failed', { ...note });
    case 'evaluation-failed':
      logger.error('evaluation failed', { group: note.group, error: note.error });
      return count('EvaluationFailed', { Group: note.group });
    case 'telling-failed':
      logger.error('telling failed', { decisionId: note.decisionId, error: note.error });
      return count('TellingFailed', {});
    case 'notice':
      return noteNotice(note);
    case 'channel':
      return noteChannel(note);
    case 'retrying':
    case 'quarantined':
    case 'queue-failed':
      return noteMessage(note);
    case 'shard-dropped':
      logger.warn('a shard of the sweep came too late and was dropped', { ...note });
      return count('ShardsDropped', {});
    case 'missed-notification':
      logger.warn('an alarm fired and its message never arrived', { ...note });
      return count('MissedNotifications', {});
  }
};

/** The causes of looks that come whatever happens. */
const BY_CLOCK: readonly string[] = ['minute-passed', 'between-minutes', 'value-due'];

/** Looks that come by the clock are no news: nobody reads a line for each group and minute. */
const noteRequest = (note: Extract<Note, { kind: 'evaluation-requested' }>): void => {
  if (BY_CLOCK.includes(note.cause)) logger.debug(note.kind, { ...note });
  else logger.info(note.kind, { ...note });
};

/** A log line takes 256 KB, and a group may have many rules. */
const MOST_LINES = 50;

/** A hold that repeats the one before it is counted, and logged only when debugging. */
const noteDecision = ({ decision, isRecorded }: Extract<Note, { kind: 'decided' }>): void => {
  const { id, reason, summary, trace } = decision;
  // Gates that had nothing to say are in the ledger's record.
  const spoken = trace.filter(({ verdict }) => verdict !== 'pass').slice(0, MOST_LINES);
  if (isRecorded) logger.info(summary, { decisionId: id, reason, trace: spoken });
  else logger.debug(summary, { decisionId: id, reason, trace: spoken });

  const isHold = decision.kind === 'capacity' && decision.from === decision.to;
  if (isHold) count('Held', { Reason: reason });
};

/** A message that nobody will see is counted: an alarm watches these. */
const noteNotice = ({ ending, reference, channel, detail }: Extract<Note, { kind: 'notice' }>) => {
  const fields = { reference, channel, detail };
  switch (ending) {
    case 'sent':
    case 'needless':
      return logger.info(`notice ${ending}`, fields);
    case 'postponed':
    case 'failed-over':
      return logger.warn(`notice ${ending}`, fields);
    case 'dropped':
    case 'refused':
    case 'uncertain':
      logger.error(`notice ${ending}`, fields);
      return count('NoticesLost', {});
  }
};

/** A broken channel is counted: its own alarm comes by another way. */
const noteChannel = ({ channel, isBroken, detail }: Extract<Note, { kind: 'channel' }>) => {
  if (!isBroken) return logger.info('channel works again', { channel, detail });

  logger.error('channel is broken', { channel, detail });
  return count('ChannelsBroken', {});
};

const noteMessage = (
  note: Extract<Note, { kind: 'retrying' | 'quarantined' | 'queue-failed' }>,
) => {
  const { messageId } = note;
  switch (note.kind) {
    case 'retrying': {
      const { receives, seconds, error, isExpected } = note;
      const fields = { messageId, receives, seconds };
      if (isExpected) return logger.info('message waits', { ...fields, detail: error.message });
      return logger.error('message will be retried', { ...fields, error });
    }
    case 'quarantined':
      logger.error('message cannot be understood', { messageId, problem: note.problem });
      return count('Quarantined', {});
    case 'queue-failed':
      return logger.error(`the queue did not ${note.attempt}`, {
        messageId,
        error: note.error,
      });
  }
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
