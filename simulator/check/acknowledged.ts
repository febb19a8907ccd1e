import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, type CheckWorld, type Judgement, unless } from './check-world.ts';
import { isMarked } from './drills.ts';

type Noted = Extract<HistoryEvent, { kind: 'noted' }>;

/** The groups that a message is about, read apart from the code that is judged. */
const groupsIn = ({ groups }: Configuration, body: string): readonly string[] => {
  // A drill asks for no look.
  if (isMarked(body)) return [];
  const text = body.replaceAll('\\', '');
  const named = /"group":"([^"]+)"/.exec(text)?.[1];
  const alarm = /"(?:AlarmName|alarmName)":"([^"]+)"/.exec(text)?.[1];
  return groups
    .filter(({ name, rules }) =>
      alarm === undefined ? name === named : alarmsOf(rules).includes(alarm),
    )
    .map(({ name }) => name);
};

/** The group for which a note says that its evaluation came to an end. */
const groupOf = ({ note }: Noted): string | undefined => {
  if (note.kind === 'decided' || note.kind === 'recovered') return note.decision.group;
  return note.kind === 'coalesced' ? note.group : undefined;
};

/** A decision to act that nobody would find after a crash. */
const lostDecision = ({ cloud }: CheckWorld, { note, invocation }: Noted): string | undefined => {
  if (note.kind !== 'decided' || note.decision.kind !== 'capacity') return undefined;
  const { id, from, to } = note.decision;
  const isKept = cloud.scaleLedger.entries.some((entry) => entry.decision.id === id);
  return from === to || isKept ? undefined : `${invocation.id} decided ${id}, and wrote nothing`;
};

type Batch = Readonly<{ records: readonly SQSRecord[]; looked: Set<string> }>;

/** Records of a batch that ended well although nobody looked at a group that they name. */
const neglected = (
  configuration: Configuration,
  { records, looked }: Batch,
  { batchItemFailures }: SQSBatchResponse,
): readonly Judgement[] => {
  const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  return records
    .filter(({ messageId }) => !failed.includes(messageId))
    .flatMap(({ messageId, body }) =>
      groupsIn(configuration, body).flatMap((group) =>
        unless(looked.has(group), () => `${messageId} ended, and nobody looked at ${group}`),
      ),
    );
};

export const acknowledgedWhenDone: Checker = {
  id: 'S20',
  promise: 'a message ends only when each group that it names was looked at, and that is written',
  watch: (world) => {
    const batches = new Map<string, Batch>();
    const follow = (event: Noted): readonly Judgement[] => {
      const group = groupOf(event);
      if (group) batches.get(event.invocation.id)?.looked.add(group);
      const lost = lostDecision(world, event);
      return lost === undefined ? [] : [lost];
    };
    const end = (event: Extract<HistoryEvent, { kind: 'ended' }>): readonly Judgement[] => {
      const batch = batches.get(event.invocation.id);
      batches.delete(event.invocation.id);
      const configuration = world.configurationOf(event.invocation);
      return batch ? neglected(configuration, batch, event.response as SQSBatchResponse) : [];
    };

    return {
      onEvent: (event) => {
        if (event.kind === 'noted') return follow(event);
        if (event.kind === 'invoked' && event.invocation.functionName === 'scale') {
          const { Records } = event.event as SQSEvent;
          batches.set(event.invocation.id, { records: Records, looked: new Set() });
        }
        return event.kind === 'ended' ? end(event) : [];
      },
    };
  },
};
