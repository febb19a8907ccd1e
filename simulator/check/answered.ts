import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { alarmsOf } from '#domain/configuration/rule.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import type { HistoryEvent, Invocation } from '../history.ts';
import { type Asking, askingOf, groupsIn } from './asking.ts';
import { type Checker, type CheckWorld, type Judgement, SKEW_MS, unless } from './check-world.ts';
import { createEndedLooks, type EndedLook, invocationIn, type ScaleRun } from './ended-looks.ts';
import { createStruckGroups } from './struck-groups.ts';

/** An alarm that does not fire any more waits for the sweep so long after a look that a message prompted. */
const PROMPTED_MS = 60_000;
/** A batch is full from so many messages on. */
const FULL = 10;

/** A message that ended although nobody looked at a group of it in that invocation. */
type Unlooked = Readonly<{ group: string; asking: Asking; run: ScaleRun; id: string }>;

/** The messages of an invocation that end now without a look at one of their groups. */
const unlookedIn = (
  world: CheckWorld,
  { invocation, run, ended }: Readonly<{ invocation: Invocation; run: ScaleRun; ended: Ended }>,
): readonly Unlooked[] =>
  ended.flatMap((record) =>
    groupsIn(world.configurationOf(invocation), record.body)
      .filter((group) => !run.looked.has(group))
      .flatMap((group) => {
        const asking = askingOf(record);
        return asking === undefined ? [] : [{ group, asking, run, id: record.messageId }];
      }),
  );

type Ended = readonly SQSRecord[];

/** The records that an event ends: Lambda deletes those of a batch, and scale itself what it took beside them. */
const endedBy = (event: HistoryEvent, run: ScaleRun): Ended => {
  if (event.kind === 'ended') {
    const { batchItemFailures } = event.response as SQSBatchResponse;
    const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    return run.given.filter(({ messageId }) => !failed.includes(messageId));
  }
  if (event.kind !== 'applying' || event.trip.action !== 'DeleteMessageBatch') return [];
  const receipts = event.trip.input as readonly string[];
  return run.records.filter(({ receiptHandle }) => receipts.includes(receiptHandle));
};

/** True when the look saw what the message is about: it read after the message came, or the alarm as it was since. */
const saw = ({ readsBegan, alarms }: EndedLook, asking: Asking): boolean => {
  if (asking.kind === 'request') return readsBegan >= asking.dueAt;
  const alarm = alarms.get(asking.alarm);
  return alarm !== undefined && (alarm.since >= asking.changedAt || readsBegan >= asking.sentAt);
};

/** True when the message may wait for the sweep. */
const mayWait = (look: EndedLook, { asking, run }: Unlooked): boolean =>
  asking.kind === 'alarm' &&
  !asking.fires &&
  run.given.length >= FULL &&
  look.readsBegan >= run.startedAt - PROMPTED_MS - SKEW_MS &&
  look.records.some((record) => askingOf(record)?.kind === 'alarm');

/** Calls back for each message of scale that ends without a look at one of its groups. */
const onUnlooked = (
  world: CheckWorld,
  judge: (unlooked: Unlooked, looks: readonly EndedLook[], at: Instant) => readonly Judgement[],
) => {
  const looks = createEndedLooks();
  return (event: HistoryEvent): readonly Judgement[] => {
    looks.follow(event);
    const invocation = invocationIn(event);
    const run = invocation === undefined ? undefined : looks.run(invocation.id);
    if (invocation === undefined || run === undefined) return [];
    const unlooked = unlookedIn(world, { invocation, run, ended: endedBy(event, run) });
    const judgements = unlooked.flatMap((each) => judge(each, looks.at(each.group), event.at));
    if (event.kind === 'ended' || event.kind === 'failed') looks.forget(invocation.id);
    return judgements;
  };
};

export const answeredByALook: Checker = {
  id: 'S88',
  promise:
    'a message that ends without a look was answered by one that came to its end, or says in a storm that an alarm ended',
  watch: (world) => ({
    onEvent: onUnlooked(world, (unlooked, looks) =>
      unless(
        looks.some((look) => saw(look, unlooked.asking) || mayWait(look, unlooked)),
        () => `${unlooked.id} ended, and no look at ${unlooked.group} had answered it`,
      ),
    ),
  }),
};

