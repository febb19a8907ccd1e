import type { Bug } from './bug.ts';

/** Mistakes about who is taken out, put aside and tried again. */
export const HEALTH_BUGS: readonly Bug[] = [
  {
    name: 'the limit of removals is not kept',
    file: 'shared/domain/health/guards/pace.ts',
    find: 'if (recent < most) return undefined;',
    replace: 'if (recent < most + 99) return undefined;',
  },
  {
    name: 'that the load balancer fails open is overlooked',
    file: 'shared/domain/health/guards/shares.ts',
    find: 'return open > ours',
    replace: 'return open > ours + 99',
  },
  {
    name: 'who fails in one of two target groups fails in all',
    file: 'shared/domain/health/removal-candidates.ts',
    find: 'failing.length === targets.length',
    replace: 'failing.length > 0',
  },
  {
    name: 'what AWS replaces by itself is replaced by us, too',
    file: 'shared/domain/health/plan-removals.ts',
    find: "isSeenTo(state, targets) ? 'leave' : 'replace'",
    replace: "isSeenTo(state, []) ? 'leave' : 'replace'",
  },
  {
    name: 'everybody who is sick is put aside',
    file: 'shared/domain/health/plan-removals.ts',
    find: 'every((instance) => !isStandingBy(instance)) === true',
    replace: 'every((instance) => instance.weight > 0) === true',
  },
  {
    name: 'a quarantine ends as soon as it begins',
    file: 'shared/domain/health/quarantine.ts',
    find: 'observation.now >= until && !member.isProtected',
    replace: 'observation.now >= since && !member.isProtected',
  },
  {
    name: 'a target is tried again at once',
    file: 'shared/domain/health/returns.ts',
    find: 'returnedAt === undefined && now >= until)',
    replace: 'returnedAt === undefined && until > 0)',
  },
  {
    name: 'a target is tried again though a person paused the group',
    file: 'shared/domain/health/decide-health.ts',
    find: 'forbidding ?? findLock(observation, [targetGroupArn]);',
    replace: 'findLock(observation, [targetGroupArn]);',
  },
  {
    name: 'nobody looks after the targets that are out',
    file: 'shared/domain/sweep/decide-sweep.ts',
    find: "if (hasTargetsOut(healHead)) return 'targets-out';",
    replace: 'if (hasTargetsOut(healHead)) return undefined;',
  },
  {
    name: 'only a throttle half-way keeps a removal in flight',
    file: 'shared/app/health/carry-out-health.ts',
    find: 'if (refusal !== undefined && isHalfWay) {',
    replace: "if (refusal?.reason === 'Throttled' && isHalfWay) {",
    theme: 'refused',
  },
  {
    name: 'a removal that cannot be finished is given up and not undone',
    file: 'shared/domain/health/next-heal-head.ts',
    find: 'probations: probationsToUndo(finished, left, { at, why }),',
    replace: 'probations: probationsToUndo(finished, left.slice(99), { at, why }),',
    theme: 'refused',
  },
  {
    name: 'a removal that cannot be finished is tried for ever',
    file: 'shared/domain/health/decide-heal-recovery.ts',
    find: 'isLast: isLate && attempts >= FINISH_ATTEMPTS - 1,',
    replace: 'isLast: isLate && attempts >= FINISH_ATTEMPTS + 999,',
    theme: 'refused',
  },
  {
    name: 'the floor looks only at the first target group',
    file: 'shared/domain/health/guards/shares.ts',
    find: 'of byTargetGroup(seen.targets)) {',
    replace: 'of byTargetGroup(seen.targets).slice(0, 1)) {',
  },
  {
    name: 'the ceiling looks only at the first target group',
    file: 'shared/domain/health/guards/shares.ts',
    find: 'const crowded = byTargetGroup(targets).find(',
    replace: 'const crowded = byTargetGroup(targets).slice(0, 1).find(',
  },
  {
    name: 'that the load balancer fails open is looked at for the first target group only',
    file: 'shared/domain/health/guards/shares.ts',
    find: 'const theirs = failOpen[arn];',
    replace: 'const theirs = Object.keys(failOpen)[0] === arn ? failOpen[arn] : undefined;',
  },
  {
    name: 'only the first target group of a target has a probation',
    file: 'shared/domain/health/probation.ts',
    find: 'const out = decision.removals.flatMap(',
    replace: 'const out = decision.removals.slice(0, 1).flatMap(',
  },
  {
    name: 'the tags of target groups are not asked for',
    file: 'shared/domain/health/guards/guards.ts',
    find: 'managed !== undefined && managed[arn] !== true',
    replace: 'managed !== undefined && arn.length === 0',
  },
  {
    name: 'only the tag of the first target group is asked for',
    file: 'shared/domain/health/guards/guards.ts',
    find: 'const locked = targetGroupArns.find(',
    replace: 'const locked = targetGroupArns.slice(0, 1).find(',
  },
  {
    name: 'a group that is healed no more is forgotten',
    file: 'shared/app/sweep/sweep.ts',
    find: '.filter((group) => !names.has(group))',
    replace: '.filter((group) => names.has(group) && group.length > 99)',
  },
  {
    name: 'what drains because it is unhealthy is nobody',
    file: 'shared/domain/observed/target-states.ts',
    find: "['unhealthy.draining', FAILING],",
    replace: "['unhealthy.draining', AWAY],",
  },
  {
    name: 'a state that is new counts as healthy',
    file: 'shared/domain/observed/target-states.ts',
    find: 'STATES.get(state) ?? UNKNOWN',
    replace: 'STATES.get(state) ?? HEALTHY',
  },
];
