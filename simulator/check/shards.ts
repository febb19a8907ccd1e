import type { SQSEvent } from 'aws-lambda';
import type { Shard } from '#domain/sweep/shard.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import type { HistoryEvent, Invocation, Trip } from '../history.ts';
import { type Checker, type Judgement, SKEW_MS, unless } from './check-world.ts';

const SENDING = 'SendMessage of a shard';
const READING = 'BatchGetItem';

/** The names of the groups that a call of the sweep reads the heads of: it looks at them. */
const lookedAt = ({ action, invocation, input }: Trip): readonly string[] =>
  action === READING && invocation.functionName === 'sweep' ? (input as readonly string[]) : [];

const shardIn = ({ input }: Trip): Pick<Shard, 'groups' | 'until'> => input as Shard;

/** The sweeps of minutes that are under way, each with the groups that it looked at or sent. */
const createSweeps = () => {
  const served = new Map<string, Set<string>>();
  return {
    follow: (event: HistoryEvent): void => {
      if (event.kind === 'invoked' && event.event === undefined) {
        served.set(event.invocation.id, new Set());
      }
      if (event.kind !== 'applying') return;
      const { trip } = event;
      const names = trip.action === SENDING ? shardIn(trip).groups : lookedAt(trip);
      for (const name of names) served.get(trip.invocation.id)?.add(name);
    },
    /** The groups that a sweep served that ends with this event; nothing of others. */
    end: ({ invocation: { id } }: Readonly<{ invocation: Invocation }>) => {
      const ours = served.get(id);
      served.delete(id);
      return ours;
    },
  };
};

/** Says which groups a shard has that another one has, too. Shards that a sweep cuts together have the same end. */
const createDoublets = () => {
  const sent = new Map<string, Set<string>>();
  return (trip: Trip): readonly string[] => {
    const { groups, until } = shardIn(trip);
    const key = `${trip.invocation.id} ${until}`;
    const others = sent.get(key) ?? new Set();
    const twice = groups.filter((name) => others.has(name));
    sent.set(key, new Set([...others, ...groups]));
    return twice;
  };
};

export const shardsDivideTheGroups: Checker = {
  id: 'S97',
  promise:
    'no group is in two shards of a sweep, and a sweep that ends well has looked at each group that the file names, or sent it in a shard',
  watch: ({ configurationOf }) => {
    const sweeps = createSweeps();
    const twiceIn = createDoublets();
    const judgeEnd = (event: Extract<HistoryEvent, { kind: 'ended' }>): readonly Judgement[] => {
      const served = sweeps.end(event);
      if (served === undefined) return [];
      const left = configurationOf(event.invocation).groups.filter(({ name }) => !served.has(name));
      return unless(left.length === 0, () => {
        return `${event.invocation.id} left out ${left.map(({ name }) => name).join(', ')}`;
      });
    };

    return {
      onEvent: (event) => {
        sweeps.follow(event);
        if (event.kind === 'ended') return judgeEnd(event);
        if (event.kind !== 'applying' || event.trip.action !== SENDING) return [];
        const twice = twiceIn(event.trip);
        return unless(twice.length === 0, () => {
          return `${event.trip.invocation.id} sent ${twice.join(', ')} in two shards`;
        });
      },
    };
  },
};

/** A shard that is older is worth nothing: the sweep after it has sent its groups again. */
const WORTH_MS = MINUTE_MS;

export const staleShardsAreDropped: Checker = {
  id: 'S98',
  promise: 'nobody looks at a shard that is received more than a minute after it was sent',
  watch: () => {
    /** By the text of the message, which may be moved back from the dead-letter queue as a new one. */
    const sentAt = new Map<string, Instant>();
    const received = new Map<string, Readonly<{ groups: readonly string[]; afterMs: number }>>();
    const receive = ({ invocation, event, at }: Extract<HistoryEvent, { kind: 'invoked' }>) => {
      if (invocation.functionName !== 'sweep' || event === undefined) return;
      const body = (event as SQSEvent).Records[0]?.body ?? '';
      const sent = sentAt.get(body);
      if (sent === undefined) return;
      received.set(invocation.id, { groups: JSON.parse(body).groups, afterMs: at - sent });
    };

    return {
      onEvent: (event) => {
        if (event.kind === 'invoked') receive(event);
        if (event.kind !== 'applying') return [];
        const { trip, at } = event;
        if (trip.action === SENDING) {
          const body = JSON.stringify(trip.input);
          sentAt.set(body, sentAt.get(body) ?? at);
        }
        const shard = received.get(trip.invocation.id);
        // An environment that wakes may go on with another look than the one that it was woken for.
        const isOfShard = lookedAt(trip).some((name) => shard?.groups.includes(name));
        if (shard === undefined || !isOfShard) return [];
        return unless(
          shard.afterMs <= WORTH_MS + SKEW_MS,
          () => `${trip.invocation.id} looked at a shard ${shard.afterMs} ms after it was sent`,
        );
      },
    };
  },
};

/** The run ends quietly: no sweep is skipped, doubled or killed any more. */
const QUIET_MS = 10 * MINUTE_MS;
/** Slow calls, and a place in the list that has changed. */
const SLACK_MS = 20 * SECOND_MS;

export const everyGroupIsSwept: Checker = {
  id: 'L72',
  promise: 'once it is quiet the sweep looks at every group once a minute, by one invocation',
  watch: ({ timeline, configuration }) => {
    const looks = new Map<string, Readonly<{ at: Instant; by: string }>[]>();

    return {
      onEvent: (event) => {
        if (event.kind !== 'answered' || event.error !== undefined) return [];
        const by = event.trip.invocation.id;
        for (const name of lookedAt(event.trip)) {
          const before = looks.get(name) ?? [];
          if (before.some((look) => look.by === by)) continue;
          const recent = before.filter(({ at }) => event.at - at <= QUIET_MS);
          looks.set(name, [...recent, { at: event.at, by }]);
        }
        return [];
      },
      atEnd: () => {
        const end = timeline.now();
        return configuration().groups.flatMap(({ name }) => {
          const times = (looks.get(name) ?? [])
            .map(({ at }) => at)
            .filter((at) => end - at <= QUIET_MS);
          const gaps = [...times, end].map(
            (at, index) => at - (times[index - 1] ?? end - QUIET_MS),
          );
          const isEven = gaps.every(
            (gap, index) =>
              gap <= MINUTE_MS + SLACK_MS &&
              (index === 0 || index === times.length || gap >= MINUTE_MS - SLACK_MS),
          );
          return unless(isEven, () => {
            return `the looks of the sweep at ${name} are ${gaps.map((gap) => Math.round(gap / SECOND_MS)).join(', ')} s apart`;
          });
        });
      },
    };
  },
};
