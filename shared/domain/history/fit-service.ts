import { type Demand, SATURATED_CPU_PERCENT } from './demand.ts';
import { type FittedLine, fitLine, type XY } from './fit-line.ts';
import type { GroupHistory } from './group-history.ts';
import { ascending, quantileOfSorted } from './median.ts';
import { valueAt } from './series.ts';

/** The work that one instance carries, as a history shows it. */
export type FittedService = Readonly<{
  /** CPU in percent against requests a second of one instance. */
  line: FittedLine;
  /** Periods that the line was fitted on. */
  points: number;
  /** Requests or messages a second at which one instance has all its CPU in use. */
  perInstanceAtFullCpu: number;
}>;

export type ServiceRefusal = Readonly<{ refusal: string }>;

/** Fewer periods are no fit. */
export const FEWEST_POINTS = 60;
/** A line that explains less of the CPU's spread explains nothing that a decision could go by. */
const LEAST_EXPLAINED = 0.5;
/** The busiest twentieth must have so many times the load of the quietest. */
const LEAST_RANGE = 1.2;

/**
 * Fits the CPU of the instances against the work of each: the line of Theil and Sen, over all periods in which
 * demand, CPU and instances are known and the CPU is not saturated. Refuses, and says why, where the line
 * would explain nothing.
 */
export const fitService = (
  { series: { cpu, inService, messagesDeleted } }: GroupHistory,
  demand: Demand,
): FittedService | ServiceRefusal => {
  if (cpu === undefined) return missing('cpu');
  if (inService === undefined) return missing('inService');

  const points = demand.perSecond.flatMap((perSecond, index): readonly XY[] => {
    const at = demand.start + index * demand.periodSeconds * 1_000;
    // A queue levels its load: the instances do what is deleted, not what is sent.
    const done =
      demand.kind === 'messages' && messagesDeleted !== undefined
        ? perSecondOf(valueAt(messagesDeleted, at), messagesDeleted.periodSeconds)
        : perSecond;
    const percent = valueAt(cpu, at);
    const instances = valueAt(inService, at);
    return done === undefined ||
      percent === undefined ||
      percent >= SATURATED_CPU_PERCENT ||
      instances === undefined ||
      instances === 0
      ? []
      : [[done / instances, percent]];
  });
  return judge(points);
};

const perSecondOf = (count: number | undefined, seconds: number): number | undefined =>
  count === undefined ? undefined : count / seconds;

const missing = (name: string): ServiceRefusal => ({
  refusal: `the history has no ${name}, so what one instance carries cannot be fitted`,
});

const judge = (points: readonly XY[]): FittedService | ServiceRefusal => {
  const because = (refusal: string): ServiceRefusal => ({ refusal });
  if (points.length < FEWEST_POINTS) {
    return because(
      `${points.length} periods have load, CPU and instances, and a fit takes ${FEWEST_POINTS}`,
    );
  }
  const loads = points.map(([x]) => x).sort(ascending);
  const [low, high] = [quantileOfSorted(loads, 0.05), quantileOfSorted(loads, 0.95)];
  if (high < LEAST_RANGE * low || high === 0) {
    return because(
      `the load of one instance hardly changes (${figure(low)} to ${figure(high)} a second), so its effect on the CPU cannot be seen`,
    );
  }
  const line = fitLine(points);
  if (line === undefined || line.slope <= 0) {
    return because('the CPU does not rise with the load of an instance');
  }
  if (line.explained < LEAST_EXPLAINED) {
    return because(
      `the load explains ${Math.max(0, Math.round(100 * line.explained))} % of the CPU's spread, and a fit takes ${100 * LEAST_EXPLAINED} %: something else uses the CPU`,
    );
  }
  return {
    line,
    points: points.length,
    perInstanceAtFullCpu: (100 - line.intercept) / line.slope,
  };
};

/** Three digits that mean something. */
const figure = (value: number): string => String(Number(value.toPrecision(3)));

/** The work a second that one instance carries within a limit of CPU; 0 when idling is too much. */
export const carriedWithinCpu = ({ line }: FittedService, percent: number): number =>
  Math.max(0, (percent - line.intercept) / line.slope);
