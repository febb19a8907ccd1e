import { describe, expect, test } from '@jest/globals';
import { KINDS } from '#simulator/cost/fleets.ts';
import { measure, measureEmpty } from '#simulator/cost/measure.ts';

describe('counting what a deployment does', () => {
  test('finds the page of alarms and the heads that each sweep reads, and no metric', async () => {
    const minutes = 30;
    const empty = await measureEmpty(KINDS.thresholds, minutes);
    const one = await measure({ kind: KINDS.thresholds, groups: 1, minutes });

    expect(empty).toMatchObject({ alarmCalls: minutes, metricsRead: 0, published: 0 });
    // Each sweep reads the head and the override of the group, half a unit each.
    expect(one.readUnits - empty.readUnits).toBeGreaterThanOrEqual(minutes - 1);
    expect(one.metricsRead).toBe(0);
  });

  test('finds that metrics of a minute are read at each look, however many groups share the call', async () => {
    const minutes = 20;
    const two = await measure({ kind: KINDS.twoMetrics, groups: 2, minutes });

    // The first sweep comes after a minute, and the look of the last one is still on its way.
    expect(two.metricsRead).toBe(2 * 2 * (minutes - 1));
  });

  test('finds that a mean of five minutes is read once in five minutes', async () => {
    const minutes = 60;
    const one = await measure({ kind: KINDS.fiveMinutes, groups: 1, minutes });

    expect(one.metricsRead).toBeLessThanOrEqual(minutes / 5 + 8);
    expect(one.metricsRead).toBeGreaterThanOrEqual(minutes / 5 - 1);
  });

  test('finds four looks a minute where they are wanted', async () => {
    const minutes = 10;
    const [often, usual] = [
      await measure({ kind: KINDS.often, groups: 1, minutes }),
      await measure({ kind: KINDS.track, groups: 1, minutes }),
    ];

    expect(often.metricsRead / usual.metricsRead).toBeGreaterThan(3.5);
    expect(often.metricsRead / usual.metricsRead).toBeLessThanOrEqual(4);
  });

  test('finds that a calm minute of ten groups, which fill a batch, writes the mark of its sweep alone', async () => {
    const counted = (minutes: number) => measure({ kind: KINDS.schedule, groups: 10, minutes });
    const [some, more] = [await counted(10), await counted(20)];

    expect(more.queueRequests).toBeGreaterThan(some.queueRequests);
    expect(more.writeUnits - some.writeUnits).toBe(10);
  });

  test('finds the members of a fleet that no file names, and that their metric is read at each look', async () => {
    const minutes = 15;
    const empty = await measureEmpty(KINDS.members, minutes);
    const three = await measure({ kind: KINDS.members, groups: 3, minutes });

    expect(empty.metricsRead).toBe(0);
    // A member is found by one look, and read from the next one on.
    expect(three.metricsRead).toBeGreaterThanOrEqual(3 * (minutes - 3));
    expect(three.metricsRead).toBeLessThanOrEqual(3 * (minutes - 1));
    expect(three.alarmCalls).toBe(0);
  });
});
