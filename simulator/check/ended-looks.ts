import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { Note } from '#domain/lane/note.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { HistoryEvent, Invocation } from '../history.ts';

/** A look of scale at a group that came to its end, by the true clock. */
export type EndedLook = Readonly<{
  invocation: string;
  records: readonly SQSRecord[];
}> &
  Reading;

/** The reads that a decision was made of: an invocation whose reads failed, or that lost a race, reads again. */
type Reading = Readonly<{
  /** The moment at which the first of them reached AWS. */
  readsBegan: Instant;
  alarms: ReadonlyMap<string, Alarm>;
}>;

/** An invocation of scale, from its begin to its end. */
export type ScaleRun = {
  readonly startedAt: Instant;
  /** Messages that Lambda handed over. */
  readonly given: readonly SQSRecord[];
  /** The same, and those that it took itself. */
  readonly records: SQSRecord[];
  /** Alarms as they were read last. */
  readonly alarms: Map<string, Alarm>;
  /** The moment at which each kind of read reached AWS last. */
  readonly lastReads: Map<string, Instant>;
  /** By group: what its newest decision was made of, or taken up again with. */
  readonly readings: Map<string, Reading>;
  /** The groups of which a note says that their evaluation came to some end. */
  readonly looked: Set<string>;
};

/** The newest looks answer what older ones do; a few more are kept for alarms that come and go. */
const MOST_KEPT = 30;

const READS: readonly string[] = ['DescribeAutoScalingGroups', 'DescribeAlarms', 'BatchGetItem'];

/** After these refusals the message comes back: nobody can say that the group is as it should be. */
const FUTILE: readonly string[] = ['Throttled', 'GroupBusy', 'OutOfBounds'];

/** The group at which a look came to its end. */
const endedIn = (note: Note): string | undefined => {
  if (note.kind !== 'settled' && note.kind !== 'decided') return undefined;
  if (note.decision.kind !== 'capacity') return undefined;
  const { group, from, to, pool } = note.decision;
  if (note.kind === 'decided') return from === to && pool?.from === pool?.to ? group : undefined;
  return from !== to && FUTILE.includes(note.outcome.reason) ? undefined : group;
};

/** The group of which a note says that its evaluation came to some end. */
export const lookedAtIn = (note: Note): string | undefined => {
  if (note.kind === 'decided' || note.kind === 'recovered') return note.decision.group;
  return note.kind === 'coalesced' ? note.group : undefined;
};

/** Follows the invocations of scale, and keeps which looks came to their end. */
export const createEndedLooks = () => {
  const runs = new Map<string, ScaleRun>();
  const looks = new Map<string, EndedLook[]>();

  const begin = (at: Instant, { id, functionName }: Invocation, event: unknown): void => {
    if (functionName !== 'scale') return;
    const { Records } = event as SQSEvent;
    runs.set(id, {
      startedAt: at,
      given: Records,
      records: [...Records],
      alarms: new Map(),
      lastReads: new Map(),
      readings: new Map(),
      looked: new Set(),
    });
  };
  const see = (run: ScaleRun, alarms: ReadonlyMap<string, Alarm>): void => {
    for (const [name, alarm] of alarms) run.alarms.set(name, alarm);
  };
  const learn = (run: ScaleRun, action: string, answer: unknown): void => {
    if (action === 'ReceiveMessage') run.records.push(...((answer ?? []) as SQSRecord[]));
    if (action === 'DescribeAlarms') see(run, (answer ?? new Map()) as ReadonlyMap<string, Alarm>);
  };
  const end = (group: string, id: string, run: ScaleRun): void => {
    const reading = run.readings.get(group);
    if (reading === undefined) return;
    const look = { invocation: id, ...reading, records: run.records };
    looks.set(group, [...(looks.get(group) ?? []).slice(-MOST_KEPT), look]);
  };
  const keepReading = (group: string, { alarms, lastReads, readings }: ScaleRun): void => {
    if (lastReads.size === 0) return;
    readings.set(group, {
      readsBegan: Math.min(...lastReads.values()),
      alarms: new Map(alarms),
    });
  };
  const hear = (id: string, run: ScaleRun, note: Note): void => {
    const looked = lookedAtIn(note);
    if (looked !== undefined) run.looked.add(looked);
    if (looked !== undefined && note.kind !== 'coalesced') keepReading(looked, run);
    if (note.kind === 'evaluation-failed') {
      const others = (looks.get(note.group) ?? []).filter(({ invocation }) => invocation !== id);
      looks.set(note.group, others);
    }
    const ended = endedIn(note);
    if (ended !== undefined) end(ended, id, run);
  };
  const followCall = (
    run: ScaleRun,
    event: Extract<HistoryEvent, { kind: 'applying' | 'answered' }>,
  ): void => {
    if (event.kind === 'answered') learn(run, event.trip.action, event.answer);
    else if (READS.includes(event.trip.action)) run.lastReads.set(event.trip.action, event.at);
  };

  return {
    run: (id: string): ScaleRun | undefined => runs.get(id),
    at: (group: string): readonly EndedLook[] => looks.get(group) ?? [],
    /** Ends an invocation; nothing is to be asked of it any more. */
    forget: (id: string): void => {
      runs.delete(id);
    },
    follow: (event: HistoryEvent): void => {
      if (event.kind === 'invoked') begin(event.at, event.invocation, event.event);
      const id = invocationIn(event)?.id ?? '';
      const run = runs.get(id);
      if (run === undefined) return;
      if (event.kind === 'noted') hear(id, run, event.note);
      if (event.kind === 'applying' || event.kind === 'answered') followCall(run, event);
    },
  };
};

/** The invocation that an event is about. */
export const invocationIn = (event: HistoryEvent): Invocation | undefined => {
  if ('trip' in event) return event.trip.invocation;
  return 'invocation' in event ? event.invocation : undefined;
};
