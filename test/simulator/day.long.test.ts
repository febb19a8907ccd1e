import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createPageSource, reportData } from '#console/source/page-source.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { simulatedPorts } from '#simulator/console/simulated-ports.ts';
import { readDayArguments } from '#simulator/day/arguments.ts';
import { createCollector } from '#simulator/day/collect.ts';
import { DAY_START, runDay } from '#simulator/day/day.ts';
import { decisionLine, frameLines, type Paint } from '#simulator/day/live-view.ts';
import { loadOf } from '#simulator/day/load-of.ts';
import { newsworthy } from '#simulator/day/newsworthy.ts';
import { createScreen } from '#simulator/day/screen.ts';
import { constant, type Load, step } from '#simulator/fleet/load.ts';
import { serve } from '#simulator/fleet/service-model.ts';
import { minutes } from '#test/support/builders.ts';

const FILE = join(import.meta.dirname, '../../simulator/day/tidegate.yml');
const HOUR = minutes(60);

const PLAIN: Paint = {
  bold: String,
  dim: String,
  blue: String,
  cyan: String,
  yellow: String,
  red: String,
};

const day = async (load?: Load, hasAccidents = false, lasting = 24 * 60) => {
  const parsed = parseConfiguration(readFileSync(FILE, 'utf8'), {
    file: FILE,
    prefix: 'tidegate-dev',
  });
  if (!parsed.ok) throw new Error('the rules of the day have problems');
  const collected = createCollector();
  const ended = await runDay({
    configuration: parsed.value,
    seed: 1,
    minutes: lasting,
    hasAccidents,
    ...(load ? { load } : {}),
    listen: collected.listen,
    onSample: collected.sample,
    pause: () => Promise.resolve(),
  });
  const changes = collected.marks.filter(({ kind }) => kind === 'scaled' || kind === 'replaced');
  return { ...collected, changes, ended, configuration: parsed.value };
};

describe('the day of npm start', () => {
  let usual: Awaited<ReturnType<typeof day>>;
  beforeAll(async () => {
    usual = await day(undefined, true);
  }, 120_000);

  test('has a sample for each minute and grows and shrinks with its load', () => {
    expect(usual.samples).toHaveLength(1_440);
    const servingAt = (hour: number) => usual.samples[hour * 60]?.serving ?? 0;
    expect(servingAt(15)).toBeGreaterThan(2 * servingAt(5));
    expect(servingAt(23)).toBeLessThan(servingAt(15));
  });

  test('serves all but a few requests in time', () => {
    const { requests, violated } = usual.summary();

    expect(requests).toBeGreaterThan(40_000_000);
    expect(violated / requests).toBeLessThan(0.02);
  });

  test('replaces the instance that fell ill', () => {
    expect(usual.changes.filter(({ kind }) => kind === 'replaced')).toHaveLength(1);
  });

  test('tells operators of every change', () => {
    expect(usual.summary().messages).toBeGreaterThanOrEqual(usual.changes.length);
  });

  test('fits into a frame of any width, and a reader without a terminal gets each line once', () => {
    const frame = frameLines({ ...usual, width: 60, paint: PLAIN });
    expect(frame.every((line) => line.length <= 60)).toBe(true);
    expect(frame).toHaveLength(14);

    const texts: string[] = [];
    const show = createScreen({
      isLive: false,
      isSilent: false,
      width: 80,
      paint: PLAIN,
      write: (text) => texts.push(text),
    });
    show(usual);
    show(usual);
    expect(texts.join('').trim().split('\n')).toEqual(
      newsworthy(usual.marks).map((mark) => decisionLine(mark)),
    );
  });

  test.each([20, 40, 60, 80, 100, 200])('cuts no number of the curves at %d columns', (width) => {
    const frame = frameLines({ ...usual, width, paint: PLAIN });
    const { serving, capacityDesired, requestsPerSecond, p95LatencyMs } = usual.samples.at(-1)!;

    expect(frame[2]).toContain(`load ${`${Math.round(requestsPerSecond)} /s`.padStart(12)}`);
    expect(frame[3]).toContain(`${serving} of ${capacityDesired}`);
    expect(frame[4]).toContain(`${Math.round(p95LatencyMs)} ms`);
    expect(Math.max(...frame.map(({ length }) => length))).toBeLessThanOrEqual(width);
  });

  test('gives each kind of decision its colour, and cuts lines before they are coloured', () => {
    const paint: Paint = { ...PLAIN, blue: (text) => `<b>${text}</b>` };
    const frame = frameLines({ ...usual, width: 50, paint });
    const scaled = frame.find((line) => line.includes('scaled'));

    expect(scaled).toMatch(/^<b>.{49}…<\/b>$/);
  });

  test('shows a hold for each reason once, and all that changed something', () => {
    const news = newsworthy(usual.marks);
    const holds = news.filter(({ kind }) => kind === 'held');

    expect(news.filter(({ kind }) => kind !== 'held')).toEqual(
      usual.marks.filter(({ kind }) => kind !== 'held'),
    );
    expect(new Set(holds.map(({ reason }) => reason)).size).toBe(holds.length);
    expect(holds.length).toBeLessThan(news.length / 2);
  });

  test('leaves a page with its time line, its decisions and their stories', async () => {
    const { ended, configuration, events, figures } = usual;
    const ports = simulatedPorts({ ...ended, configuration: () => configuration });
    const { groups } = await reportData(
      createPageSource({
        ...ports,
        title: 'A day',
        subtitle: () => 'seed 1',
        since: () => DAY_START,
        latencyLimitMs: () => 500,
        events: () => events,
        figures,
      }),
    );
    const [web] = groups;

    expect(web?.times).toHaveLength(1_441);
    expect(web?.charts.map(({ title, unit }) => [title, unit])).toEqual([
      ['Demand', 'requests per second'],
      ['Capacity', 'units'],
      ['cpu', 'CPUUtilization, Average'],
      ['Response time', 'p95 in ms, log scale'],
    ]);
    expect(web?.charts[2]?.thresholds).toEqual([{ value: 5, label: 'idle: cpu < 5 for 15m' }]);
    expect(web?.marks.map(({ id }) => id).toSorted()).toEqual(
      usual.marks.map(({ id }) => id).toSorted(),
    );
    expect(web?.marks.filter(({ story }) => story === undefined)).toEqual([]);
  });
});

