import type { HealthObservation } from '#domain/health/health-observation.ts';
import { aGroupState, TARGET_GROUP_ARN } from './builders.ts';

/** The key of a target in the ledger's sightings. */
export const keyOf = (id: string) => `${TARGET_GROUP_ARN} ${id}:80`;

/** The instance of an id is changed in the observation. */
export const withInstance = (
  observation: HealthObservation,
  id: string,
  change: Partial<ReturnType<typeof aGroupState>['instances'][number]>,
): HealthObservation => ({
  ...observation,
  state: aGroupState({
    ...observation.state,
    instances: (observation.state?.instances ?? []).map((instance) =>
      instance.id === id ? { ...instance, ...change } : instance,
    ),
  }),
});

/** The group is changed in the observation. */
export const withState = (
  observation: HealthObservation,
  change: Partial<ReturnType<typeof aGroupState>>,
): HealthObservation => ({
  ...observation,
  state: aGroupState({ ...observation.state, ...change }),
});
