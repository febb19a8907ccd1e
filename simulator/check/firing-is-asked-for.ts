import { alarmsOf } from '#domain/configuration/rule.ts';
import type { SweptAlarm } from '#domain/sweep/decide-sweep.ts';
import type { HistoryEvent, Invocation } from '../history.ts';
import { type Checker, type CheckWorld, type Judgement, unless } from './check-world.ts';
import { createStruckGroups } from './struck-groups.ts';

/** A sweep that is under way: the alarms that it saw firing, and the groups that it asks for. */
type Sweep = Readonly<{ firing: ReadonlySet<string>; asked: Set<string> }>;

const firingIn = (answer: unknown): ReadonlySet<string> => {
  const alarms = answer instanceof Map ? [...(answer as Map<string, SweptAlarm>).values()] : [];
  return new Set(
    alarms.flatMap(({ name, state, actionsEnabled }) =>
      state === 'ALARM' && actionsEnabled ? [name] : [],
    ),
  );
};

/** A memory that cannot be read is looked at every ten minutes alone. */
const UNREADABLE = 'F37';

/** Follows the sweeps that look at groups themselves, by their invocations. */
const createSweeps = () => {
  const sweeps = new Map<string, Sweep>();

  const see = ({ trip: { action, invocation }, answer, error }: Answered): void => {
    const isRead = action === 'DescribeAlarms' && invocation.functionName === 'sweep';
    if (!isRead || error !== undefined) return;
    sweeps.set(invocation.id, { firing: firingIn(answer), asked: new Set() });
  };
  const hear = ({ note, invocation: { id } }: Noted): void => {
    if (note.kind === 'look-failed') sweeps.delete(id);
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

export const firingIsAskedFor: Checker = {
  id: 'S99',
  promise: 'a sweep that sees an alarm firing asks for a look at each group that is bound to it',
  watch: ({ configurationOf }: CheckWorld) => {
    const sweeps = createSweeps();
    const struck = createStruckGroups(UNREADABLE);

    const judge = (invocation: Invocation, { firing, asked }: Sweep): readonly Judgement[] =>
      configurationOf(invocation)
        .groups.filter(({ name }) => !struck.has(name))
        .filter(({ rules }) => alarmsOf(rules).some((alarm) => firing.has(alarm)))
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