test('a constant load within the rules changes nothing all day', async () => {
  const { changes } = await day(constant(300));

  expect(changes).toEqual([]);
}, 120_000);

test('a step at six is answered within five minutes: after its first minute, of which not all has arrived', async () => {
  const { changes, samples } = await day(step(DAY_START + 6 * HOUR, 300, 600), false, 7 * 60);
  const [first] = changes;
  const after = (first?.at ?? 0) - (DAY_START + 6 * HOUR);

  expect(first?.reason).toBe('ScaledOut');
  expect(after).toBeGreaterThan(minutes(1));
  expect(after).toBeLessThanOrEqual(minutes(5));
  expect(samples[6 * 60 + 8]?.serving).toBeGreaterThan(samples[6 * 60]?.serving ?? 0);
}, 120_000);

describe('the service model', () => {
  const service = { ratePerInstance: 100, workers: 8, timeoutMs: 10_000 };
  const span = { seconds: 15, backlog: 0, instances: 4 };

  test('is quick with little to do and slow when nearly full', () => {
    const [idle, busy] = [600, 5_700].map((arrivals) => serve(service, { ...span, arrivals }));

    expect(idle?.p95LatencyMs).toBeLessThan(150);
    expect(busy?.p95LatencyMs).toBeGreaterThan(idle?.p95LatencyMs ?? 0);
    expect(busy?.utilisation).toBeCloseTo(0.95);
  });

  test('carries over what it cannot serve, and loses what would wait too long', () => {
    const full = serve(service, { ...span, arrivals: 12_000 });

    expect(full).toMatchObject({ utilisation: 1, backlog: 4_000, lost: 2_000 });
  });

  test('loses everything without an instance', () => {
    expect(serve(service, { ...span, instances: 0, arrivals: 100 })).toMatchObject({ lost: 100 });
  });
});

describe('a load', () => {
  test('is read from a file of seconds and rates, each held until the next', () => {
    const load = loadOf('load.csv', 0, () => 'seconds,requestsPerSecond\n0,10\n60,20\n');

    expect([0, 59_999, 60_000, 99_999].map((at) => load?.(at))).toEqual([10, 10, 20, 20]);
  });

  test('of a history is refused, and the command for histories is named', () => {
    expect(() => loadOf('load.csv', 0, () => 'timestamp,value\n1772452800,2\n')).toThrow(
      'npx tidegate backtest --history FILE',
    );
  });

  test('of a file without a line that fits is refused', () => {
    expect(() => loadOf('load.csv', 0, () => 'hello')).toThrow(
      'found no line of the form seconds,requestsPerSecond such as 60,120.5',
    );
  });
});

describe('the command line of npm start', () => {
  test.each([
    { words: ['--seed', 'x'], says: /--seed: found "x", expected a whole number/ },
    { words: ['--speed', '-1'], says: /speed/ },
    { words: ['--fast'], says: /fast/ },
  ])('says what is wrong with $words', ({ words, says }) => {
    expect(readDayArguments(words)).toMatch(says);
  });

  test('takes what it is given', () => {
    expect(
      readDayArguments(['--rules', 'r.yml', '--load', 'step', '--seed', '3', '--json']),
    ).toEqual({
      rules: 'r.yml',
      load: 'step',
      seed: 3,
      isJson: true,
      isStory: false,
      isConsole: false,
      out: '.tidegate',
      ignoresUnmodelled: false,
    });
  });
});