export const answeredIsHeard: Checker = {
  id: 'S89',
  promise: 'no alarm counts as one whose message was lost after its message was answered',
  watch: (world) => {
    const answered = new Map<string, Instant>();
    const tampered = createStruckGroups('F22');
    const hearAnswers = onUnlooked(world, ({ group, asking }) => {
      if (asking.kind === 'alarm' && asking.fires) {
        answered.set(`${group} ${asking.alarm}`, asking.changedAt);
      }
      return [];
    });
    return {
      onEvent: (event) => {
        hearAnswers(event);
        tampered.follow(event);
        if (event.kind !== 'noted') return [];
        const { note } = event;
        // A sweep says it of whatever it looks at, so the promise is put to the test by each firing alarm that was answered.
        if (note.kind === 'evaluation-requested' && note.cause === 'alarm-firing') {
          return heardOf(world, answered, note.group);
        }
        if (note.kind !== 'missed-notification' || tampered.has(note.alarm)) return [];
        const changedAt = answered.get(`${note.group} ${note.alarm}`);
        const since = world.cloud.alarms.truth(note.alarm)?.since;
        return unless(changedAt === undefined || since === undefined || changedAt < since, () => {
          return `${note.alarm} counts as missed, and its message to ${note.group} was answered`;
        });
      },
    };
  },
};

/** One test for each alarm that fires since a change whose message was answered without a look. */
const heardOf = (
  { cloud, configuration }: CheckWorld,
  answered: ReadonlyMap<string, Instant>,
  name: string,
): readonly Judgement[] =>
  configuration()
    .groups.filter((group) => group.name === name)
    .flatMap(({ rules }) => alarmsOf(rules))
    .flatMap((alarm) => {
      const { state, since = 0 } = cloud.alarms.truth(alarm) ?? {};
      const changedAt = answered.get(`${name} ${alarm}`);
      return state === 'ALARM' && changedAt !== undefined && changedAt >= since ? [true] : [];
    });

/** The sweep comes once a minute, and what it asks for is looked at soon. */
const LONGEST_WAIT_MS = 90_000;
/** Aftermath of a fault while no other strikes any more: an item that cannot be read yet, or a Region that is away. */
const AFTERMATH_MS = 20 * MINUTE_MS;

export const answeredWaitsAMinute: Checker = {
  id: 'L73',
  promise:
    'once it is quiet, a group with a firing alarm is looked at within a minute and a half after a message was answered',
  watch: (world) => {
    const waiting = new Map<string, Instant>();
    let quietSince: Instant | undefined;
    const add = onUnlooked(world, ({ group }, _looks, at) => {
      const isOver = quietSince !== undefined && at - quietSince >= AFTERMATH_MS;
      if (isOver && !waiting.has(group)) waiting.set(group, at);
      return [];
    });
    return {
      onEvent: (event) => {
        if (world.isQuiet()) quietSince ??= event.at;
        const due = [...waiting].filter(([, since]) => event.at - since > LONGEST_WAIT_MS);
        for (const [group] of due) waiting.delete(group);
        const judgements = due.flatMap(([group, since]) => judgeWait(world, group, since));
        add(event);
        const looked = event.kind === 'noted' ? groupDecided(event) : undefined;
        if (looked !== undefined && waiting.delete(looked)) return [...judgements, true];
        return judgements;
      },
    };
  },
};

const groupDecided = ({ note }: Extract<HistoryEvent, { kind: 'noted' }>): string | undefined =>
  (note.kind === 'decided' && note.decision.kind === 'capacity') || note.kind === 'recovered'
    ? note.decision.group
    : undefined;

const judgeWait = (
  { cloud, configuration }: CheckWorld,
  name: string,
  since: Instant,
): readonly Judgement[] =>
  configuration()
    .groups.filter((group) => group.name === name)
    .flatMap(({ rules }) => {
      const firing = alarmsOf(rules).filter((alarm) => {
        const truth = cloud.alarms.truth(alarm);
        return truth?.state === 'ALARM' && truth.actionsEnabled && truth.since <= since;
      });
      return unless(firing.length === 0, () => {
        return `nobody looked at ${name} within ${LONGEST_WAIT_MS} ms after a message was answered, and ${firing} fires`;
      });
    });
