import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Configuration } from '#domain/configuration/configuration.ts';
import type { HistoryEvent } from '../history.ts';
import { groupsIn } from './asking.ts';
import type { Checker, CheckWorld, Judgement } from './check-world.ts';
import { lookedAtIn } from './ended-looks.ts';

type Noted = Extract<HistoryEvent, { kind: 'noted' }>;

/** A decision to act that nobody would find after a crash. */
const lostDecision = ({ cloud }: CheckWorld, { note, invocation }: Noted): string | undefined => {
  if (note.kind !== 'decided' || note.decision.kind !== 'capacity') return undefined;
  const { id, from, to } = note.decision;
  const isKept = cloud.scaleLedger.entries.some((entry) => entry.decision.id === id);
  return from === to || isKept ? undefined : `${invocation.id} decided ${id}, and wrote nothing`;
};

type Batch = Readonly<{ records: readonly SQSRecord[]; looked: Set<string> }>;

/** Tests each record of a batch that ended well and was looked at; those that were not are for S88 to judge. */
const lookedAt = (
  configuration: Configuration,
  { records, looked }: Batch,
  { batchItemFailures }: SQSBatchResponse,
): readonly Judgement[] => {
  const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  return records
    .filter(({ messageId }) => !failed.includes(messageId))
    .flatMap(({ body }) => groupsIn(configuration, body).filter((group) => looked.has(group)))
    .map(() => true as const);
};

export const acknowledgedWhenDone: Checker = {
  id: 'S20',
  promise: 'a message ends only when each group that it names was looked at, and that is written',
  watch: (world) => {
    const batches = new Map<string, Batch>();
    const follow = (event: Noted): readonly Judgement[] => {
      const group = lookedAtIn(event.note);
      if (group) batches.get(event.invocation.id)?.looked.add(group);
      const lost = lostDecision(world, event);
      return lost === undefined ? [] : [lost];
    };
    const end = (event: Extract<HistoryEvent, { kind: 'ended' }>): readonly Judgement[] => {
      const batch = batches.get(event.invocation.id);
      batches.delete(event.invocation.id);
      const configuration = world.configurationOf(event.invocation);
      return batch ? lookedAt(configuration, batch, event.response as SQSBatchResponse) : [];
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
