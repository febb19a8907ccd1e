import type { NoticeEnd } from '#aws/dynamodb/drills.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { asksForHealing } from '#domain/configuration/fleet.ts';
import type { DrillHop } from '#domain/ledger/drill.ts';
import type { AlarmState } from '#domain/observed/alarm.ts';
import type { LastSweep } from '#domain/status/deployment-status.ts';

/** The functions with a queue, and a dead-letter queue behind it. */
export const QUEUED = ['scale', 'heal', 'notify'] as const;
export type Queued = (typeof QUEUED)[number];

/** The functions that a message on the alarm topic reaches: heal only where somebody asks for healing. */
export const hearersOfAlarms = (configuration: Configuration): readonly Queued[] =>
  QUEUED.filter((queued) => queued !== 'heal' || asksForHealing(configuration));

/** The way in and out of a deployment for drills. All that it sends is marked by whoever calls it. */
export type Drills = Readonly<{
  /** Publishes on the alarm topic, as CloudWatch does, or on the outcome topic, as scale does. */
  publish: (topic: 'alarms' | 'outcomes', message: string) => Promise<void>;
  readHops: (drill: string) => Promise<readonly DrillHop[]>;
  /** The end of a piece of news on a channel, by its key; nothing while it waits there. */
  readNoticeEnd: (channel: string, key: string) => Promise<NoticeEnd | undefined>;
  readLastSweep: () => Promise<LastSweep | undefined>;
  /** Looks if the message with this mark lies in the dead-letter queue of a function. */
  hasDeadLetter: (queued: Queued, drill: string) => Promise<boolean>;
  /** Deletes the message with this mark there, and no other; false when it was not found. */
  takeDeadLetter: (queued: Queued, drill: string) => Promise<boolean>;
  /** The state of the alarm that watches a dead-letter queue; nothing when there is none. */
  readDeadLetterAlarm: (queued: Queued) => Promise<AlarmState | undefined>;
}>;
