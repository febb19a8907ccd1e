import type { QueueBatch } from '#domain/lane/batch.ts';
import type { GroupLook, SeenAlarm } from '#domain/ledger/group-look.ts';
import type { AlarmEvent } from '#domain/observed/alarm.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import type { EvaluationMessage, EvaluationRequest } from './evaluation-message.ts';

/** A message, and the groups that it is about. */
export type WaitingMessage = Readonly<{
  message: EvaluationMessage;
  /** The time at which the queue was given it, by the queue's clock; absent when nobody said. */
  sentAt: Instant | undefined;
  groups: readonly Readonly<{ name: string }>[];
}>;

type Moment = Readonly<{
  now: Instant;
  /** True while messages come faster than they are looked at. */
  isStorm: boolean;
}>;

/** Two clocks may differ by so much, together with the time until a read shows what was written before it. */
export const ANSWER_MARGIN_MS = 5 * SECOND_MS;

/**
 * True of a full batch that tells of an alarm that fires, or in which somebody has waited. The requests of a calm minute
 * fill batches, too, as they are sent together, and so do alarms that are over at once: hardly any look answers them, and
 * a look that is kept costs a write.
 */
export const isStorm = (
  messages: readonly EvaluationMessage[],
  { isFull, sentAt }: QueueBatch<EvaluationMessage>,
  now: Instant,
): boolean =>
  isFull && messages.some((message) => fires(message) || hasWaited(message, sentAt(message), now));

const fires = (message: EvaluationMessage): boolean =>
  message.kind === 'alarm' && message.state === 'ALARM';

const hasWaited = (
  message: EvaluationMessage,
  sentAt: Instant | undefined,
  now: Instant,
): boolean => {
  const due = message.kind === 'alarm' ? sentAt : dueAt(message, sentAt);
  return due !== undefined && due + ANSWER_MARGIN_MS <= now;
};

/** True when looks at all of the message's groups have answered it already: it may end without another one. */
export const isAnswered = (
  waiting: WaitingMessage,
  looks: ReadonlyMap<string, GroupLook>,
  moment: Moment,
): boolean =>
  waiting.groups.length > 0 &&
  waiting.groups.every(({ name }) => {
    const look = looks.get(name);
    return look !== undefined && answers(look, waiting, moment);
  });

const answers = (look: GroupLook, { message, sentAt }: WaitingMessage, moment: Moment): boolean => {
  // A clock that was ahead wrote this look: nobody knows when it was.
  if (look.began > moment.now + ANSWER_MARGIN_MS) return false;
  return message.kind === 'alarm'
    ? answersAlarm(look, { message, sentAt }, moment)
    : beganAfter(look, dueAt(message, sentAt));
};

/**
 * A look answers the message of an alarm if it read the alarm as it was at the change or later. Firing alarms of which the
 * look was not told are the exception: the head must learn that their messages came. In a storm, a message that
 * says that an alarm does not fire any more is also answered by a look of the last minute that a message prompted:
 * the sweep comes within the next one.
 */
const answersAlarm = (
  look: GroupLook,
  { message, sentAt }: Readonly<{ message: AlarmEvent; sentAt: Instant | undefined }>,
  { now, isStorm }: Moment,
): boolean => {
  const seen = look.alarms.find(({ name }) => name === message.name);
  if (seen === undefined) return false;
  if (seen.since >= message.at || beganAfter(look, sentAt)) {
    return message.state !== 'ALARM' || seen.isUnheard !== true;
  }
  return isStorm && message.state !== 'ALARM' && wasJustPrompted(look, now);
};

const beganAfter = ({ began }: GroupLook, cameAt: Instant | undefined): boolean =>
  cameAt !== undefined && cameAt + ANSWER_MARGIN_MS <= began;

/** The time at which a request asks for its look: the queue holds some of them back on purpose. */
const dueAt = (
  { delaySeconds = 0 }: EvaluationRequest,
  sentAt: Instant | undefined,
): Instant | undefined => (sentAt === undefined ? undefined : sentAt + delaySeconds * SECOND_MS);

const wasJustPrompted = ({ promptedAt }: GroupLook, now: Instant): boolean =>
  promptedAt !== undefined && now - promptedAt < MINUTE_MS;

/** A look is one small item. */
const MOST_SEEN = 50;

/** The look that has come to its end, with what is known of the one before it. */
export const nextLook = (
  before: GroupLook | undefined,
  look: Readonly<{ began: Instant; isPrompted: boolean; alarms: readonly SeenAlarm[] }>,
): GroupLook => {
  const promptedAt = look.isPrompted ? look.began : before?.promptedAt;
  return {
    began: look.began,
    ...(promptedAt === undefined ? {} : { promptedAt }),
    alarms: look.alarms.toSorted((a, b) => b.since - a.since).slice(0, MOST_SEEN),
  };
};
