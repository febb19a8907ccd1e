import { describe, expect, test } from '@jest/globals';
import type { Mark } from '#console/page/data.ts';
import { marksOf } from '#console/source/mark-of.ts';
import { figuresOf } from '#console/source/page-source.ts';
import type { ConsolePorts } from '#console/source/ports.ts';
import { readTimeLine } from '#console/source/time-line.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import type { GroupStatus } from '#domain/status/group-status.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { dayConfiguration } from '#test/support/watched-day.ts';
import { aMark } from './a-page.ts';

const [web] = dayConfiguration().groups;
if (web === undefined) throw new Error('there is no group');

const nameOf = (metric: Metric): string => (metric.kind === 'stat' ? metric.metricName : '');

/** A CloudWatch with these values at NOON and each minute after it; it refuses every call with one of the metrics. */
const cloudWatch =
  (values: Readonly<Record<string, readonly number[]>>, refused = ''): ConsolePorts['readRanges'] =>
  async (metrics, from) => {
    if (metrics.some((metric) => nameOf(metric) === refused)) throw new Error('refused');
    return metrics.map(
      (metric) =>
        new Map(
          (values[nameOf(metric)] ?? []).map((value, place) => [from + minutes(place), value]),
        ),
    );
  };

const lineOf = (
  readRanges: ConsolePorts['readRanges'],
  marks: readonly Mark[] = [],
  { group = web, status }: Readonly<{ group?: Group; status?: GroupStatus }> = {},
) =>
  readTimeLine(
    { since: () => NOON, now: () => NOON + minutes(4), readRanges } as unknown as ConsolePorts,
    group,
    { status, marks },
  );

const POOLED: Group = { ...web, warmPool: { wakeSeconds: 40, isReused: true } };

describe('the time line of a group', () => {
  test('has a value for each minute and one for now, and a gap where CloudWatch has none', async () => {
    const { times, charts } = await lineOf(
      cloudWatch({ RequestCount: [600, 1_200], CPUUtilization: [40, 50.123_456] }),
    );
    const lines = charts.map(({ title, lines: [first] }) => [title, first?.values]);

    expect(times.map((at) => (at - NOON) / minutes(1))).toEqual([0, 1, 2, 3, 4]);
    expect(lines).toEqual([
      ['Demand', [10, 20, null, null, null]],
      ['Capacity', [null, null, null, null, null]],
      ['cpu', [40, 50.12, null, null, null]],
    ]);
  });

  test('holds the wanted capacity where a minute was not measured', async () => {
    const { charts } = await lineOf(cloudWatch({ GroupDesiredCapacity: [4, 6] }));

    expect(charts[0]?.lines[0]?.values).toEqual([4, 6, 6, 6, 6]);
  });

  test('shows the wanted capacity by our own changes where the group does not publish it', async () => {
    const marks = [
      aMark({ at: NOON + minutes(1) + 500, change: { from: 4, to: 6 } }),
      aMark({ at: NOON + minutes(3), change: { from: 6, to: 5 } }),
    ];
    const { charts } = await lineOf(cloudWatch({}), marks);

    expect(charts[0]?.lines[0]?.values).toEqual([4, 6, 6, 5, 5]);
  });

  test('has what was ready in the warm pool as a band on what serves, held where it was not measured', async () => {
    const metrics = cloudWatch({
      GroupInServiceInstances: [4, 4, 5, 5],
      WarmPoolWarmedCapacity: [2, 1],
    });
    const status = {
      rules: [],
      capacity: {
        desired: 5,
        inService: 5,
        starting: 0,
        min: { at: 2, by: 'tidegate.yml' },
        max: { at: 9, by: 'tidegate.yml' },
        pool: { ready: 3, warming: 0, limit: 8 },
      },
    } as unknown as GroupStatus;
    const [chart] = (await lineOf(metrics, [], { group: POOLED, status })).charts;

    expect(chart?.lines.slice(1)).toEqual([
      { name: 'serving', style: 'step', values: [4, 4, 5, 5, 5] },
      { name: 'ready in the pool', style: 'band', values: [2, 1, 1, 1, 3] },
    ]);
  });

  test('has no band where the group does not publish its pool, nor where it has none', async () => {
    const namesOf = async (group: Group, metrics: Readonly<Record<string, readonly number[]>>) => {
      const [chart] = (await lineOf(cloudWatch(metrics), [], { group })).charts;
      return chart?.lines.map(({ name }) => name);
    };

    expect(await namesOf(POOLED, {})).toEqual(['wanted', 'serving']);
    expect(await namesOf(web, { WarmPoolWarmedCapacity: [2] })).toEqual(['wanted', 'serving']);
  });

  test('hides no other metric when one is refused', async () => {
    const { charts } = await lineOf(
      cloudWatch({ CPUUtilization: [40], TargetResponseTime: [0.25] }, 'RequestCount'),
    );

    expect(charts.map(({ title }) => title)).toEqual(['Capacity', 'cpu', 'Response time']);
    expect(charts[2]?.lines[0]?.values[0]).toBe(250);
  });
});

describe('a mark', () => {
  const decision: RecordedDecision = {
    id: 'web-1',
    group: 'web',
    at: NOON,
    status: 'planned',
    reason: 'ScaledOut',
    summary: 'web 4 → 6',
  };

  test('of a decision in flight is planned; of one that the world overtook there is none', () => {
    expect(marksOf([{ ...decision, status: 'superseded' }, decision])).toEqual([
      { at: NOON, id: 'web-1', kind: 'planned', summary: 'web 4 → 6', reason: 'ScaledOut' },
    ]);
  });

  test('of a hold has the kind that people were told; the oldest stands first', () => {
    const hold: RecordedDecision = {
      ...decision,
      id: 'web-2',
      at: NOON + 1,
      status: 'held',
      reason: 'AtMaximum',
    };

    expect(marksOf([hold, decision]).map(({ id, kind }) => [id, kind])).toEqual([
      ['web-1', 'planned'],
      ['web-2', 'at-max'],
    ]);
  });

  test('of trouble that goes on says that it was known, and counts for no second person', () => {
    const holds = [1, 2, 3].map((minute) => ({
      ...decision,
      id: `web-${minute}`,
      at: NOON + minute,
      status: 'held' as const,
      reason: 'AtMaximum' as const,
      ...(minute === 2 ? { goesOn: true as const } : {}),
    }));
    const marks = marksOf(holds);

    expect(marks.map(({ isKnown = false }) => isKnown)).toEqual([false, true, false]);
    expect(figuresOf(marks)).toEqual([
      { name: 'Changes', value: '0' },
      { name: 'Holds', value: '0' },
      { name: 'Needed a person', value: '2' },
    ]);
  });
});
