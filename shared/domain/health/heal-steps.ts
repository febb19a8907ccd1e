import type { HealthDecision, Registration, Removal, StandBy } from '#domain/ledger/decision.ts';

/** One call by which a decision on targets is carried out. */
export type HealStep =
  | Readonly<{ kind: 'deregister'; removal: Removal }>
  | Readonly<{ kind: 'mark-unhealthy'; instanceId: string }>
  | Readonly<{ kind: 'stand-by'; standBy: StandBy }>
  | Readonly<{ kind: 'register'; registration: Registration }>
  | Readonly<{ kind: 'release'; instanceId: string }>;

/** Steps for one target or instance, in this order: begun and not finished, it would be lost. */
export type PlannedSteps = Readonly<{ targetId: string; steps: readonly HealStep[] }>;

/** The plannedSteps of a decision, one after the other. */
export const planSteps = (decision: HealthDecision): readonly PlannedSteps[] => {
  const { returned, released, removals } = decision;
  return [
    ...byTarget(removals).map((leaving) => treatmentOut(decision, leaving)),
    ...(returned === undefined
      ? []
      : [
          {
            targetId: returned.targetId,
            steps: [{ kind: 'register', registration: returned } as const],
          },
        ]),
    ...(released === undefined
      ? []
      : [{ targetId: released, steps: [{ kind: 'release', instanceId: released } as const] }]),
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
const treatmentOut = (
  { autoScalingGroup }: HealthDecision,
  { targetId, instanceId, standby, registrations }: Leaving,
): PlannedSteps => {
  if (instanceId !== undefined && standby !== undefined) {
    const standBy = { autoScalingGroup, instanceId, isReplaced: standby.isReplaced };
    return { targetId, steps: [{ kind: 'stand-by', standBy }] };
  }
  return { targetId, steps: stepsOut(registrations, instanceId) };
};

/** Leaves these target groups; a member is then marked, so that its group replaces it. */
export const stepsOut = (
  registrations: readonly Removal[],
  instanceId: string | undefined,
): readonly HealStep[] => [
  ...registrations.map((removal) => ({ kind: 'deregister', removal }) as const),
  ...(instanceId === undefined ? [] : [{ kind: 'mark-unhealthy', instanceId } as const]),
];

/** The decision as far as it is about these targets: nobody is told of what was not done. */
export const narrowedTo = (
  decision: HealthDecision,
  targetIds: readonly string[],
): HealthDecision => ({
  ...decision,
  removals: decision.removals.filter(({ targetId }) => targetIds.includes(targetId)),
});
