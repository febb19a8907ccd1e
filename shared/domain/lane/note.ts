import type { Decision } from '#domain/ledger/decision.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { NoticeStatus } from '#domain/notify/notice.ts';

/** A note reports the work of a use case: log lines, metrics, or the lines of a story. */
export type Note =
  /** A decision was made; `recorded` is false for a hold that repeats the one before it. */
  | Readonly<{ kind: 'decided'; decision: Decision; isRecorded: boolean }>
  /** A decision was carried out or refused. */
  | Readonly<{ kind: 'settled'; decision: Decision; outcome: Outcome; sinceAlarmMs?: number }>
  /** A planned decision of an earlier invocation was found. */
  | Readonly<{ kind: 'recovered'; decision: Decision; how: string; detail: string }>
  /** An event ended without an evaluation of its own. */
  | Readonly<{ kind: 'ignored'; subject: string; detail: string }>
  | Readonly<{ kind: 'coalesced'; group: string; detail: string }>
  /** So many messages of a full batch ended without a look of their own: looks of before had answered them. */
  | Readonly<{ kind: 'answered'; messages: number; of: number }>
  /** An explanation of a decision could not be read; it is made without. */
  | Readonly<{ kind: 'look-failed'; group: string; error: Error }>
  | Readonly<{ kind: 'evaluation-failed'; group: string; error: Error }>
  | Readonly<{ kind: 'telling-failed'; decisionId: string; error: Error }>
  | Readonly<{ kind: 'evaluation-requested'; group: string; cause: string }>
  /** A shard of the sweep came too late: nobody looked at so many groups in its minute. */
  | Readonly<{ kind: 'shard-dropped'; groups: number; lateSeconds: number }>
  /** A message to operators was sent, will be tried again, or ended without anybody knowing it. */
  | Readonly<{
      kind: 'notice';
      ending: 'postponed' | NoticeStatus['kind'];
      /** The decision's id or the alarm's name. */
      reference: string;
      channel: string;
      detail: string;
    }>
  /** A channel takes nothing any more, or takes messages again. */
  | Readonly<{ kind: 'channel'; channel: string; isBroken: boolean; detail: string }>
  /** A queue's message failed and is tried again, or cannot be understood and is set aside. */
  | Readonly<{
      kind: 'retrying';
      messageId: string;
      receives: number;
      seconds: number;
      error: Error;
      isExpected?: true;
    }>
  | Readonly<{ kind: 'quarantined'; messageId: string; problem: string }>
  /** The queue refused something about a message; it then comes back by its visibility timeout. */
  | Readonly<{ kind: 'queue-failed'; messageId: string; attempt: string; error: Error }>
  /** An alarm fired, and its message never reached us. */
  | Readonly<{ kind: 'missed-notification'; group: string; alarm: string; forSeconds: number }>;

export type TakeNote = (note: Note) => void;
