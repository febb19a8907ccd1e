import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { escapeHtml } from '#channels/escape-html.ts';
import { logAxis, timeAxis, valueAxis } from '#simulator/report/axis.ts';
import { escapeJson } from '#simulator/report/escape-json.ts';
import { reportPage } from '#simulator/report/page.ts';
import { SIZES } from '#simulator/report/plot.ts';
import type { Mark, ReportData } from '#simulator/report/report-data.ts';
import { NOON } from '#test/support/builders.ts';

const HOUR = 3_600_000;

describe('an axis of values', () => {
  test.each([
    { largest: 0, ticks: [0, 0.5, 1] },
    { largest: 9, ticks: [0, 5, 10] },
    { largest: 10, ticks: [0, 5, 10] },
    { largest: 11, ticks: [0, 5, 10, 15] },
    { largest: 800, ticks: [0, 200, 400, 600, 800] },
    { largest: 801, ticks: [0, 500, 1000] },
  ])('up to $largest has round ticks from zero to no less', ({ largest, ticks }) => {
    expect(valueAxis(largest, [100, 0]).ticks).toEqual(ticks);
  });

  test('maps zero to the bottom and its end to the top', () => {
    const axis = valueAxis(800, [180, 20]);

    expect([axis.of(0), axis.of(400), axis.of(800)]).toEqual([180, 100, 20]);
  });

  test('never leaves the plot', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (largest) => {
        const axis = valueAxis(largest, [100, 0]);
        expect(axis.of(largest)).toBeGreaterThanOrEqual(0);
        expect(axis.ticks.length).toBeLessThanOrEqual(7);
      }),
    );
  });
});

describe('a logarithmic axis', () => {
  test.each([
    { of: [90, 400], ticks: [10, 20, 50, 100, 200, 500] },
    { of: [90, 10_000], ticks: [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000] },
    { of: [1, 100_000], ticks: [1, 10, 100, 1_000, 10_000, 100_000] },
    { of: [0, 0], ticks: [1, 2, 5, 10] },
    { of: [0.12, 10], ticks: [0.1, 0.2, 0.5, 1, 2, 5, 10] },
    { of: [100, 100], ticks: [100, 200, 500, 1_000] },
  ] as const)('over $of has round ticks', ({ of, ticks }) => {
    expect(logAxis([of[0], of[1]], [100, 0]).ticks).toEqual(ticks);
  });

  test('gives each power of ten the same room, and never leaves the plot', () => {
    const axis = logAxis([100, 10_000], [100, 0]);

    expect([1, 100, 1_000, 10_000, 1e9].map((value) => Math.round(axis.of(value)))).toEqual([
      100, 100, 50, 0, 0,
    ]);
  });
});

describe('an axis of time', () => {
  test.each([
    { hours: 24, count: 13, step: 2 },
    { hours: 12, count: 13, step: 1 },
    { hours: 1, count: 5, step: 0.25 },
    { hours: 168, count: 8, step: 24 },
  ])('over $hours h has a tick every $step h', ({ hours, count, step }) => {
    const start = Date.UTC(2026, 2, 2);
    const { ticks } = timeAxis([start, start + hours * HOUR], [0, 100]);

    expect(ticks).toHaveLength(count);
    expect((ticks[1] ?? 0) - (ticks[0] ?? 0)).toBe(step * HOUR);
  });

  test('has its ticks at round hours, wherever it starts', () => {
    const start = Date.UTC(2026, 2, 2, 9, 17);
    const { ticks } = timeAxis([start, start + 12 * HOUR], [0, 100]);

    expect(ticks[0]).toBe(Date.UTC(2026, 2, 2, 10));
  });
});

const aMark = (overrides: Partial<Mark> = {}): Mark => ({
  at: NOON,
  id: 'web-1',
  kind: 'scaled',
  summary: 'web 4 → 6',
  reason: 'ScaledOut',
  trace: [{ stage: 'bounds', verdict: 'pass', reason: 'Passed', detail: '6 is within 2 to 10' }],
  capacity: 6,
  ...overrides,
});

const someData = (overrides: Partial<ReportData> = {}): ReportData => ({
  title: 'A day',
  subtitle: 'seed 1',
  points: [0, 1].map((hour) => ({
    at: NOON + hour * HOUR,
    requestsPerSecond: 100,
    capacityDesired: 4,
    serving: 4,
    p95LatencyMs: 90,
  })),
  marks: [aMark()],
  metrics: [
    {
      name: 'cpu',
      unit: 'CPUUtilization, Average',
      thresholds: [{ value: 60, label: 'cpu-high: cpu > 60' }],
      values: [
        { at: NOON, value: 40 },
        { at: NOON + HOUR, value: undefined },
      ],
    },
  ],
  figures: [{ name: 'Requests', value: '1,000' }],
  latencyLimitMs: 500,
  ...overrides,
});

