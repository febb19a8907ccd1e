import { nameSome } from '#domain/basics/name-some.ts';
import {
  type HealthDecision,
  type Registration,
  type Removal,
  returning,
  returnsOf,
  type StandBy,
} from '#domain/ledger/decision.ts';
import { keyOfRegistration } from './health-observation.ts';

/** One call by which a decision on targets is carried out. */
export type HealStep =
  | Readonly<{ kind: 'deregister'; removal: Removal }>
  | Readonly<{ kind: 'mark-unhealthy'; instanceId: string }>
  | Readonly<{ kind: 'stand-by'; standBy: StandBy }>
  | Readonly<{ kind: 'register'; registration: Registration }>
  | Readonly<{ kind: 'release'; instanceId: string }>;

/**
 * Steps for one subject, in this order: begun and not finished, it would be lost. The subject is the target
 * that leaves, the instance whose quarantine ends, or the key of the registration that is made again.
 */
export type PlannedSteps = Readonly<{ subject: string; steps: readonly HealStep[] }>;

/** The steps of a decision, one subject after the other. */
export const planSteps = (decision: HealthDecision): readonly PlannedSteps[] => {
  const { released, removals } = decision;
  return [
    ...byTarget(removals).map((leaving) => stepsOfRemoval(decision, leaving)),
    ...returnsOf(decision).map((registration) => ({
      subject: keyOfRegistration(registration),
      steps: [{ kind: 'register', registration } as const],
    })),
    ...(released === undefined
      ? []
      : [{ subject: released, steps: [{ kind: 'release', instanceId: released } as const] }]),
  ];
};

/** One target, and all that it is removed from. */
export type Leaving = Pick<Removal, 'targetId' | 'instanceId' | 'standby'> &
  Readonly<{ registrations: readonly Removal[] }>;

/** The removals of each target, from all of its target groups. */
export const byTarget = (removals: readonly Removal[]): readonly Leaving[] => [
  ...new Map(
    removals.map((removal): [string, Leaving] => {
      const registrations = removals.filter(({ targetId }) => targetId === removal.targetId);
      return [removal.targetId, { ...removal, registrations }];
    }),
  ).values(),
];

/** Out of all its target groups before it is marked unhealthy; standing by, it leaves them by itself. */
const stepsOfRemoval = (
  { autoScalingGroup }: HealthDecision,
  { targetId, instanceId, standby, registrations }: Leaving,
): PlannedSteps => {
  if (instanceId !== undefined && standby !== undefined) {
    const standBy = { autoScalingGroup, instanceId, isReplaced: standby.isReplaced };
    return { subject: targetId, steps: [{ kind: 'stand-by', standBy }] };
  }
  return { subject: targetId, steps: stepsOut(registrations, instanceId) };
};

/** Leaves these target groups; a member is then marked, so that its group replaces it. */
export const stepsOut = (
  registrations: readonly Removal[],
  instanceId: string | undefined,
): readonly HealStep[] => [
  ...registrations.map((removal) => ({ kind: 'deregister', removal }) as const),
  ...(instanceId === undefined ? [] : [{ kind: 'mark-unhealthy', instanceId } as const]),
];

/** The decision as far as it is about these subjects: nobody is told of what was not done. */
export const narrowedTo = (
  decision: HealthDecision,
  subjects: readonly string[],
): HealthDecision => {
  const { returned: _first, alsoReturned: _others, ...rest } = decision;
  const returns = returnsOf(decision).filter((registration) =>
    subjects.includes(keyOfRegistration(registration)),
  );
  const removals = decision.removals.filter(({ targetId }) => subjects.includes(targetId));
  const narrowed = { ...rest, removals, ...returning(returns) };
  const done = targetsOf(narrowed);
  const isWhole = done.length === targetsOf(decision).length;
  return isWhole || done.length === 0
    ? narrowed
    : { ...narrowed, summary: `${decision.summary}. Done so far: ${nameSome(done)}` };
};

const targetsOf = (decision: HealthDecision): readonly string[] => [
  ...new Set([...decision.removals, ...returnsOf(decision)].map(({ targetId }) => targetId)),
];

/**
 * The decision as far as it was asked for when AWS refused its first return, beside those of targets that are gone: the
 * others have their turn yet.
 */
export const withFirstReturn = (
  decision: HealthDecision,
  gone: readonly string[],
): HealthDecision => {
  const { returned: _first, alsoReturned: _others, ...rest } = decision;
  const left = returnsOf(decision).filter(
    (registration) => !gone.includes(keyOfRegistration(registration)),
  );
  return { ...rest, ...returning(left.slice(0, 1)) };
};
