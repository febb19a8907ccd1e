import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { CANARY } from '#simulator/faults/alarm-message.ts';
import { WRITES } from '#simulator/faults/faulty-network.ts';
import type { HistoryEvent, Invocation, Trip } from '../history.ts';
import { type Checker, unless } from './check-world.ts';
import { isMarked } from './drills.ts';

type Ended = Extract<HistoryEvent, { kind: 'ended' }>;

const judgeResponse = ({ invocation, response }: Ended, ids: readonly string[]) => {
  const { batchItemFailures } = response as SQSBatchResponse;
  const named = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  const isSound = named.every((id) => ids.includes(id)) && new Set(named).size === named.length;
  return unless(isSound, () => `${invocation.id} named ${named} of the batch ${ids}`);
};

export const responsesNameKnownIds: Checker = {
  id: 'S21',
  promise: 'a batch response names ids of its batch only, each once',
  watch: () => {
    const batches = new Map<string, readonly string[]>();

    return {
      onEvent: (event) => {
        if (event.kind === 'invoked' && event.event !== undefined) {
          const { Records } = event.event as SQSEvent;
          batches.set(
            event.invocation.id,
            Records.map(({ messageId }) => messageId),
          );
        }
        const ids = event.kind === 'ended' ? batches.get(event.invocation.id) : undefined;
        return event.kind === 'ended' && ids ? judgeResponse(event, ids) : [];
      },
    };
  },
};

export const batchesNeverThrow: Checker = {
  id: 'S21b',
  promise: 'no fault of one record throws the whole batch',
  watch: () => {
    /** The sweep of a minute has no batch, and may throw. */
    const ticks = new Set<string>();
    return {
      onEvent: (event) => {
        if (event.kind === 'invoked' && event.event === undefined) ticks.add(event.invocation.id);
        if (event.kind !== 'failed' || ticks.has(event.invocation.id)) return [];
        return unless(event.error.includes('was killed'), () => {
          return `${event.invocation.id} threw: ${event.error}`;
        });
      },
    };
  },
};

/** Kinds of news that are rather told twice than not at all. */
const URGENT = /somebody must look|at its maximum/;

export const toldOnce: Checker = {
  id: 'S22',
  promise: 'nothing that is not urgent is told twice on a channel',
  watch: () => {
    const told = new Set<string>();

    return {
      onEvent: (event) => {
        if (event.kind !== 'received') return [];
        const { channel, message } = event.received;
        const key = `${channel.name} ${message.reference} ${message.at} ${message.title}`;
        const isRepeated = told.has(key);
        told.add(key);
        if (URGENT.test(message.title)) return [];
        return unless(!isRepeated, () => `told twice: ${key}`);
      },
    };
  },
};

export const actorsNeverSpeak: Checker = {
  id: 'S23',
  promise: 'whoever scales or heals never speaks to Slack, and notify touches no group',
  watch: () => ({
    onEvent: (event) => {
      if (event.kind !== 'applying') return [];
      const { action, invocation } = event.trip;
      const isNotify = invocation.functionName === 'notify';
      const isForNotify = action === 'POST' || action === 'PutItem';
      const isForOthers = WRITES;
      const isWrong = isNotify ? isForOthers.includes(action) : isForNotify;
      return unless(!isWrong, () => `${invocation.id} called ${action}`);
    },
  }),
};

/** Three attempts of one batch that names three groups, with room to spare. */
const MOST_CALLS = 60;
const USUAL_GROUPS = 3;
/** The calls that one more group in the batch makes, as members of fleets do, in three attempts. */
const CALLS_OF_A_GROUP = 10;
/** The calls that some functions make beyond those, by the work of one batch. */
const MORE_CALLS: Readonly<Record<string, number>> = {
  /** A decision to heal takes out so many registrations at most, each by a call of its own. */
  heal: 100,
  /** Ten pieces of news for two channels each: one call to claim, one to send, one to settle. */
  notify: 60,
};
/** The calls that one more message makes, which a full batch takes: those of a drill, or a change with its record and its news. */
const CALLS_OF_A_MESSAGE = 6;

/** The calls that a received batch allows beyond those of an invocation. */
const callsOfMore = (event: Extract<HistoryEvent, { kind: 'answered' }>): number =>
  event.trip.action === 'ReceiveMessage' && Array.isArray(event.answer)
    ? CALLS_OF_A_MESSAGE * event.answer.length
    : 0;

export const callsAreFew: Checker = {
  id: 'S24',
  promise: 'an invocation makes a bounded number of calls',
  watch: ({ configurationOf }) => {
    const counts = new Map<string, number>();
    const allowed = (invocation: Invocation): number => {
      const more = Math.max(0, configurationOf(invocation).groups.length - USUAL_GROUPS);
      return MOST_CALLS + CALLS_OF_A_GROUP * more + (MORE_CALLS[invocation.functionName] ?? 0);
    };
    const add = ({ invocation: { id } }: Trip, calls: number): number => {
      const count = (counts.get(id) ?? 0) + calls;
      counts.set(id, count);
      return count;
    };

    return {
      onEvent: (event) => {
        if (event.kind === 'ended' || event.kind === 'failed') counts.delete(event.invocation.id);
        // Messages that are received later allow for more calls, as if so many had not been made.
        if (event.kind === 'answered') add(event.trip, -callsOfMore(event));
        if (event.kind !== 'applying') return [];

        const { invocation } = event.trip;
        const count = add(event.trip, 1);
        return unless(count <= allowed(invocation), () => {
          return `${invocation.id} made ${count} calls`;
        });
      },
    };
  },
};

/** The texts that an event lets people or logs see; a decision's own words stand for all of it. */
const textOf = (event: HistoryEvent): string => {
  if (event.kind === 'received') return JSON.stringify(event.received);
  if (event.kind !== 'noted') return '';
  if (event.note.kind === 'decided') return event.note.decision.summary;
  const words = 'error' in event.note ? event.note.error.message : '';
  return `${JSON.stringify(event.note)} ${words}`;
};

export const nothingLeaks: Checker = {
  id: 'S25',
  promise: 'nothing of a message that is not needed reaches a log or a person',
  watch: () => ({
    onEvent: (event) => {
      const text = textOf(event);
      if (text === '') return [];
      return unless(!text.includes(CANARY), () => `an alarm's own field was passed on: ${text}`);
    },
  }),
};

const MAX_RECEIVES = 5;
/** A shard of the sweep is worth something for a minute only. */
const MAX_RECEIVES_OF_SHARDS = 2;

export const deadLettersDeserveIt: Checker = {
  id: 'L5',
  promise:
    'a message dies only after all its attempts, dropped by AWS, or because nobody can read it',
  watch: () => ({
    onEvent: (event) => {
      if (event.kind !== 'dead-lettered') return [];
      const isReadable =
        /AlarmName\\?":\s*\\?"\w|alarmName|decisionId|"kind":"evaluate","group"|"kind":"shard"/;
      const isShard = event.queue === 'tidegate-dev-sweep';
      const most = isShard ? MAX_RECEIVES_OF_SHARDS : MAX_RECEIVES;
      // A drill of the dead-letter queues is refused on purpose, as is a mark that is broken.
      const isGood = isReadable.test(event.body) && !isMarked(event.body);
      const isFair = event.isDropped || event.receives >= most || !isGood;
      return unless(
        isFair,
        () => `${event.queue} lost a good message: ${event.body.slice(0, 300)}`,
      );
    },
  }),
};
