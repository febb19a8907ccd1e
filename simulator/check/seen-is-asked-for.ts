import { alarmsOf } from '#domain/configuration/rule.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import type { Memory } from '#domain/ledger/memory.ts';
import type { SweptAlarm } from '#domain/sweep/decide-sweep.ts';
import type { HistoryEvent, Invocation } from '../history.ts';
import { type Checker, type CheckWorld, type Judgement, unless } from './check-world.ts';
import { createStruckGroups } from './struck-groups.ts';

/** A sweep that is under way. */
type Sweep = Readonly<{
  /** The alarms that it saw firing. */
  firing: Set<string>;
  /** The groups with news that was not told. */
  untold: Set<string>;
  /** The groups that it asks for. */
  asked: Set<string>;
}>;

const entriesIn = <T>(answer: unknown): readonly (readonly [string, T])[] =>
  answer instanceof Map ? [...(answer as Map<string, T>)] : [];

const firingIn = (answer: unknown): readonly string[] =>
  entriesIn<SweptAlarm>(answer).flatMap(([name, { state, actionsEnabled }]) =>
    state === 'ALARM' && actionsEnabled ? [name] : [],
  );

/** The groups whose head for scaling has news that could not be published. */
const untoldIn = (answer: unknown): readonly string[] =>
  entriesIn<Partial<Memory<ScaleHead>>>(answer).flatMap(([group, { head }]) =>
    head !== undefined && 'wishes' in head && head.untold.length > 0 ? [group] : [],
  );

const addAll = (names: Set<string>, more: readonly string[]): void => {
  for (const name of more) names.add(name);
};

/** A memory that cannot be read is looked at every ten minutes alone. */
const UNREADABLE = 'F37';

/** Follows the sweeps that look at groups themselves, by their invocations. */
const createSweeps = () => {
  const sweeps = new Map<string, Sweep>();

  const sweepOf = (id: string): Sweep => {
    const sweep = sweeps.get(id) ?? { firing: new Set(), untold: new Set(), asked: new Set() };
    sweeps.set(id, sweep);
    return sweep;
  };
  const see = ({ trip: { action, invocation }, answer, error }: Answered): void => {
    if (invocation.functionName !== 'sweep' || error !== undefined) return;
    const { firing, untold } = sweepOf(invocation.id);
    if (action === 'DescribeAlarms') addAll(firing, firingIn(answer));
    if (action === 'BatchGetItem') addAll(untold, untoldIn(answer));
  };
  const hear = ({ note, invocation: { id } }: Noted): void => {
    // A look that a fault struck is tried again by the next sweep, and that of a shard with its message.
    if (note.kind === 'look-failed' || note.kind === 'retrying') sweeps.delete(id);
    if (note.kind === 'evaluation-requested') sweeps.get(id)?.asked.add(note.group);
  };

  return {
    follow: (event: HistoryEvent): void => {
      if (event.kind === 'answered') see(event);
      if (event.kind === 'noted') hear(event);
      // Whoever looks at the shard asks for its groups.
      if (event.kind === 'applying' && event.trip.action === 'SendMessage of a shard') {
        sweeps.delete(event.trip.invocation.id);
      }
    },
    take: (id: string): Sweep | undefined => {
      const sweep = sweeps.get(id);
      sweeps.delete(id);
      return sweep;
    },
  };
};

type Answered = Extract<HistoryEvent, { kind: 'answered' }>;
type Noted = Extract<HistoryEvent, { kind: 'noted' }>;

export const seenIsAskedFor: Checker = {
  id: 'S99',
  promise:
    'a sweep that sees an alarm firing, or news that was not told, asks for a look at each group that it is about',
  watch: ({ configurationOf }: CheckWorld) => {
    const sweeps = createSweeps();
    const struck = createStruckGroups(UNREADABLE);

    const judge = (
      invocation: Invocation,
      { firing, untold, asked }: Sweep,
    ): readonly Judgement[] =>
      configurationOf(invocation)
        .groups.filter(({ name }) => !struck.has(name))
        .filter(
          ({ name, rules }) =>
            untold.has(name) || alarmsOf(rules).some((alarm) => firing.has(alarm)),
        )
        .flatMap(({ name }) =>
          unless(asked.has(name), () => `${invocation.id} did not ask for ${name}`),
        );
    return {
      onEvent: (event) => {
        struck.follow(event);
        sweeps.follow(event);
        if (event.kind !== 'ended' && event.kind !== 'failed') return [];
        const sweep = sweeps.take(event.invocation.id);
        return sweep === undefined || event.kind === 'failed' ? [] : judge(event.invocation, sweep);
      },
    };
  },
};
