import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { Group } from '#domain/configuration/configuration.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import type { Memory } from '#domain/ledger/memory.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, type Judgement, unless } from './check-world.ts';

/** The words of every damage that the scenario does to an item of the table. */
const DAMAGE = 'damaged on purpose';

type Followed = {
  /** Groups of which the invocation could not read what is stored, when it asked last. */
  damaged: Set<string>;
  records: readonly SQSRecord[];
};

/** The messages and answers that an invocation got. */
const follow = (event: HistoryEvent, known: Map<string, Followed>): void => {
  if (event.kind === 'invoked') {
    const { Records = [] } = (event.event ?? {}) as Partial<SQSEvent>;
    known.set(event.invocation.id, { damaged: new Set(), records: Records });
  }
  if (event.kind !== 'answered' || event.error !== undefined) return;
  const { trip, answer } = event;
  const followed = known.get(trip.invocation.id);
  if (followed === undefined) return;
  if (trip.action === 'BatchGetItem') read(followed, answer as Map<string, Memory<ScaleHead>>);
  // A full batch is reason to take more messages of the queue.
  if (trip.action === 'ReceiveMessage') {
    followed.records = [...followed.records, ...(answer as readonly SQSRecord[])];
  }
};

const read = ({ damaged }: Followed, memories: Map<string, Memory<ScaleHead>>): void => {
  for (const [group, memory] of memories) {
    if (memory.damage === undefined) damaged.delete(group);
    else damaged.add(group);
  }
};

/** A message that failed for damage names a group that is damaged; and no invocation fails as a whole. */
const harmOf = (
  event: HistoryEvent,
  known: Map<string, Followed>,
  groups: readonly Group[],
): readonly Judgement[] => {
  if (event.kind === 'failed') {
    return event.error.includes(DAMAGE) ? [`${event.invocation.id} failed for one group`] : [];
  }
  if (event.kind !== 'noted' || event.note.kind !== 'retrying') return [];
  const { error, messageId } = event.note;
  if (!error.message.includes(DAMAGE)) return [];

  const { records = [] } = known.get(event.invocation.id) ?? {};
  const body = records.find((record) => record.messageId === messageId)?.body ?? '';
  const culprit = /stored of (\S+) cannot/.exec(error.message)?.[1];
  const isItsOwn = namesOf(culprit, groups).some((name) => body.includes(name));
  return unless(isItsOwn, () => `${messageId} failed for another group, ${culprit}`);
};

/** The names by which a message can mean a group: its own, of a member that of its Auto Scaling group, and those of its alarms, which may be alarms of others, too. */
const namesOf = (culprit: string | undefined, groups: readonly Group[]): readonly string[] => {
  if (culprit === undefined) return [];
  const rules = groups.find(({ name }) => name === culprit)?.rules ?? [];
  const alarms = rules.flatMap((rule) => (rule.kind === 'threshold' ? [rule.alarm.name] : []));
  return [culprit.replace(/^.*\//, ''), ...alarms];
};

/** Nobody writes over what they could not read: a pause or a plan may stand there. */
const writeOf = (event: HistoryEvent, known: Map<string, Followed>): readonly Judgement[] => {
  if (event.kind !== 'applying' || event.trip.action !== 'TransactWriteItems') return [];
  const { group } = event.trip.input as Readonly<{ group: string }>;
  const isDamaged = known.get(event.trip.invocation.id)?.damaged.has(group) === true;
  return unless(!isDamaged, () => `what is stored of ${group} was written over, unread`);
};

export const damageHarmsNoOther: Checker = {
  id: 'S47',
  promise: 'a group whose memory cannot be read is left as it is, and harms no other',
  watch: ({ configurationOf }) => {
    const known = new Map<string, Followed>();
    return {
      onEvent: (event) => {
        follow(event, known);
        const groups = 'invocation' in event ? configurationOf(event.invocation).groups : [];
        const judgements = [...harmOf(event, known, groups), ...writeOf(event, known)];
        if (event.kind === 'ended' || event.kind === 'failed') known.delete(event.invocation.id);
        return judgements;
      },
    };
  },
};
