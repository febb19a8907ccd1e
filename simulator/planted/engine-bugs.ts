import type { Bug } from './bug.ts';

/** Mistakes in rules that read metrics, in schedules, and in what tames them. */
export const ENGINE_BUGS: readonly Bug[] = [
  {
    name: 'limits are overlooked',
    file: 'shared/domain/capacity/gates/limits.ts',
    find: "if (rates.length === 0) return pass('no limit to the rate');",
    replace: "if (rates.length < 9) return pass('no limit to the rate');",
  },
  {
    name: 'a limit forgets what was changed before',
    file: 'shared/domain/capacity/gates/limits.ts',
    find: 'const begin = current - moved;',
    replace: 'const begin = current - moved * 0;',
  },
  {
    name: 'windows are overlooked',
    file: 'shared/domain/capacity/gates/stabilisation.ts',
    find: 'if (stabilizeSeconds === 0) return',
    replace: 'if (stabilizeSeconds < 9_999) return',
  },
  {
    name: 'wishes are not remembered',
    file: 'shared/domain/capacity/next-scale-head.ts',
    find: 'return thinned([...kept, { at: now, capacity: decision.wanted }]);',
    replace: 'return kept;',
  },
  {
    name: 'the wish at the begin of the window is forgotten',
    file: 'shared/domain/capacity/gates/stabilisation.ts',
    find: 'head.wishes.slice(Math.max(0, first))',
    replace: 'head.wishes.slice(first + 1)',
  },
  {
    name: 'a window that nobody remembers is over at once',
    file: 'shared/domain/capacity/gates/stabilisation.ts',
    find: 'first === -1 ? [currentCapacity(observation)] : []',
    replace: 'first === -2 ? [currentCapacity(observation)] : []',
  },
  {
    name: 'the tolerance is not tested again without what warms up',
    file: 'shared/domain/capacity/rules/track.ts',
    find: 'warming > 0 && !rule.isTotal && wanted > current',
    replace: 'warming > 999 && !rule.isTotal && wanted > current',
  },
  {
    name: 'the surplus of weighted units is taken twice',
    file: 'shared/domain/capacity/reckoned-capacity.ts',
    find: 'there > current && there',
    replace: 'there > current + 999 && there',
  },
  {
    name: 'schedules do not heed that they are suspended',
    file: 'shared/domain/observed/group-state.ts',
    find: "suspendedProcesses.includes('ScheduledActions')",
    replace: "suspendedProcesses.includes('ScheduledAction')",
  },
  {
    name: 'a shadow has a vote',
    file: 'shared/domain/capacity/combine.ts',
    find: 'filter(({ isShadow }) => !isShadow)',
    replace: 'filter(({ isShadow }) => !isShadow || isShadow)',
  },
  {
    name: 'who wants to stay is always dropped',
    file: 'shared/domain/capacity/combine.ts',
    find: 'ballot === undefined || capacity !== current || !moving.has(ballot)',
    replace: 'capacity !== current || (ballot !== undefined && !moving.has(ballot))',
  },
  {
    name: 'a rule that fails is only blind',
    file: 'shared/domain/capacity/combine.ts',
    find: "({ kind }) => kind === 'fails'",
    replace: '({ rule, kind }) => rule === kind',
  },
  {
    name: 'what warms up is counted in full',
    file: 'shared/domain/capacity/rules/recommend-adjustment.ts',
    find: "adjustment.kind === 'add' ? unitsInWarmUp(observation) : 0",
    replace: "adjustment.kind === 'add' ? unitsInWarmUp(observation) * 0 : 0",
  },
  {
    name: 'a tracking rule multiplies what warms up',
    file: 'shared/domain/capacity/rules/track.ts',
    find: 'there - stuck - warming)',
    replace: 'there - stuck)',
  },
  {
    name: 'a tolerance is none',
    file: 'shared/domain/capacity/rules/track.ts',
    find: '1 + scaleOut.tolerancePercent / 100',
    replace: '1 + scaleOut.tolerancePercent / 1_000',
  },
  {
    name: 'an old value is as good as a new one',
    file: 'shared/domain/capacity/rules/look.ts',
    find: 'ageSeconds <= longestAge(metric, onMissing)',
    replace: 'ageSeconds <= 9 * longestAge(metric, onMissing)',
  },
  {
    name: 'a throttle looks like missing data',
    file: 'shared/app/capacity/observe-metrics.ts',
    find: 'readMetrics(wanted.map(({ query }) => query)),',
    replace: 'readMetrics(wanted.map(({ query }) => query)).catch(() => []),',
  },
  {
    name: 'the nearest band counts, not the furthest',
    file: 'shared/domain/capacity/rules/step.ts',
    find: "side === 'above' ? bound > than.bound : bound < than.bound",
    replace: "side === 'above' ? bound < than.bound : bound > than.bound",
  },
  {
    name: 'a result is rounded down',
    file: 'shared/domain/capacity/rules/expression.ts',
    find: 'Math.max(0, ceil(result))',
    replace: 'Math.max(0, Math.floor(result - 0.5))',
  },
  {
    name: 'a schedule moves no bound',
    file: 'shared/domain/capacity/bounds.ts',
    find: '!rule.isShadow && openings[rule.name]?.isOpen',
    replace: 'rule.isShadow && openings[rule.name]?.isOpen',
  },
  {
    name: 'a window is open before it opens',
    file: 'shared/schedule/opening-of.ts',
    find: 'const isOpen = from <= now && now < to;',
    replace: 'const isOpen = now < to;',
  },
  {
    name: 'what the clocks show twice is gone through twice',
    file: 'shared/domain/time/local-clock.ts',
    find: 'return Math.max(now + offset, changedAt + before - 1);',
    replace: 'return Math.max(now + offset, before - changedAt);',
  },
  {
    name: 'a share of nothing allows nothing',
    file: 'shared/domain/capacity/gates/limits.ts',
    find: 'Math.max(begin + 1, ceil(begin',
    replace: 'Math.max(begin, ceil(begin',
  },
  {
    name: 'launches that fail are overlooked',
    file: 'shared/domain/capacity/launch-failure.ts',
    find: '>= PATIENCE_SECONDS &&',
    replace: '>= 99 * PATIENCE_SECONDS &&',
  },
  {
    name: 'it is forgotten since when units are missing',
    file: 'shared/domain/capacity/next-scale-head.ts',
    find: '{ missingSince: since }',
    replace: '{ missingSince: observation.now }',
  },
  {
    name: 'the last look of a minute is forgotten',
    file: 'shared/domain/sweep/decide-sweep.ts',
    find: 'Math.ceil(MINUTE_SECONDS / everySeconds) - 1 }',
    replace: 'Math.ceil(MINUTE_SECONDS / everySeconds) - 2 }',
  },
  {
    name: 'all looks of a minute come at once',
    file: 'shared/app/sweep/sweep.ts',
    find: "        cause: 'between-minutes' satisfies SweepCause,\n        delaySeconds,",
    replace:
      "        cause: 'between-minutes' satisfies SweepCause,\n        delaySeconds: 0 * delaySeconds,",
  },
  {
    name: 'the sweep waits for alarms only',
    file: 'shared/domain/sweep/decide-sweep.ts',
    find: "if (isTimed(group)) return 'minute-passed';",
    replace: '',
  },
];
