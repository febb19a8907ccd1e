import { describe, expect, test } from '@jest/globals';
import { lastly } from '#app/report/lastly.ts';
import { readSizes } from '#app/report/read-sizes.ts';
import { type ReportPorts, tellReport } from '#app/report/tell-report.ts';
import type { Note } from '#domain/lane/note.ts';
import { NO_COUNTS } from '#domain/notify/channel-counts.ts';
import type { ReportNews } from '#domain/notify/report-news.ts';
import type { ReportMark } from '#domain/report/due-report.ts';
import { aBehavior, aGroup, minutes } from '#test/support/builders.ts';
import { EMAIL, SLACK } from '#test/support/notify-world.ts';

const DUE = Date.parse('2026-03-02T08:00:00Z');
const WEEK = minutes(7 * 1_440);
const schedule = { every: { weekday: 1, minuteOfDay: 480 }, timezone: 'UTC', to: ['ops'] };
const KEY = 'monday 08:00 UTC';

const aWorld = (change: Partial<ReportPorts> = {}, groups = [aGroup()]) => {
  const world = {
    now: DUE,
    mark: { schedule: KEY, at: DUE - WEEK } as ReportMark | undefined,
    told: [] as ReportNews[],
    notes: [] as Note[],
    effects: [] as string[],
    ranges: [] as object[],
    periods: [] as number[],
  };
  const ports: ReportPorts = {
    configuration: { groups, channels: [SLACK, EMAIL], report: schedule },
    readMark: async () => world.mark,
    writeMark: async (_before, next) => {
      world.effects.push('mark');
      world.mark = next;
    },
    readAllMemberships: async () => [],
    listDecisions: async (range) => {
      world.ranges.push(range);
      return [];
    },
    readRanges: async (metrics, from) => {
      world.periods.push(metrics[0]?.periodSeconds ?? 0);
      return metrics.map(() => new Map([[from, 3]]));
    },
    readChannelCounts: async () => new Map([['ops', { ...NO_COUNTS, messages: 2, told: 2 }]]),
    tell: async (news) => {
      world.effects.push('tell');
      world.told.push(news);
    },
    note: (note) => world.notes.push(note),
    now: () => world.now,
    ...change,
  };
  return { world, look: tellReport(ports) };
};

