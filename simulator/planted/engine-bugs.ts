import type { Bug } from './bug.ts';

/** Mistakes in rules that read metrics, in schedules, and in what tames them. */
export const ENGINE_BUGS: readonly Bug[] = [
  {
    name: 'limits are overlooked',
    file: 'shared/domain/gates/limits.ts',
    find: "if (rates.length === 0) return pass('no limit to the rate');",
    replace: "if (rates.length < 9) return pass('no limit to the rate');",
  },
  {
    name: 'a limit forgets what was changed before',
    file: 'shared/domain/gates/limits.ts',
    find: 'const begin = current - moved;',
    replace: 'const begin = current - moved * 0;',
  },
  {
    name: 'windows are overlooked',
    file: 'shared/domain/gates/stabilisation.ts',
    find: 'if (stabilizeSeconds === 0) return',
    replace: 'if (stabilizeSeconds < 9_999) return',
  },
  {
    name: 'wishes are not remembered',
    file: 'shared/domain/next-scale-head.ts',
    find: 'return thinned([...kept, { at: now, capacity: decision.wanted }]);',
    replace: 'return kept;',
  },
  {
    name: 'the wish at the begin of the window is forgotten',
    file: 'shared/domain/gates/stabilisation.ts',
    find: 'head.wishes.slice(Math.max(0, first))',
    replace: 'head.wishes.slice(first + 1)',
  },
  {
    name: 'a shadow has a vote',
    file: 'shared/domain/combine.ts',
    find: 'filter(({ isShadow }) => !isShadow)',
    replace: 'filter(({ isShadow }) => !isShadow || isShadow)',
  },
  {
    name: 'who wants to stay is always dropped',
    file: 'shared/domain/combine.ts',
    find: 'ballot === undefined || capacity !== current || !moving.has(ballot)',
    replace: 'capacity !== current || (ballot !== undefined && !moving.has(ballot))',
  },
  {
    name: 'a rule that fails is only blind',
    file: 'shared/domain/combine.ts',
    find: "({ kind }) => kind === 'fails'",
    replace: '({ rule, kind }) => rule === kind',
  },
  {
    name: 'what warms up is counted in full',
    file: 'shared/domain/rules/wish.ts',
    find: "adjustment.kind === 'add' ? warmingUnits(observation) : 0",
    replace: "adjustment.kind === 'add' ? warmingUnits(observation) * 0 : 0",
  },
  {
    name: 'a tracking rule multiplies what warms up',
    file: 'shared/domain/rules/track.ts',
    find: 'current === 0 ? 1 : current - warming',
    replace: 'current === 0 ? 1 : current',
  },
  {
    name: 'a tolerance is none',
    file: 'shared/domain/rules/track.ts',
    find: '1 + scaleOut.tolerancePercent / 100',
    replace: '1 + scaleOut.tolerancePercent / 1_000',
  },
  {
    name: 'an old value is as good as a new one',
    file: 'shared/domain/rules/look.ts',
    find: 'ageSeconds <= longestAge(metric, onMissing)',
    replace: 'ageSeconds <= 9 * longestAge(metric, onMissing)',
  },
  {
    name: 'a throttle looks like missing data',
    file: 'shared/app/observe-metrics.ts',
    find: 'await readMetrics(wanted.map(({ query }) => query))',
    replace: 'await readMetrics(wanted.map(({ query }) => query)).catch(() => [])',
  },
  {
    name: 'the nearest band counts, not the furthest',
    file: 'shared/domain/rules/step.ts',
    find: "side === 'above' ? bound > than.bound : bound < than.bound",
    replace: "side === 'above' ? bound < than.bound : bound > than.bound",
  },
  {
    name: 'a result is rounded down',
    file: 'shared/domain/rules/expression.ts',
    find: 'Math.max(0, ceil(result))',
    replace: 'Math.max(0, Math.floor(result - 0.5))',
  },
  {
    name: 'a schedule moves no bound',
    file: 'shared/domain/bounds.ts',
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
    name: 'launches that fail are overlooked',
    file: 'shared/domain/launch-failure.ts',
    find: '>= PATIENCE_SECONDS &&',
    replace: '>= 99 * PATIENCE_SECONDS &&',
  },
  {
    name: 'it is forgotten since when units are missing',
    file: 'shared/domain/next-scale-head.ts',
    find: '{ missingSince: since }',
    replace: '{ missingSince: observation.now }',
  },
  {
    name: 'the sweep waits for alarms only',
    file: 'shared/domain/decide-sweep.ts',
    find: "if (isTimed(group)) return 'minute-passed';",
    replace: '',
  },
];
