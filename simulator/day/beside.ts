import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import { type Conditions, USUAL_CONDITIONS } from '#simulator/backtest/conditions.ts';
import type { Trace } from '#simulator/backtest/trace.ts';
import { type Comparison, compare } from '#simulator/compare/compare.ts';
import { percent } from '#simulator/compare/describe-comparison.ts';
import type { Sample } from '#simulator/fleet/sample.ts';
import { type Course, coursesOf } from './courses.ts';
import { boundsOf, DAY_SERVICE, latencyLimitOf } from './day.ts';
import { namesOf } from './names-of.ts';
import { otherRules } from './other-rules.ts';

/** The ways to scale that stand beside a day: their figures, and the course of each through the day. */
export type Beside = Readonly<{ comparison: Comparison; courses: readonly Course[] }>;

/**
 * Runs the load of a day once more without its accidents: the rules, rules that forecast, thresholds on CPU, target
 * tracking at its best target for this very day, a static fleet, and the optimum. Nothing where several groups share
 * the day, or where the work waits in a queue.
 */
export const besideDay = (
  { groups }: Configuration,
  samples: readonly Sample[],
): Beside | undefined => {
  const [group, ...others] = groups;
  if (group === undefined || others.length > 0 || namesOf(group).queue !== undefined) {
    return undefined;
  }
  const comparing = {
    trace: traceOfDay(samples),
    conditions: conditionsOfDay(group),
    rules: [{ name: 'these rules', group }, ...otherRules(group)],
    peers: ['target-tracking', 'static'],
    seeds: 1,
  } as const;
  const comparison = compare(comparing);
  return { comparison, courses: coursesOf(comparing, comparison) };
};

const traceOfDay = (samples: readonly Sample[]): Trace => ({
  name: 'day',
  start: (samples[0]?.at ?? 0) / SECOND_MS,
  stepSeconds: 60,
  demand: Float64Array.from(samples, ({ requestsPerSecond }) => requestsPerSecond),
  saturated: new Uint8Array(samples.length),
});

/** Instances of a day start within one to two minutes, and pass two checks ten seconds apart. */
const BOOT_SECONDS = Array.from({ length: 13 }, (_, step) => 43 + 5 * step);
const CHECK_SECONDS = 20;

const conditionsOfDay = (group: Group): Conditions => ({
  ...USUAL_CONDITIONS,
  service: {
    ...DAY_SERVICE,
    sharing: 'pooled',
    objective: { kind: 'p95', latencyMs: latencyLimitOf(group) },
  },
  boot: {
    ...USUAL_CONDITIONS.boot,
    start: { kind: 'measured', seconds: BOOT_SECONDS },
    healthCheckSeconds: CHECK_SECONDS,
    failureShare: 0,
  },
  ...boundsOf(group),
  unscoredSeconds: 600,
  instanceHour: group.instanceHour ?? 1,
});

/** The comparison in a few lines, for the end of a run. */
export const besideLines = ({ rows }: Pick<Comparison, 'rows'>): readonly string[] => {
  const shown = rows.filter(({ name }) => name !== 'sees one boot ahead');
  const width = Math.max(...shown.map(({ name }) => name.length));
  return [
    'The same load without accidents, by these rules and by others, without any day before it to learn from:',
    ...shown.map(
      ({ name, instanceHours, overOptimum, violated }) =>
        `  ${name.padEnd(width)}  ${instanceHours.toFixed(1).padStart(6)} instance-hours, ${overOptimum.toFixed(2)} of the optimum, ${percent(violated)} too slow or lost`,
    ),
    'Target tracking stands there with the best of its settings for this very day.',
  ];
};
