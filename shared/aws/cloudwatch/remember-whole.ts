import { isGrowing } from '#domain/configuration/growing-metric.ts';
import { type Found, isRefused, type MetricQuery } from '#domain/configuration/metric.ts';
import { settleSeconds } from '#domain/configuration/reading-window.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';

type ReadMetrics = (queries: readonly MetricQuery[]) => Promise<readonly Found[]>;

/** An answer of CloudWatch, and the stretch of time in which it would be given again. */
type Kept = Readonly<{ found: Found; from: Instant; until: Instant }>;

/**
 * Reads a metric of long periods when its next period is whole, and not before: until then the newest whole value
 * stays the same, and each question for it costs as much as the first one. A function's environment remembers for
 * itself alone; a new one asks. A metric of a minute or less has news at every look, and so has one of which parts
 * count while they arrive: those are asked for each time. So is what had no value, was refused, or could not be asked.
 * A value that its source corrects once it is whole is seen corrected from the next period on.
 */
export const rememberWhole = (read: ReadMetrics, now: () => Instant): ReadMetrics => {
  const kept = new Map<string, Kept>();

  return async (queries) => {
    const at = now();
    const known = queries.map((query) => {
      const found = kept.get(JSON.stringify(query));
      return found !== undefined && found.from <= at && at < found.until ? found : undefined;
    });
    const open = queries.filter((_, place) => known[place] === undefined);
    const answers = open.length === 0 ? [] : [...(await read(open))];

    return queries.map((query, place): Found => {
      const before = known[place];
      if (before !== undefined) return before.found;
      const found = answers.shift();
      const until = wholeUntilNext(query, found);
      if (until !== undefined) kept.set(JSON.stringify(query), { found, from: at, until });
      return found;
    });
  };
};

/** The moment when the period after the newest whole one is whole; nothing of what must be asked for each time. */
const wholeUntilNext = ({ metric }: MetricQuery, found: Found): Instant | undefined => {
  if (metric.periodSeconds <= 60 || isGrowing(metric)) return undefined;
  if (found === undefined || isRefused(found) || found.whole === undefined) return undefined;
  return found.whole.at + (2 * metric.periodSeconds + settleSeconds(metric)) * SECOND_MS;
};
