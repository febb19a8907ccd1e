import { MINUTE_MS } from '#domain/time/instant.ts';
import type { AccidentWorld } from './accidents.ts';

/** Long before AWS allows again to replace instances. */
const AFTER_MS = [8, 14].map((minutes) => minutes * MINUTE_MS);

/** Lets one target of each group fail for good, twice, where AWS refuses to replace instances. */
export const startStubbornTargets = ({
  timeline,
  cloud,
  configuration,
  theme,
}: AccidentWorld): void => {
  if (theme.kind !== 'refused') return;
  const fail = (): void => {
    for (const { autoScalingGroup } of configuration().groups) {
      const [first] = cloud.autoScaling.machines(autoScalingGroup);
      if (first !== undefined) cloud.loadBalancing.fail(first.id, 'Target.FailedHealthChecks');
    }
  };
  for (const after of AFTER_MS) timeline.at(theme.startsAt + after, fail);
};
