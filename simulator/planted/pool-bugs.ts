import type { Bug } from './bug.ts';

/** Mistakes about warm pools. */
export const POOL_BUGS: readonly Bug[] = [
  {
    name: 'a pool is as large as its forecast says, whatever the maximum',
    file: 'shared/domain/capacity/decide-pool.ts',
    find: 'Math.max(capacity, narrowedBoundsOf(observation).max);',
    replace: 'Math.max(capacity, units, narrowedBoundsOf(observation).max);',
  },
  {
    name: 'instances are prepared anew for what was needed half an hour ago',
    file: 'shared/domain/capacity/decide-pool.ts',
    find: 'Math.min(largestPrepared(observation), capacity + stoppedAfter(scene))',
    replace: 'Math.max(largestPrepared(observation), Math.min(0, stoppedAfter(scene)))',
    theme: 'pooled',
  },
  {
    name: 'a pool keeps its instances for four minutes only',
    file: 'shared/domain/capacity/prepared.ts',
    find: 'const KEPT_MS = 40 * MINUTE_MS;',
    replace: 'const KEPT_MS = 4 * MINUTE_MS;',
  },
  {
    name: 'what should be prepared is asked for, and not the limit that was decided',
    file: 'shared/app/capacity/carry-out-capacity.ts',
    find: 'prepared: pool.to,',
    replace: 'prepared: pool.prepared,',
  },
  {
    name: 'a capacity waits for a pool that was refused',
    file: 'shared/app/capacity/carry-out-capacity.ts',
    find: '    return { answer: await setCapacity(ports, decision), ofPool };',
    replace:
      "    const answer = ofPool.kind === 'refused' ? ofPool : await setCapacity(ports, decision);\n    return { answer, ofPool };",
    theme: 'pooled',
  },
  {
    name: 'a pool that was refused is asked for at every look',
    file: 'shared/domain/capacity/decide-pool.ts',
    find: 'backoffSeconds(poolRefused.refusals - 1) * SECOND_MS',
    replace: 'backoffSeconds(poolRefused.refusals - 1)',
  },
  {
    name: 'pools are read of groups that ask for none',
    file: 'shared/app/capacity/observe-pools.ts',
    find: '({ warmPool }) => warmPool !== undefined',
    replace: '({ warmPool }) => warmPool?.wakeSeconds !== 0',
  },
  {
    name: 'the pause of a person does not reach the pool',
    file: 'shared/domain/capacity/decide-pool.ts',
    find: '[optIn, override, suspendedProcesses]',
    replace: '[optIn, { ...override, check: optIn.check }, suspendedProcesses]',
    theme: 'pooled',
  },
  {
    name: 'a pool shrinks although nobody can see',
    file: 'shared/domain/capacity/rules/pool-need.ts',
    find: 'isCertain: needs.length > 0 && needs.every(({ isCertain }) => isCertain),',
    replace: 'isCertain: needs.length > 0,',
    theme: 'pooled',
  },
  {
    name: 'nobody looks what is under way before a pool changes',
    file: 'shared/domain/capacity/wanted-reads.ts',
    find: '(shrinks || changesPool(planned))',
    replace: '(shrinks || (shrinks && changesPool(planned)))',
  },
  {
    name: 'a capacity that is set again takes its pool along',
    file: 'shared/domain/capacity/decide-recovery.ts',
    find: 'if (isPoolRight(observation, planned)) return planned;',
    replace: 'if (isPoolRight(observation, planned) || changesPool(planned)) return planned;',
    theme: 'pooled',
  },
];
