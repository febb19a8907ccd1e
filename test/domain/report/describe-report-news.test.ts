import { describe, expect, test } from '@jest/globals';
import { NO_COUNTS } from '#domain/notify/channel-counts.ts';
import { describeReportNews, type ReportFacts } from '#domain/report/describe-report-news.ts';
import type { GroupReport } from '#domain/report/group-report.ts';

const DUE = Date.parse('2026-03-02T07:00:00Z');
const DAY_MS = 86_400_000;

const sizes = {
  hours: 168,
  instanceHours: 772.84,
  smallest: 2,
  largest: 9,
  mean: 4.6,
  atMaximum: 3.5,
  atMinimum: 61,
};

const aReport = (change: Partial<GroupReport> = {}): GroupReport => ({
  group: 'web',
  autoScalingGroup: 'web-prod',
  changes: { out: 41, in: 43 },
  reversals: 6,
  refused: 1,
  targets: 2,
  troubles: { AtMaximum: 4 },
  byRule: {},
  idleRules: [],
  sizes,
  cost: { spent: 74.19, atLargest: 145.15, basis: 'a list', isListed: true },
  hints: ['the maximum held for 2.1 % of the time', 'another'],
  ...change,
});

const {
  sizes: _sizes,
  cost: _cost,
  ...quiet
} = aReport({
  group: 'api',
  changes: { out: 1, in: 0 },
  reversals: 0,
  refused: 0,
  targets: 0,
  troubles: {},
  hints: ['its sizes are not known'],
});

const told = (change: Partial<ReportFacts> = {}) =>
  describeReportNews({
    since: DUE - 7 * DAY_MS,
    at: DUE,
    to: ['ops'],
    groups: [quiet, aReport()],
    uncounted: 0,
    channels: [{ channel: 'ops', ...NO_COUNTS, messages: 3, told: 9, gathered: 8 }],
    ...change,
  });

const fieldOf = (name: string, change: Partial<ReportFacts>) =>
  told(change).fields.find((each) => each.name === name)?.value;

describe('the words of a scheduled report', () => {
  test('sum up a week, with a line for each group, the busiest first', () => {
    expect(told()).toEqual({
      kind: 'report',
      at: DUE,
      days: 7,
      to: ['ops'],
      title: 'The last 7 days: 85 changes, 4 times a person was asked',
      text: [
        'web: 41 out, 43 in; 2 to 9 in service; at the maximum for 3.5 h; AtMaximum 4; the maximum held for 2.1 % of the time',
        'api: 1 out, 0 in',
      ].join('\n'),
      fields: [
        { name: 'Time', value: '2026-02-23 07:00 UTC to 2026-03-02 07:00 UTC' },
        {
          name: 'Changes',
          value: '42 out, 43 in; 6 reversals; 1 refused by AWS; 2 targets taken out',
        },
        { name: 'Asked a person', value: 'AtMaximum 4' },
        { name: 'Instance-hours', value: '772.8, without 1 groups whose sizes are not known' },
        { name: 'Cost', value: '$74.19 at list prices, without 1 groups' },
        {
          name: 'Messages',
          value: 'ops: 3 messages about 9 pieces of news, of which 8 were gathered',
        },
      ],
    });
  });

  test('of a quiet day say that there is nothing to do, and leave out what is not known', () => {
    const { title, fields } = told({ since: DUE - DAY_MS, groups: [quiet], channels: [] });

    expect(title).toBe('The last day: 1 change, nothing for a person to do');
    expect(fields.map(({ name }) => name)).toEqual(['Time', 'Changes']);
  });

  test('know a day that the clocks made shorter or longer, and the singular', () => {
    expect(told({ since: DUE - DAY_MS + 3_600_000 }).days).toBe(1);
    expect(told({ since: DUE - DAY_MS - 3_600_000 }).days).toBe(1);
    expect(told({ since: DUE - 60_000 }).days).toBe(1);
    expect(told({ groups: [aReport({ troubles: { AtMaximum: 1 } })] }).title).toBe(
      'The last 7 days: 84 changes, 1 time a person was asked',
    );
  });

  test('name ten groups, count the others, and say which were not read', () => {
    const groups = Array.from({ length: 12 }, (_, index) => ({
      ...quiet,
      group: `g${index}`,
      changes: { out: index, in: 0 },
    }));
    const lines = told({ groups, uncounted: 3 }).text.split('\n');

    expect(lines[0]).toBe('g11: 11 out, 0 in');
    expect(lines.slice(9)).toEqual([
      'g2: 2 out, 0 in',
      'and 2 more groups',
      '3 groups are not counted: there was no time to read them all',
    ]);
    expect(told({ groups: groups.slice(0, 10) }).text).not.toContain('more groups');
  });

  test('put a group that asked a person before a busier one', () => {
    const busy = aReport({ group: 'busy', changes: { out: 99, in: 0 }, troubles: {} });

    expect(told({ groups: [busy, aReport()] }).text.split('\n')[0]).toMatch(/^web: /);
  });

  test('count reasons over all groups, the most frequent first', () => {
    const groups = [
      aReport(),
      aReport({ troubles: { AccessDenied: 7, AtMaximum: 1 } }),
      aReport({ troubles: {} }),
    ];

    expect(fieldOf('Asked a person', { groups })).toBe('AccessDenied 7, AtMaximum 5');
  });

  test('add costs up that are in one currency, and no others', () => {
    const own = aReport({ cost: { spent: 10, atLargest: 20, basis: 'the file' } });

    expect(fieldOf('Cost', { groups: [own, own] })).toBe('20.00');
    expect(fieldOf('Cost', { groups: [own, aReport()] })).toBeUndefined();
    expect(fieldOf('Instance-hours', { groups: [own, own] })).toBe('1545.7');
  });

  test('leave out the hours at the maximum where there were none', () => {
    const groups = [aReport({ sizes: { ...sizes, atMaximum: 0 }, hints: [] })];

    expect(told({ groups }).text).toBe('web: 41 out, 43 in; 2 to 9 in service; AtMaximum 4');
  });

  test('name eight channels, and count the others', () => {
    const channels = Array.from({ length: 9 }, (_, index) => ({
      channel: `c${index}`,
      ...NO_COUNTS,
    }));
    const value = fieldOf('Messages', { channels })?.split('\n');

    expect(value?.slice(-2)).toEqual(['c7: nothing was told', 'and 1 more channels']);
    expect(fieldOf('Messages', { channels: channels.slice(0, 8) })).not.toContain('more channels');
  });
});
