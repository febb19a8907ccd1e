import { type CronTimes, successorsOf } from './successors.ts';
import type { ImportedRule, ImportNote, Written } from './translation.ts';

/** An action that sets bounds or a capacity at some time, and says nothing of an end. */
export type TimedAction = Readonly<{
  file: string;
  name: string;
  timezone: string;
  when:
    | Readonly<{ kind: 'recurring'; cron: string; isBounded: boolean }>
    | Readonly<{ kind: 'once'; at: string }>;
  min?: number | undefined;
  max?: number | undefined;
  desired?: number | undefined;
}>;

type Scheduled = Readonly<{ rules: readonly ImportedRule[]; notes: readonly ImportNote[] }>;

/**
 * Rules by the clock from the actions of one group. A rule holds for a window and an action for ever, so the window
 * of an action ends where the next one begins.
 */
export const rulesOfActions = (actions: readonly TimedAction[]): Scheduled => {
  const parts = [...ofRecurring(actions), ...ofOnce(actions)];
  return {
    rules: parts.flatMap(({ rules }) => rules),
    notes: parts.flatMap(({ notes }) => notes),
  };
};

type RecurringAction = TimedAction & CronTimes;

const ofRecurring = (actions: readonly TimedAction[]): readonly Scheduled[] => {
  const planned = actions.flatMap((action): readonly RecurringAction[] =>
    action.when.kind === 'recurring' ? [{ ...action, cron: action.when.cron }] : [],
  );
  return [...new Set(planned.map(({ timezone }) => timezone))].flatMap((timezone) => {
    const own = planned.filter((action) => action.timezone === timezone);
    const next = successorsOf(own);
    return own.map((action) => {
      const end = next.get(action);
      if (end === undefined) return leftOut(action, NO_ONE_END);
      const { cron: start } = action;
      const made = madeOf(action, { start, end: end.cron, timezone }, end.name);
      const isBounded = action.when.kind === 'recurring' && action.when.isBounded;
      return isBounded ? { ...made, notes: [...made.notes, bounded(action)] } : made;
    });
  });
};

const NO_ONE_END =
  'a schedule rule holds for a window, from a start to an end: no other action, and always the same one, comes after this one. Write the window that you mean: schedule: { start, end, timezone }';

const ofOnce = (actions: readonly TimedAction[]): readonly Scheduled[] => {
  const planned = actions
    .flatMap((action) => (action.when.kind === 'once' ? [{ ...action, from: action.when.at }] : []))
    .toSorted((one, other) => one.from.localeCompare(other.from));
  return planned.map((action, index) => {
    const end = planned.slice(index + 1).find(({ timezone }) => timezone === action.timezone);
    const { from, timezone } = action;
    return end === undefined
      ? leftOut(action, NO_END)
      : madeOf(action, { from, to: end.from, timezone }, end.name);
  });
};

const NO_END =
  'a schedule rule holds for a window, and no later action says where this one ends. Write the window that you mean: schedule: { from, to, timezone }';

const about = ({ file, name }: TimedAction) => ({ file, about: name });

const leftOut = (action: TimedAction, why: string): Scheduled => ({
  rules: [],
  notes: [{ kind: 'left-out', ...about(action), message: 'it has no end', why }],
});

const bounded = (action: TimedAction): ImportNote => ({
  kind: 'differs',
  ...about(action),
  message: 'its StartTime and EndTime are left out: the window comes again and again',
  why: 'a window that repeats has no first and no last day',
});

const madeOf = (action: TimedAction, schedule: Written, end: string): Scheduled => {
  const { min, max, desired, file, name } = action;
  const isWish = desired !== undefined && desired !== min;
  const rule: ImportedRule = {
    name,
    ...about(action),
    metrics: [],
    write: () => ({
      schedule,
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      ...(isWish ? { capacity: desired } : {}),
    }),
    comments: [`Scheduled action ${name}; it ends where ${end} begins.`],
    isShadow: true,
  };
  const wish: ImportNote = {
    kind: 'differs',
    file,
    about: name,
    message: `it sets the desired capacity to ${desired} once; the rule recommends it as long as the window is open`,
    why: 'rules recommend, and the largest recommendation counts: nothing is removed below it until the window ends',
  };
  return { rules: [rule], notes: isWish ? [wish] : [] };
};
