import { describe, expect, test } from '@jest/globals';
import { rebuildDemand } from '#domain/history/demand.ts';
import { carriedWithinLatency } from '#domain/history/fit-latency.ts';
import { carriedWithinCpu, fitService } from '#domain/history/fit-service.ts';
import type { GroupHistory } from '#domain/history/group-history.ts';
import { aHistory } from './history.ts';

const COUNT = 480;
const each = (value: (minute: number) => number | undefined) =>
  Array.from({ length: COUNT }, (_, minute) => value(minute));
/** Requests a second of one instance, from 10 to 33.9. */
const load = (minute: number): number => 10 + minute / 20;

const fitOf = (history: GroupHistory) => fitService(history, rebuildDemand(history)!);

/** Two instances that use 5 % of CPU at rest and 2 % for each request a second. */
const WEB = aHistory({
  requests: each((minute) => 60 * 2 * load(minute)),
  cpu: each((minute) => 5 + 2 * load(minute)),
  inService: each(() => 2),
});

describe('what one instance carries', () => {
  test('is read off the line of CPU against its requests', () => {
    const fitted = fitOf(WEB);
    if ('refusal' in fitted) throw new Error(fitted.refusal);

    expect(fitted.points).toBe(COUNT);
    expect(fitted.line.slope).toBeCloseTo(2, 6);
    expect(fitted.line.intercept).toBeCloseTo(5, 6);
    expect(fitted.line.explained).toBeCloseTo(1, 6);
    expect(fitted.perInstanceAtFullCpu).toBeCloseTo(47.5, 6);
    expect(carriedWithinCpu(fitted, 80)).toBeCloseTo(37.5, 6);
    expect(carriedWithinCpu(fitted, 4)).toBe(0);
  });

  test('is fitted without holes, without saturated periods, and without periods that have no instance', () => {
    const fitted = fitOf(
      aHistory({
        requests: each((minute) => (minute % 5 === 0 ? undefined : 60 * 2 * load(minute))),
        cpu: each((minute) => {
          if (minute % 5 === 1) return undefined;
          return minute % 5 === 2 ? 95 : 5 + 2 * load(minute);
        }),
        inService: each((minute) => {
          if (minute % 10 === 3) return 0;
          return minute % 10 === 8 ? undefined : 2;
        }),
      }),
    );

    expect(fitted).toMatchObject({ points: COUNT / 5 });
  });

  test('of a worker is what it is done with, not what is sent', () => {
    const worker = {
      messagesSent: each((minute) => (minute % 2 === 0 ? 0 : 9_000)),
      messagesDeleted: each((minute) => 60 * load(minute)),
      cpu: each((minute) => 2 * load(minute)),
      inService: each(() => 1),
    };

    expect(fitOf(aHistory(worker))).toMatchObject({ line: { slope: expect.closeTo(2, 6) } });
    expect(fitOf(aHistory({ ...worker, messagesDeleted: each(() => undefined) }))).toMatchObject({
      refusal: expect.stringContaining('0 periods'),
    });
  });

  test.each([
    [{ cpu: undefined }, 'the history has no cpu'],
    [{ inService: undefined }, 'the history has no inService'],
    [
      { cpu: each((minute) => (minute < 59 ? 10 : undefined)) },
      '59 periods have load, CPU and instances, and a fit takes 60',
    ],
    [{ requests: each((minute) => 1_200 + (minute % 2)) }, 'hardly changes (10 to 10 a second)'],
    [{ requests: each(() => 0) }, 'hardly changes (0 to 0 a second)'],
    [{ cpu: each((minute) => 90 - 2 * load(minute)) }, 'does not rise with the load'],
    [
      { cpu: each((minute) => 30 + load(minute) / 2 + ((minute * 7_919) % 41)) },
      "of the CPU's spread",
    ],
  ] as const)('is refused where a fit would say nothing: %#', (change, says) => {
    const series = { ...WEB.series };
    for (const [name, values] of Object.entries(change)) {
      if (values === undefined) delete series[name as 'cpu'];
      else series[name as 'cpu'] = aHistory({ [name]: values }).series[name as 'cpu']!;
    }
    const refused = fitOf({ ...WEB, series });

    expect(refused).toEqual({ refusal: expect.stringContaining(says) });
  });

  test('takes sixty periods', () => {
    const series = {
      ...WEB.series,
      cpu: aHistory({
        cpu: each((minute) => (minute % 8 === 0 ? 5 + 2 * load(minute) : undefined)),
      }).series.cpu!,
    };

    expect(fitOf({ ...WEB, series })).toMatchObject({ points: 60 });
  });
});

describe('what one instance carries within a limit of the response time', () => {
  const within = (seconds: number, change: Parameters<typeof aHistory>[0] = {}) => {
    const history = aHistory({
      requests: each((minute) => 60 * 2 * load(minute)),
      latency: each((minute) => load(minute) / 100),
      inService: each(() => 2),
      ...change,
    });
    return carriedWithinLatency(history, rebuildDemand(history)!, seconds);
  };

  test('is the load of the last bin that keeps it', () => {
    expect(within(0.22)).toEqual({ perInstance: expect.closeTo(21.35, 1), isAtLeast: false });
  });

  test('is at least the largest load where the limit was never exceeded', () => {
    expect(within(1)).toEqual({ perInstance: expect.closeTo(33.35, 1), isAtLeast: true });
  });

  test('is refused where the limit is exceeded at rest, or nothing is known', () => {
    expect(within(0.1)).toMatchObject({
      refusal: 'the p95 exceeds 0.1 s even where an instance has the least load',
    });
    expect(within(1, { latency: each(() => undefined) })).toMatchObject({
      refusal: '0 periods have load, p95 and instances, and a limit of p95 takes 60',
    });
    expect(within(1, { inService: each(() => 0) })).toHaveProperty('refusal');
    expect(within(1, { requests: each(() => undefined) })).toHaveProperty('refusal');
  });

  test('is refused of a history without response times or instances', () => {
    const history = aHistory({ requests: each(() => 60) });
    expect(carriedWithinLatency(history, rebuildDemand(history)!, 1)).toHaveProperty('refusal');
  });
});
