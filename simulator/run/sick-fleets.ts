import type { Fleet, Health } from '#domain/configuration/configuration.ts';
import { createRandom } from '#simulator/kernel/random.ts';
import type { GroupSpec } from '#simulator/services/auto-scaling/fleet.ts';
import type { FleetScenario } from './fleet-scenario.ts';

/**
 * Gives fleets health, and their groups target groups and instances enough that some may leave, by a stream of chance of
 * their own. The first two groups share a target group; the third has two of its own, the others one each.
 */
export const withTargets = (
  { fleets, groups, ...scenario }: FleetScenario,
  seed: number,
): FleetScenario => {
  const random = createRandom(seed * 6_151 + 29);
  const pick = <T>(...values: readonly [T, ...T[]]): T =>
    values[Math.floor(values.length * random())] ?? values[0];
  return {
    ...scenario,
    fleets: fleets.map((fleet) => withHealth(fleet, pick)),
    groups: groups.map((spec, index) => attached(spec, index, pick)),
  };
};

type Pick = <T>(...values: readonly [T, ...T[]]) => T;

const withHealth = (fleet: Fleet, pick: Pick): Fleet => ({
  ...fleet,
  template: {
    ...fleet.template,
    capacity: { min: 4, max: 10 },
    health: healthBy(pick),
  },
});

const healthBy = (pick: Pick): Health => ({
  watched: [],
  unhealthyIn: pick('all', 'any'),
  unhealthyForSeconds: pick(60, 120),
  action: pick('auto', 'replace', 'deregister', 'deregister', 'quarantine'),
  floorPercent: 50,
  floorCount: pick(1, 2),
  ceilingPercent: pick(30, 50),
  pace: { targets: pick(3, 10), percent: 10, perSeconds: 3_600 },
  probationSeconds: pick(120, 600),
  quarantine: { seconds: 600, isReplaced: pick(true, true, false) },
});

const attached = (spec: GroupSpec, index: number, pick: Pick): GroupSpec => ({
  ...spec,
  min: 3,
  max: 12,
  desired: pick(4, 5, 6),
  ...pick({}, {}, { graceSeconds: 60 }),
  ...pick({}, {}, {}, { healthCheckType: 'ELB' } as const),
  targetGroupArns: namesOf(index).map(
    (name) => `arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/${name}/1`,
  ),
});

const namesOf = (index: number): readonly string[] => {
  if (index < 2) return ['shared'];
  return index === 2 ? ['m2', 'm2-internal'] : [`m${index}`];
};
