import type { Bug } from './bug.ts';

/** Mistakes about what people and other programs do to a group. */
export const GATE_BUGS: readonly Bug[] = [
  {
    name: 'the pause of a person is overlooked',
    file: 'shared/domain/capacity/gates/override.ts',
    find: "current.kind === 'pause' ?",
    replace: "current.id === 'pause' ?",
  },
  {
    name: 'a pause never ends',
    file: 'shared/domain/ledger/override.ts',
    find: 'now < override.until',
    replace: 'now > override.since',
  },
  {
    name: 'a pause does not reach the healer',
    file: 'shared/domain/health/guards/guards.ts',
    find: "current?.kind === 'pause'",
    replace: "current?.kind === 'cap'",
  },
  {
    name: 'a pin is a cap',
    file: 'shared/domain/capacity/narrowed-bounds.ts',
    find: "if (override.kind === 'pin')",
    replace: "if (override.id === 'pin')",
  },
  {
    name: 'a cap is overlooked',
    file: 'shared/domain/capacity/narrowed-bounds.ts',
    find: 'if (at >= scheduled.max) return',
    replace: 'if (at >= 0) return',
  },
  {
    name: 'nobody looks what is under way before a removal',
    file: 'shared/domain/capacity/wanted-reads.ts',
    find: 'obstacles === undefined && (shrinks',
    replace: 'obstacles === undefined && (!shrinks',
  },
  {
    name: 'what is under way is overlooked',
    file: 'shared/domain/capacity/gates/obstacles.ts',
    find: 'observation.obstacles ?? []',
    replace: 'observation.obstacles?.slice(9) ?? []',
  },
  {
    name: 'bounds and roll-back do not ask the guards',
    file: 'shared/domain/capacity/gates/guards.ts',
    find: 'if (objection === undefined || objection',
    replace: 'if (observation.now > 0) return verdict;\n  if (objection === undefined || objection',
  },
  {
    name: 'a plan is finished past a guard',
    file: 'shared/domain/capacity/decide-recovery.ts',
    find: 'if (objection !== undefined) return objection.detail;\n\n  const afresh = decideCapacity(afterwards);',
    replace: 'const afresh = objection === undefined ? decideCapacity(afterwards) : planned;',
  },
  {
    name: 'the healer does not look what is under way',
    file: 'shared/app/health/read-on-demand.ts',
    find: 'if (state === undefined || !mayRemove) return',
    replace: 'if (state === undefined || mayRemove) return',
  },
  {
    name: 'the healer does not care what is under way',
    file: 'shared/domain/health/guards/guards.ts',
    find: '  obstacles,\n  ceiling,',
    replace: '  ceiling,',
  },
  {
    name: 'the healer forgets who is new',
    file: 'shared/domain/health/removal-candidates.ts',
    find: 'isReplaceable(member) && !isNew(observation, member);',
    replace: 'isReplaceable(member);',
  },
  {
    name: 'protected instances are overlooked',
    file: 'shared/domain/capacity/gates/protection.ts',
    find: 'if (capacity >= staying)',
    replace: 'if (open >= 0)',
  },
  {
    name: 'an instance that AWS is removing already counts once more',
    file: 'shared/domain/capacity/gates/protection.ts',
    find: 'if (capacity >= staying)',
    replace: 'if (open >= current - capacity)',
  },
  {
    name: 'what is there is rolled back',
    file: 'shared/domain/capacity/gates/roll-back.ts',
    find: 'presentUnits(observation.state) + 1',
    replace: 'presentUnits(observation.state) - 1',
  },
  {
    name: 'launches are given up after half a minute',
    file: 'shared/domain/capacity/launch-failure.ts',
    find: '>= PATIENCE_SECONDS &&',
    replace: '>= PATIENCE_SECONDS / 20 &&',
  },
  {
    name: 'more is restored than there was',
    file: 'shared/domain/capacity/gates/foreign-writer.ts',
    find: "{ kind: 'bend', capacity: before, reason",
    replace: "{ kind: 'bend', capacity: before + 1, reason",
  },
  {
    name: 'a flap is not slowed down',
    file: 'shared/domain/capacity/flapping.ts',
    find: ' * 2 ** doublings',
    replace: ' * 1 ** doublings',
  },
  {
    name: 'a flap is over as soon as it is found',
    file: 'shared/domain/capacity/flapping.ts',
    find: 'flapping.reversals.slice(-1), now, behavior) > 0',
    replace: 'flapping.reversals.slice(-1), now, behavior) > 1',
  },
  {
    name: 'a flap is told at every look',
    file: 'shared/domain/capacity/flapping.ts',
    find: 'return since !== undefined && since !== observation.head.flapping?.since;',
    replace: 'return since !== undefined;',
  },
  {
    name: 'what was reckoned of a flap is not remembered',
    file: 'shared/domain/capacity/next-scale-head.ts',
    find: '...(flapping === undefined ? {} : { flapping }),',
    replace: '...(flapping === undefined ? {} : {}),',
  },
];
