import type { Bug } from './bug.ts';

/** Mistakes about groups that stand in for others. */
export const STANDBY_BUGS: readonly Bug[] = [
  {
    name: 'one lost look at a peer raises the minimum',
    file: 'shared/domain/capacity/standby.ts',
    find: 'impaired.looks >= IMPAIRED_LOOKS && secondsBetween(',
    replace: 'impaired.looks >= 1 || secondsBetween(',
    theme: 'standby',
  },
  {
    name: 'a peer that cannot be read tells nothing',
    file: 'shared/domain/capacity/standby.ts',
    find: 'if (peer === undefined) return known;',
    replace: "if (peer === undefined || 'unreadable' in peer) return known;",
    theme: 'standby',
  },
  {
    name: 'looks at a peer count however far apart they are',
    file: 'shared/domain/capacity/standby.ts',
    find: 'return gap > LONGEST_PAUSE_SECONDS &&',
    replace: 'return gap > 100 * LONGEST_PAUSE_SECONDS &&',
    theme: 'standby',
  },
  {
    name: 'a raised minimum is never released',
    file: 'shared/domain/capacity/standby.ts',
    find: 'const WELL_SECONDS = 600;',
    replace: 'const WELL_SECONDS = 600_000;',
    theme: 'standby',
  },
  {
    name: 'a Region that is away fails the groups that stand in for its groups',
    file: 'shared/app/capacity/observe-peers.ts',
    find: '    for (const { group } of standing) note(',
    replace:
      "    if (error.message.includes('ETIMEDOUT')) throw error;\n    for (const { group } of standing) note(",
    theme: 'standby',
  },
];