describe('a report by schedule', () => {
  test('is told when it is due, and marked then', async () => {
    const { world, look } = aWorld();
    world.now = DUE - 1;
    await look();
    expect(world.effects).toEqual([]);

    world.now = DUE;
    await look();
    await look();

    expect(world.effects).toEqual(['tell', 'mark']);
    expect(world.mark).toEqual({ schedule: KEY, at: DUE });
    expect(world.told).toEqual([
      expect.objectContaining({ kind: 'report', at: DUE, days: 7, to: ['ops'] }),
    ]);
    expect(world.ranges).toEqual([
      { group: 'web', since: DUE - WEEK, until: DUE - 1, most: 5_000 },
    ]);
    expect(world.told[0]?.fields.at(-1)).toEqual({
      name: 'Messages',
      value: 'ops: 2 messages\nmail: nothing was told',
    });
  });

  test('tells nothing at its first look, and what is due from then on', async () => {
    const { world, look } = aWorld();
    world.mark = undefined;
    await look();
    expect(world.effects).toEqual(['mark']);

    world.now = DUE + WEEK;
    await look();
    expect(world.told.map(({ at }) => at)).toEqual([DUE + WEEK]);
  });

  test('is sent again, as the same, by who comes after one that died before it was marked', async () => {
    let dies = true;
    const { world, look } = aWorld({
      writeMark: async () => {
        if (dies) throw new Error('the table is gone');
      },
    });
    await look();
    dies = false;
    world.now = DUE + minutes(1);
    await look();

    expect(world.told.map(({ at }) => at)).toEqual([DUE, DUE]);
    expect(world.notes).toEqual([
      expect.objectContaining({ kind: 'look-failed', group: 'the scheduled report' }),
    ]);
  });

  test('is not marked when it could not be sent', async () => {
    const { world, look } = aWorld({ tell: () => Promise.reject(new Error('no queue')) });
    await look();

    expect(world.mark?.at).toBe(DUE - WEEK);
    expect(world.notes).toHaveLength(1);
  });

  test('comes without sizes where they cannot be read', async () => {
    const { world, look } = aWorld({ readRanges: () => Promise.reject(new Error('throttled')) });
    await look();

    expect(world.told).toHaveLength(1);
    expect(world.told[0]?.fields.map(({ name }) => name)).not.toContain('Instance-hours');
    expect(world.notes).toEqual([
      expect.objectContaining({ kind: 'look-failed', group: 'the sizes of the report' }),
    ]);
  });

  test('has the members of fleets beside the named groups', async () => {
    const template = { capacity: {}, metrics: {}, rules: [], behavior: aBehavior({}) };
    const fleets = [{ name: 'cells', tags: { tier: 'cell' }, template }];
    const { world, look } = aWorld({
      configuration: { groups: [aGroup()], fleets, channels: [SLACK], report: schedule },
      readAllMemberships: async () => [
        { autoScalingGroup: 'cell-7', fleets: ['cells'], version: 1, untold: [] },
        { autoScalingGroup: 'of-two', fleets: ['cells', 'others'], version: 1, untold: [] },
      ],
    });
    await look();

    expect(world.ranges).toEqual([
      expect.objectContaining({ group: 'web' }),
      expect.objectContaining({ group: 'cells/cell-7' }),
    ]);
    expect(world.told[0]?.text.split('\n').map((line) => line.split(':')[0])).toEqual([
      'web',
      'cells/cell-7',
    ]);
  });

  test('waits for the next look while the members of fleets cannot be read', async () => {
    const template = { capacity: {}, metrics: {}, rules: [], behavior: aBehavior({}) };
    const fleets = [{ name: 'cells', tags: { tier: 'cell' }, template }];
    const { world, look } = aWorld({
      configuration: { groups: [], fleets, channels: [SLACK], report: schedule },
      readAllMemberships: () => Promise.reject(new Error('throttled')),
    });
    await look();

    expect([world.told, world.mark?.at]).toEqual([[], DUE - WEEK]);
    expect(world.notes).toHaveLength(1);
  });

  test('says how many groups there was no time to read', async () => {
    const groups = Array.from({ length: 120 }, (_, index) => aGroup({ name: `g${index}` }));
    const world = { now: DUE };
    const told: ReportNews[] = [];
    const { look } = aWorld(
      {
        now: () => world.now,
        listDecisions: async () => {
          world.now += 150;
          return [];
        },
        tell: async (news) => {
          told.push(news);
        },
      },
      groups,
    );
    await look();

    expect(told[0]?.text).toContain('20 groups are not counted');
  });

  test.each([
    [50, [300]],
    [51, [3_600]],
    [500, [3_600, 3_600, 3_600, 3_600]],
    [501, []],
  ])('of %d groups reads sizes in periods of %j seconds', async (count, periods) => {
    const groups = Array.from({ length: count }, (_, index) => aGroup({ name: `g${index}` }));
    const { world, look } = aWorld({}, groups);
    await look();

    expect(world.periods).toEqual(periods);
  });

  test('asks for nothing where the file has no schedule', async () => {
    const { world, look } = aWorld({ configuration: { groups: [], channels: [] } });
    await look();

    expect(world.effects).toEqual([]);
  });
});

describe('what comes last', () => {
  test('is done when the first has failed, whose failure is passed on', async () => {
    const done: string[] = [];
    const both = lastly(
      () => Promise.reject(new Error('no groups')),
      async () => {
        done.push('report');
      },
    );

    await expect(both()).rejects.toThrow('no groups');
    expect(done).toEqual(['report']);
  });
});

test('sizes are read for 125 groups in one call, of which one that publishes nothing has none', async () => {
  const groups = Array.from({ length: 126 }, (_, index) => aGroup({ name: `g${index}` }));
  const calls: number[] = [];
  const sizes = await readSizes(
    async (metrics) => {
      calls.push(metrics.length);
      return metrics.map((_, place) => new Map(place < 4 ? [] : [[DUE, 2]]));
    },
    groups,
    { from: DUE - 1, to: DUE },
  );

  expect(calls).toEqual([500, 4]);
  expect(sizes.map((each) => each === undefined).slice(0, 2)).toEqual([true, false]);
  expect(sizes).toHaveLength(126);
  expect(sizes[125]).toBeUndefined();
});
