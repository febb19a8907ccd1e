import type { Configuration } from '#domain/configuration/configuration.ts';
import { latencyLimitOf } from '#simulator/day/day.ts';

/** The response time that is too slow, by group, in milliseconds. */
export const latencyLimits =
  ({ groups }: Pick<Configuration, 'groups'>) =>
  (name: string): number | undefined => {
    const group = groups.find((each) => each.name === name);
    return group === undefined ? undefined : latencyLimitOf(group);
  };