const pageOf = (data: ReportData): string => reportPage(data, { css: 'a{}', script: 'let b;' });

describe('the report', () => {
  test('is one page without an address to fetch anything from', () => {
    const page = pageOf(someData());

    expect(page).not.toMatch(/(?:src|href)="(?!data:,)/);
    expect(page).not.toMatch(/https?:/);
    expect(page).toContain("default-src 'none'");
  });

  test('plots load, capacity, what rules look at, and response time, in three sizes each', () => {
    const page = pageOf(someData());
    const names = ['Load', 'Capacity', 'cpu', 'Response time'];

    expect(
      [...page.matchAll(/<svg class="(\w+)" .*aria-label="([^"]+)"/g)].map(([, size, name]) => [
        name,
        size,
      ]),
    ).toEqual(names.flatMap((name) => ['wide', 'medium', 'narrow'].map((size) => [name, size])));
  });

  test('shows where rules begin to act, by name', () => {
    const page = pageOf(someData());

    expect(page.match(/class="limit-name"[^>]*>cpu-high: cpu &gt; 60</g)).toHaveLength(3);
    expect(page).toContain('slow from 500 ms');
  });

  test('has text that is readable in each size: no SVG is drawn wider than it is shown', () => {
    const widths = SIZES.map(({ name, width }) => [name, width]);

    // The style sheet shows them up to 1,160, 900 and 560 pixels; a phone has 390, less 24 of padding.
    expect(widths).toEqual([
      ['wide', 1_120],
      ['medium', 680],
      ['narrow', 350],
    ]);
  });

  test('leads by keyboard to the first mark, and from there to the others', () => {
    const marks = [aMark(), aMark({ id: 'web-2', at: NOON + HOUR })];
    const page = pageOf(someData({ marks }));

    expect(page.match(/role="button" tabindex="0"/g)).toHaveLength(3);
    expect(page.match(/role="button" tabindex="-1"/g)).toHaveLength(3);
  });

  test('filters by the kinds that there are, with their numbers', () => {
    const marks = [
      aMark(),
      aMark({ id: 'web-2', kind: 'held' }),
      aMark({ id: 'web-3', kind: 'held' }),
    ];
    const page = pageOf(someData({ marks }));

    expect(
      [...page.matchAll(/name="(\w+)" checked> (.*?)<small>(\d+)/g)].map(([, ...all]) => all),
    ).toEqual([
      ['out', '▲ scaled out ', '1'],
      ['held', '● held ', '2'],
    ]);
  });

  test.each([
    { kind: 'scaled', reason: 'ScaledOut', shape: 'out' },
    { kind: 'scaled', reason: 'BelowMinimum', shape: 'out' },
    { kind: 'scaled', reason: 'ScaledIn', shape: 'in' },
    { kind: 'replaced', reason: 'TargetsReplaced', shape: 'replaced' },
    { kind: 'held', reason: 'CoolingDown', shape: 'held' },
  ] as const)(
    'marks a decision of the kind $kind for $reason as $shape',
    ({ kind, reason, shape }) => {
      const page = pageOf(someData({ marks: [aMark({ kind, reason })] }));

      expect(page).toContain(`class="mark ${shape}"`);
      expect(page).toContain(`<li class="${shape}" data-kind="${shape}" id="web-1">`);
    },
  );

  test('shows a hostile text as text, in every place', () => {
    const hostile = `</script><img src=x onerror=alert(1)> " ' &`;
    const page = pageOf(
      someData({
        title: hostile,
        subtitle: hostile,
        marks: [aMark({ id: hostile, summary: hostile })],
        figures: [{ name: hostile, value: hostile }],
      }),
    );

    expect(page).not.toContain('<img');
    expect(page.match(/<\/script>/g)).toHaveLength(2);
  });

  test('has nothing to show for a day without a point, and shows that', () => {
    expect(pageOf(someData({ points: [], marks: [] }))).toContain('<h2>Decisions</h2>');
  });
});

describe('escaping', () => {
  test('leaves no character that HTML reads', () => {
    expect(escapeHtml(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
  });

  test('gives back any JSON as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = escapeJson(value);
        expect(text).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
