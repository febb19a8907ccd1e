import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rememberWhole } from '#aws/cloudwatch/remember-whole.ts';
import type { Found, MetricQuery, StatMetric } from '#domain/configuration/metric.ts';
import { settleSeconds } from '#domain/configuration/reading-window.ts';
import type { Instant } from '#domain/time/instant.ts';
import { minutes, NOON, seconds } from '#test/support/builders.ts';

const FIVE: StatMetric = {
  kind: 'stat',
  namespace: 'AWS/EC2',
  metricName: 'CPUUtilization',
  dimensions: { AutoScalingGroupName: 'web-prod' },
  statistic: 'Average',
  periodSeconds: 300,
};
const queryOf = (metric: StatMetric = FIVE): MetricQuery => ({ metric, lookbackSeconds: 1_080 });

/** A CloudWatch in which every period has a value, its begin, as soon as it is whole. */
const newestWhole = ({ metric }: MetricQuery, now: Instant): Found => {
  const periodMs = metric.periodSeconds * 1_000;
  const end = Math.floor((now - settleSeconds(metric) * 1_000) / periodMs) * periodMs;
  return { whole: { at: end - periodMs, value: end - periodMs } };
};

const setUp = (answer = newestWhole) => {
  const clock = { now: NOON };
  const asked: (readonly MetricQuery[])[] = [];
  const read = rememberWhole(
    async (queries) => {
      asked.push(queries);
      return queries.map((query) => answer(query, clock.now));
    },
    () => clock.now,
  );
  const readAt = (now: Instant, queries: readonly MetricQuery[] = [queryOf()]) => {
    clock.now = now;
    return read(queries);
  };
  return { asked, readAt };
};

describe('a metric of long periods', () => {
  test.each([
    { title: 'a moment before its next period is whole', later: minutes(8) - 1, calls: 1 },
    { title: 'as soon as its next period is whole', later: minutes(8), calls: 2 },
    { title: 'by a clock that went back', later: -1, calls: 2 },
  ])('read again $title is asked for $calls times in all', async ({ later, calls }) => {
    // At noon and three minutes the period that ended at noon is whole.
    const { asked, readAt } = setUp((query, now) => newestWhole(query, Math.max(now, NOON)));
    const begin = later < 0 ? NOON : NOON + minutes(3);
    await readAt(begin);
    await readAt(later < 0 ? begin + later : NOON + later);

    expect(asked).toHaveLength(calls);
  });

  test('is remembered for itself, and others are asked for beside it in their order', async () => {
    const { asked, readAt } = setUp();
    const other = queryOf({ ...FIVE, metricName: 'NetworkIn' });
    await readAt(NOON, [queryOf()]);

    expect(await readAt(NOON + seconds(60), [other, queryOf(), other])).toEqual([
      newestWhole(other, NOON + seconds(60)),
      newestWhole(queryOf(), NOON),
      newestWhole(other, NOON + seconds(60)),
    ]);
    expect(asked).toEqual([[queryOf()], [other, other]]);
  });

  test('that a rule looks further back for is another question', async () => {
    const { asked, readAt } = setUp();
    await readAt(NOON);
    await readAt(NOON, [{ ...queryOf(), lookbackSeconds: 3_600 }]);

    expect(asked).toHaveLength(2);
  });

  test('that CloudWatch could not be asked for is asked for again', async () => {
    const failures = [new Error('Rate exceeded')];
    const { asked, readAt } = setUp((query, now) => {
      const failure = failures.pop();
      if (failure !== undefined) throw failure;
      return newestWhole(query, now);
    });

    await expect(readAt(NOON)).rejects.toThrow('Rate exceeded');
    expect(await readAt(NOON)).toEqual([newestWhole(queryOf(), NOON)]);
    expect(asked).toHaveLength(2);
  });

  test.each<{ title: string; found: Found; metric?: StatMetric }>([
    { title: 'has no value', found: undefined },
    { title: 'has no whole value', found: {} },
    { title: 'is refused', found: { refusal: 'no such metric' } },
    {
      title: 'is a total, of which parts count while they arrive',
      found: { whole: { at: NOON - minutes(10), value: 1 } },
      metric: { ...FIVE, statistic: 'Sum' },
    },
    {
      title: 'has periods of a minute',
      found: { whole: { at: NOON - minutes(1), value: 1 } },
      metric: { ...FIVE, periodSeconds: 60 },
    },
  ])('or not, that $title is asked for each time', async ({ found, metric = FIVE }) => {
    const { asked, readAt } = setUp(() => found);

    expect(await readAt(NOON, [queryOf(metric)])).toEqual([found]);
    expect(await readAt(NOON, [queryOf(metric)])).toEqual([found]);
    expect(asked).toHaveLength(2);
  });

  test('gives at every moment what asking would give', async () => {
    const periodSeconds = fc.constantFrom(10, 60, 120, 300, 3_600);
    const steps = fc.array(fc.integer({ min: -30, max: 400 }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(periodSeconds, steps, async (period, gaps) => {
        const query = queryOf({ ...FIVE, periodSeconds: period });
        // A period that is whole stays so, whatever a clock says afterwards.
        let latest = NOON;
        const { readAt } = setUp((each) => newestWhole(each, latest));
        let now = NOON;
        for (const gap of gaps) {
          now += seconds(gap);
          latest = Math.max(latest, now);
          const [found] = await readAt(now, [query]);
          expect(found).toEqual(newestWhole(query, latest));
        }
      }),
    );
  });
});
