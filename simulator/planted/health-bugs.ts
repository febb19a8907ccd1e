import type { Bug } from './bug.ts';

/** Mistakes about who is taken out, put aside and tried again. */
export const HEALTH_BUGS: readonly Bug[] = [
  {
    name: 'the limit of removals is not kept',
    file: 'shared/domain/heal-pace.ts',
    find: 'if (recent < most) return undefined;',
    replace: 'if (recent < most + 99) return undefined;',
  },
  {
    name: 'that the load balancer fails open is overlooked',
    file: 'shared/domain/heal-shares.ts',
    find: 'return open > ours',
    replace: 'return open > ours + 99',
  },
  {
    name: 'who fails in one of two target groups fails in all',
    file: 'shared/domain/patients.ts',
    find: 'failing.length === targets.length',
    replace: 'failing.length > 0',
  },
  {
    name: 'what AWS replaces by itself is replaced by us, too',
    file: 'shared/domain/treatment.ts',
    find: "isSeenTo(state, targets) ? 'leave' : 'replace'",
    replace: "isSeenTo(state, []) ? 'leave' : 'replace'",
  },
  {
    name: 'everybody who is sick is put aside',
    file: 'shared/domain/treatment.ts',
    find: 'every((instance) => !isStandingBy(instance)) === true',
    replace: 'every((instance) => instance.weight > 0) === true',
  },
  {
    name: 'a quarantine ends as soon as it begins',
    file: 'shared/domain/quarantine.ts',
    find: 'observation.now >= until && !member.isProtected',
    replace: 'observation.now >= since && !member.isProtected',
  },
  {
    name: 'a target is tried again at once',
    file: 'shared/domain/probation.ts',
    find: 'returnedAt === undefined && now >= until)',
    replace: 'returnedAt === undefined && until > 0)',
  },
  {
    name: 'a target is tried again though a person paused the group',
    file: 'shared/domain/decide-health.ts',
    find: 'if (registration !== undefined && !isForbidden) {',
    replace: 'if (registration !== undefined) {',
  },
  {
    name: 'nobody looks after the targets that are out',
    file: 'shared/domain/decide-sweep.ts',
    find: "if (hasTargetsOut(healHead)) return 'targets-out';",
    replace: 'if (hasTargetsOut(healHead)) return undefined;',
  },
];
