import type { GroupState, Instance } from '#domain/observed/group-state.ts';
import type { Target } from './health-observation.ts';
import { isHealthy, isSick } from './sightings.ts';

/** Traits that instances may have in common, as people say it. */
const TRAITS: readonly Readonly<{
  say: (value: string) => string;
  of: (one: Instance) => string;
}>[] = [
  { say: (zone) => `are in ${zone}`, of: ({ availabilityZone }) => availabilityZone },
  {
    say: (version) => `have version ${version} of the launch template`,
    of: ({ launchTemplateVersion = '' }) => launchTemplateVersion,
  },
  { say: (type) => `are of the type ${type}`, of: ({ instanceType = '' }) => instanceType },
];

/**
 * Finds what the failing targets have in common and no healthy one has: where somebody should look first. One
 * failing target has everything in common with itself, so nothing is said of it.
 */
export const findCommonCause = (
  { instances }: GroupState,
  targets: readonly Target[],
): string | undefined => {
  const failing = targets.filter((target) => isSick(target));
  if (failing.length < 2) return undefined;

  const healthy = membersOf(
    instances,
    targets.filter((target) => isHealthy(target)),
  );
  const sick = membersOf(instances, failing);
  const traits = sick.length === failing.length ? sharedTraits(sick, healthy) : [];
  const reasons = [...new Set(failing.map(({ reason }) => reason))];
  const said = [...traits, ...(reasons.length === 1 ? [`fail with ${reasons.join()}`] : [])];
  return said.length === 0 ? undefined : `all of them ${said.join(' and ')}`;
};

const membersOf = (
  instances: readonly Instance[],
  targets: readonly Target[],
): readonly Instance[] => instances.filter(({ id }) => targets.some((target) => target.id === id));

const sharedTraits = (sick: readonly Instance[], healthy: readonly Instance[]): readonly string[] =>
  TRAITS.flatMap(({ say, of }) => {
    const values = [...new Set(sick.map(of))];
    const value = values.join();
    const isShared = values.length === 1 && value !== '';
    const isTheirs = healthy.length > 0 && healthy.every((one) => of(one) !== value);
    return isShared && isTheirs ? [say(value)] : [];
  });
