import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Answer } from '#domain/ledger/outcome.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, type CheckWorld, type Judgement, unless } from './check-world.ts';
import { type Applying, isSet, writeOf } from './ledger.ts';

type Set = Readonly<{ name: string; capacity: number }>;

/** Says whether AWS does what is asked for, by what is true before it. */
const isDone = ({ cloud }: CheckWorld, { trip }: Applying): boolean => {
  const { name, capacity } = trip.input as Set;
  const group = cloud.autoScaling.truth(name);
  return group !== undefined && capacity >= group.capacityMin && capacity <= group.capacityMax;
};

export const refusedIsNotDone: Checker = {
  id: 'S60',
  promise: 'what AWS has done is never written down or told as refused',
  watch: (world) => {
    /** The capacities that took effect, by the invocations that asked for them. */
    const done = new Map<string, readonly Set[]>();
    const settle = (event: Applying): readonly Judgement[] => {
      const { entry } = writeOf(event) ?? {};
      if (entry?.kind !== 'close' || entry.status === 'superseded') return [];
      const { decision, status } = entry;
      if (decision.kind !== 'capacity') return [];
      const asked = done.get(event.trip.invocation.id) ?? [];
      const isEffective = asked.some(
        ({ name, capacity }) => name === decision.autoScalingGroup && capacity === decision.to,
      );
      return unless(status !== 'refused' || !isEffective, () => {
        return `${decision.id} is said to be refused, and AWS has set ${decision.to}`;
      });
    };

    return {
      onEvent: (event) => {
        if (isSet(event) && isDone(world, event)) {
          const { id } = event.trip.invocation;
          done.set(id, [...(done.get(id) ?? []), event.trip.input as Set]);
        }
        if (event.kind === 'ended') done.delete(event.invocation.id);
        return event.kind === 'applying' ? settle(event) : [];
      },
    };
  },
};

/** The messages of a group that is busy come back so often, before they are left to the sweep. */
const LOOKS = 3;

type Batch = Readonly<{ receives: readonly number[]; isBusy: boolean }>;

export const busyGroupsAreSeenSoon: Checker = {
  id: 'S61',
  promise: 'a message of a group that is busy comes back, some times, before the sweep',
  watch: () => {
    const batches = new Map<string, Batch>();
    const follow = (event: HistoryEvent): void => {
      if (event.kind === 'invoked' && event.invocation.functionName === 'scale') {
        const { Records } = event.event as SQSEvent;
        const receives = Records.map((record) => Number(record.attributes.ApproximateReceiveCount));
        batches.set(event.invocation.id, { receives, isBusy: false });
      }
      if (event.kind !== 'answered' || event.trip.action !== 'SetDesiredCapacity') return;
      const answer = event.answer as Answer | undefined;
      const batch = batches.get(event.trip.invocation.id);
      if (batch && answer?.kind === 'refused' && answer.reason === 'GroupBusy') {
        batches.set(event.trip.invocation.id, { ...batch, isBusy: true });
      }
    };

    return {
      onEvent: (event) => {
        follow(event);
        if (event.kind !== 'ended') return [];
        const batch = batches.get(event.invocation.id);
        batches.delete(event.invocation.id);
        if (!batch?.isBusy || batch.receives.some((count) => count > LOOKS)) return [];
        const { batchItemFailures } = event.response as SQSBatchResponse;
        return unless(batchItemFailures.length > 0, () => {
          return `${event.invocation.id} left a group that is busy to the sweep`;
        });
      },
    };
  },
};
