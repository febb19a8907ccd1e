import { describe, expect, test } from '@jest/globals';
import { rebuildDemand } from '#domain/history/demand.ts';
import { endOfSeries, valueAt } from '#domain/history/series.ts';
import { minutes, NOON, seconds } from '#test/support/builders.ts';
import { aHistory, seriesFrom } from './history.ts';

describe('the demand of a group', () => {
  test('is what was served and what was turned away, a second', () => {
    const history = aHistory({ requests: [600, 1_200], rejected: [undefined, 60] });

    expect(rebuildDemand(history)).toEqual({
      kind: 'requests',
      periodSeconds: 60,
      start: NOON,
      perSecond: [10, 21],
      isSaturated: [false, false],
    });
  });

  test('is unknown in a hole, also where requests were turned away', () => {
    const history = aHistory({ requests: [600, undefined, 600], rejected: [0, 60, 0] });

    expect(rebuildDemand(history)?.perSecond).toEqual([10, undefined, 10]);
  });

  test('is none where a load balancer that reports nothing at zero was silent and the instances were watched', () => {
    const values = { requests: [600, undefined, undefined], cpu: [40, 2, undefined] };

    expect(rebuildDemand(aHistory(values, { silentAtZero: ['requests'] }))?.perSecond).toEqual([
      10,
      0,
      undefined,
    ]);
    expect(
      rebuildDemand(aHistory({ requests: [600, undefined] }, { silentAtZero: ['requests'] }))
        ?.perSecond,
    ).toEqual([10, undefined]);
  });

  test('was perhaps larger from 95 % of CPU on', () => {
    const history = aHistory({ requests: [6, 6, 6, 6], cpu: [94.9, 95, 100, undefined] });

    expect(rebuildDemand(history)?.isSaturated).toEqual([false, true, true, false]);
  });

  test('of a queue is what was sent, however busy the workers are', () => {
    const history = aHistory({ messagesSent: [60, undefined], cpu: [100, 100], rejected: [9, 9] });

    expect(rebuildDemand(history)).toEqual({
      kind: 'messages',
      periodSeconds: 60,
      start: NOON,
      perSecond: [1, undefined],
      isSaturated: [false, false],
    });
  });

  test('is unknown of a history without requests and messages', () => {
    expect(rebuildDemand(aHistory({ cpu: [1] }))).toBeUndefined();
  });

  test('takes its share of what was turned away in longer periods, and the sum of shorter ones', () => {
    const longer = aHistory({ requests: [60, 60, 60] });
    const rejected = seriesFrom('rejected', [120], { periodSeconds: 120 });
    const shorter = aHistory({ rejected: [6, 12, 18] });
    const requests = seriesFrom('requests', [120, 120], { periodSeconds: 120 });

    expect(rebuildDemand({ ...longer, series: { ...longer.series, rejected } })?.perSecond).toEqual(
      [2, 2, 1],
    );
    expect(
      rebuildDemand({ ...shorter, series: { ...shorter.series, requests } })?.perSecond,
    ).toEqual([1 + 18 / 120, 1 + 18 / 120]);
  });
});

describe('a series', () => {
  const series = seriesFrom('cpu', [1, undefined]);

  test('has a value for each period, its begin included and its end not', () => {
    expect(valueAt(series, NOON - 1)).toBeUndefined();
    expect(valueAt(series, NOON)).toBe(1);
    expect(valueAt(series, NOON + minutes(1) - 1)).toBe(1);
    expect(valueAt(series, NOON + minutes(1))).toBeUndefined();
    expect(valueAt(series, NOON + minutes(9))).toBeUndefined();
  });

  test('ends with its last period', () => {
    expect(endOfSeries(series)).toBe(NOON + seconds(120));
  });
});
