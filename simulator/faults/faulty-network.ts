import { ACTING_ATTEMPTS } from '#aws/client/client-options.ts';
import type { Answer, Refusal } from '#domain/ledger/outcome.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { Theme } from '#simulator/run/theme.ts';
import type { Network } from '#simulator/services/runtime.ts';
import type { Trip } from '../history.ts';
import type { Dice } from './dice.ts';

/** Longer than any function may run: the sweep has a minute. */
const FOR_EVER_MS = 61_000;
const OUTAGE_MS = 10 * 60_000;
/** So long instances cannot be replaced, or outcomes not be published, where that is the theme. */
const REFUSED_MS = 45 * MINUTE_MS;

/** The actions that change what belongs to others; they answer a refusal, as their adapters do. */
export const WRITES = [
  ...[
    'SetDesiredCapacity',
    'PutWarmPool',
    'DeregisterTargets',
    'RegisterTargets',
    'SetInstanceHealth',
  ],
  ...['EnterStandby', 'TerminateInstanceInAutoScalingGroup'],
];

/** A network on which anything may happen to a call, and functions may die at it. */
export const createFaultyNetwork = (timeline: Timeline, dice: Dice, theme: Theme): Network => {
  let downUntil = 0;
  const spells = createSpells(timeline, dice);
  const denialOf = ({ action }: Trip): Answer | undefined =>
    theme.kind === 'refused' &&
    action === 'SetInstanceHealth' &&
    timeline.now() < theme.startsAt + REFUSED_MS
      ? refused('AccessDenied')
      : undefined;

  const isMute = ({ action, invocation }: Trip): boolean =>
    theme.kind === 'untold' &&
    action === 'Publish' &&
    invocation.functionName !== 'notify' &&
    timeline.now() < theme.startsAt + REFUSED_MS;

  const troubleAt = (trip: Trip, where: string): Answer | Error | undefined =>
    WRITES.includes(trip.action)
      ? (denialOf(trip) ?? spells.at(trip) ?? refusalFor(dice, where))
      : errorFor(dice, trip, where);

  const before = (trip: Trip): 'lost' | 'slow' | Answer | Error | undefined => {
    const { action } = trip;
    const where = `${trip.invocation.id} ${action}`;
    if (dice.strikes('F32', where)) downUntil = timeline.now() + OUTAGE_MS;
    if (timeline.now() < downUntil || isMute(trip)) return new Error('ServiceUnavailable');
    if (dice.strikes('F9', `before ${where}`)) return 'lost';
    if (dice.strikes('F10', where)) return 'slow';
    return troubleAt(trip, where);
  };

  const back = async <T>(trip: Trip, answer: T, kill: () => void): Promise<T> => {
    const where = `${trip.invocation.id} ${trip.action}`;
    if (dice.strikes('F9', `after ${where}`)) kill();
    await timeline.sleep(latency(dice));
    if (!dice.strikes('F14', where)) return answer;
    if (!WRITES.includes(trip.action) || ACTING_ATTEMPTS === 1) throw new Error('socket hang up');
    // An SDK that may try again hears next that the group is busy with what it has just asked for.
    return refused('GroupBusy') as T;
  };

  return {
    carry: async <T>(trip: Trip, apply: () => Promise<T>, kill: () => void): Promise<T> => {
      const trouble = before(trip);
      if (trouble === 'lost') kill();
      if (trouble === 'lost' || trouble === 'slow') await timeline.sleep(FOR_EVER_MS);
      await timeline.sleep(latency(dice));
      if (trouble instanceof Error) throw trouble;
      return trouble === undefined ? back(trip, await apply(), kill) : (trouble as T);
    },
    thaw: ({ invocation, action }) => {
      if (dice.strikes('F11', `${invocation.id} ${action}`)) throw new Error('socket hang up');
    },
  };
};

/** The steps of healing, each of which may be refused while the others are not. */
const SCALING: readonly string[] = ['SetDesiredCapacity', 'PutWarmPool'];
const HEALING = WRITES.filter((action) => !SCALING.includes(action));

/** Times in which one step of healing is refused, or fails, whenever it is tried. */
const createSpells = (timeline: Timeline, dice: Dice) => {
  const spells = new Map<string, Readonly<{ until: number; trouble: Answer | Error }>>();

  return {
    at: ({ action, invocation }: Trip): Answer | Error | undefined => {
      if (!HEALING.includes(action)) return undefined;
      if (dice.strikes('F36', `${invocation.id} ${action}`)) {
        const until = timeline.now() + (1 + dice.pick(25)) * MINUTE_MS;
        spells.set(action, { until, trouble: dice.one(TROUBLES) ?? refused('AccessDenied') });
      }
      const spell = spells.get(action);
      return spell !== undefined && timeline.now() < spell.until ? spell.trouble : undefined;
    },
  };
};

const TABLE_ACTIONS = [
  ...['TransactWriteItems', 'BatchGetItem', 'PutItem', 'UpdateItem', 'Query', 'GetItem'],
];

const latency = (dice: Dice): number => 5 + dice.pick(dice.random() < 0.02 ? 4_000 : 60);

const refused = (reason: Refusal): Answer => ({
  kind: 'refused',
  reason,
  detail: `${reason} on purpose`,
});

const TROUBLES: readonly (Answer | Error)[] = [
  refused('AccessDenied'),
  refused('GroupBusy'),
  refused('Throttled'),
  refused('OutOfBounds'),
  new Error('InternalFailure'),
];

const refusalFor = (dice: Dice, where: string): Answer | undefined => {
  if (dice.strikes('F13', where)) return refused('Throttled');
  if (dice.strikes('F16', where)) return refused('GroupBusy');
  return dice.strikes('F30', where) ? refused('AccessDenied') : undefined;
};

const errorFor = (dice: Dice, { action }: Trip, where: string): Error | undefined => {
  if (dice.strikes('F13', where)) return new Error('ThrottlingException');
  const isTable = TABLE_ACTIONS.includes(action);
  if (isTable && dice.strikes('F23', where)) return new Error('ProvisionedThroughputExceeded');
  return dice.strikes('F30', where) ? new Error('AccessDeniedException') : undefined;
};
