import { describe, expect, test } from '@jest/globals';
import { chooseVariants } from '#simulator/quality/choose.ts';
import type { Family } from '#simulator/quality/family.ts';
import { boundsOver, judgeField } from '#simulator/quality/field.ts';
import { costAt, mixAt, mixed } from '#simulator/quality/front.ts';
import { gridOf } from '#simulator/quality/grid.ts';
import { intervalOf } from '#simulator/quality/judge.ts';
import { LEVELS, type Measured, type Point } from '#simulator/quality/measure.ts';
import { resamplings } from '#simulator/quality/resample.ts';
import {
  boundsLine,
  duelTable,
  effortTable,
  heldOutTable,
  oneSettingByTrace,
  oneSettingTable,
  traceTable,
  tunedTable,
  variantLines,
} from '#simulator/quality/tables.ts';

/** Two days of 10 instance-hours each at the optimum, and 1000 requests. */
const aPoint = (
  variant: number,
  share: number,
  spot: readonly [violated: number, cost: number],
): Point => ({
  variant,
  share,
  hours: [10 * spot[1], 10 * spot[1]],
  requests: [1_000, 1_000],
  violated: [1_000 * spot[0], 1_000 * spot[0]],
  changes: 4,
  launches: 2,
  reversals: 1,
  worstHour: 0.1,
});

type Variants = readonly (readonly (readonly [number, number])[])[];

const aMeasured = (family: string, trace: string, variants: Variants): Measured => ({
  file: `${trace}.csv`,
  trace,
  family,
  size: 40,
  seed: 1,
  optimum: [10, 10],
  points: variants.flatMap((spots, variant) =>
    spots.map((spot, share) => aPoint(variant, share, spot)),
  ),
});

const aFamily = (name: string, isOurs = false): Family => ({
  name,
  isOurs,
  learns: false,
  variants: ['careful', 'bold'],
  policy: () => {
    throw new Error('nobody runs it here');
  },
});

describe('the cost at a share of violations', () => {
  const spots = [
    { violated: 0, cost: 2 },
    { violated: 0.02, cost: 1.2 },
    { violated: 0.01, cost: 1.9 },
    { violated: 0.03, cost: 1.3 },
  ];

  test.each([
    [0, 2],
    [0.01, 1.6],
    [0.02, 1.2],
    [0.5, 1.2],
  ])('at %d lies on the lower hull', (level, cost) => {
    expect(costAt(spots, level)).toBeCloseTo(cost, 9);
  });

  test('is nothing where every setting violates more', () => {
    expect(costAt(spots.slice(1), 0.005)).toBeUndefined();
    expect(costAt([], 0.1)).toBeUndefined();
  });

  test('is that of two settings, each for a part of the time', () => {
    const mix = mixAt(spots, 0.005) ?? [];
    expect(mix).toEqual([
      { place: 0, share: expect.closeTo(0.75, 9) },
      { place: 1, share: expect.closeTo(0.25, 9) },
    ]);
    expect(mixed(mix, (place) => [4, 8][place] ?? 0)).toBeCloseTo(5, 9);
    expect(mixAt(spots, 0.5)).toEqual([{ place: 1, share: 1 }]);
  });
});

describe('the choice of a variant', () => {
  /** On a and b the bold variant is cheaper, on c the careful one. */
  const careful = [
    [0, 1.5],
    [0.05, 1.2],
  ] as const;
  const better = [
    [0, 1.4],
    [0.05, 1.1],
  ] as const;
  const worse = [
    [0, 1.9],
    [0.05, 1.8],
  ] as const;
  const grid = gridOf([
    aMeasured('f', 'a', [careful, better]),
    aMeasured('f', 'b', [careful, better]),
    aMeasured('f', 'c', [careful, worse]),
  ]);

  test('of a trace is made on the others alone', () => {
    const { perTrace, heldOut } = chooseVariants({ grid }, 0.01, () => 9);
    expect(['a', 'b', 'c'].map(perTrace)).toEqual([0, 0, 1]);
    expect(heldOut('c')).toBe(1);
  });

  test('of one setting for all traces is the same on each', () => {
    const { forAll } = chooseVariants({ grid }, 0.01, () => 9);
    expect(new Set(['a', 'b', 'c'].map(forAll)).size).toBe(1);
  });

  test('is made on the tuning traces where there are some', () => {
    const tuning = gridOf([aMeasured('f', 'z', [careful, better])]);
    const { perTrace } = chooseVariants({ grid, tuning }, 0.01, () => 9);
    expect(['a', 'b', 'c'].map(perTrace)).toEqual([1, 1, 1]);
  });
});

describe('the field', () => {
  const peak = [[0, 3]] as const;
  const families = [aFamily('static peak'), aFamily('a peer'), aFamily('ours', true)];
  const measured = ['a', 'b'].flatMap((trace) => [
    aMeasured('static peak', trace, [peak]),
    aMeasured('a peer', trace, [[[0.01, 1.5]], [[0.01, 1.5]]]),
    aMeasured('ours', trace, [
      [
        [0, 1.6],
        [0.02, trace === 'a' ? 1.2 : 1.6],
      ],
    ]),
  ]);
  const lines = judgeField({ families, measured });

  test('gives whoever cannot violate so little the cost of the static peak, and says on how many traces', () => {
    const [first] = lines.filter(({ family, level }) => family === 'a peer' && level === 0.001);
    expect(first).toMatchObject({ tuned: { value: expect.closeTo(3, 9) }, unreached: 2 });
    expect(first?.oneSetting).toBeUndefined();
  });

  test('names the cheapest peer in both views, and the traces on which ours costs more', () => {
    const [ours] = lines.filter(({ family, level }) => family === 'ours' && level === 0.01);
    const ratio = Math.sqrt(1.4 * 1.6) / 1.5;
    // Half of the time the first setting and half of the time the second: 1.6 and a mean of 1.2 and 1.6.
    const oneRatio = (0.5 * 1.6 + 0.5 * Math.sqrt(1.2 * 1.6)) / 1.5;
    expect(ours?.overPeer).toMatchObject({
      tuned: { peer: 'a peer', losses: ['b'], value: expect.closeTo(ratio, 9) },
      oneSetting: { peer: 'a peer', losses: ['b'], value: expect.closeTo(oneRatio, 9) },
    });
    expect(lines.filter(({ overPeer }) => overPeer !== undefined).length).toBe(LEVELS.length);
  });

  test('draws traces, too, for the interval of a difference: on one of the two it costs more', () => {
    const [ours] = lines.filter(({ family, level }) => family === 'ours' && level === 0.01);
    const [low, high] = ours?.overPeer?.tuned?.interval ?? [];
    expect([low, high]).toEqual([expect.closeTo(1.4 / 1.5, 9), expect.closeTo(1.6 / 1.5, 9)]);
    expect(ours?.tuned.interval[0]).toBe(ours?.tuned.interval[1]);
  });

  test('judges a trace with the setting that keeps the level on the other one', () => {
    const [ours] = lines.filter(({ family, level }) => family === 'ours' && level === 0.01);
    // On b nothing is gained by violations, so that a is judged with the first setting, and b with half of each.
    expect(ours?.heldOut).toMatchObject({
      value: expect.closeTo(1.6, 9),
      violated: expect.closeTo(0.005, 9),
    });
    const alone = judgeField({ families, measured: measured.filter(({ trace }) => trace === 'a') });
    expect(alone.every(({ heldOut }) => heldOut === undefined)).toBe(true);
  });

  test('counts what is done with one setting', () => {
    const [peer] = lines.filter(({ family, level }) => family === 'a peer' && level === 0.01);
    expect(peer?.oneSetting?.effort).toEqual({ worstHour: 0.1, changes: 2, reversals: 0.5 });
  });

  test('is told in tables', () => {
    const dear = '3.000 (3.00–3.00) [2]';
    const cheap = '1.500 (1.50–1.50)';
    expect(tunedTable(lines)).toContain(`| a peer | ${dear} | ${cheap} | ${cheap} | ${cheap} |`);
    expect(oneSettingTable(lines)).toContain(`| a peer | – | ${cheap} | ${cheap} | ${cheap} |`);
    expect(heldOutTable(lines)).toContain('| a peer | – | 1.500 at 1 % |');
    expect(traceTable(lines, 0.01)).toContain('| ours | 1.400 | 1.600 |');
    expect(oneSettingByTrace(lines, 0.01)).toContain('| ours | 1.400 at 1 % | 1.600 at 1 % |');
    expect(effortTable(lines, 0.01)).toContain('| a peer | 10 % | 2 | 1 |');
    expect(duelTable(lines, 'tuned')).toContain(
      '| ours | 1 % | a peer | 0.998 (0.93–1.07) | level | b |',
    );
    expect(duelTable(lines, 'oneSetting')).toContain('| ours | 1 % | a peer |');
    expect(variantLines(lines, 0.01)).toContain('- ours: careful');
  });

  test('has bounds: what is possible with violations, and with one boot of sight', () => {
    const bounds = { relaxed: [1, 0.9, 0.85, 0.8], sighted: aPoint(0, 1, [0.001, 1.02]) };
    expect(boundsLine(boundsOver([{ ...aMeasured('bounds', 'a', []), bounds }]))).toBe(
      'Bounds: the optimum with 0.1 % violated costs 1.000, the optimum with 1 % violated costs 0.900, the optimum with 2 % violated costs 0.850, the optimum with 5 % violated costs 0.800 and sight of one boot 1.020 with 0.1 % violated.',
    );
  });
});

describe('an interval', () => {
  test('leaves out two and a half of a hundred at each end', () => {
    expect(intervalOf(Array.from({ length: 201 }, (_, index) => 200 - index))).toEqual([5, 195]);
  });

  test('comes from days and seeds that are drawn with replacement, the same for all families', () => {
    const measured = [aMeasured('f', 'a', []), { ...aMeasured('g', 'a', []), seed: 2 }];
    const draws = resamplings(measured, 3);
    expect(draws).toEqual(resamplings(measured, 3));
    const wide = resamplings(measured, 3, 'traces');
    expect(wide.map(({ traces }) => traces.get('a'))).toEqual([1, 1, 1]);
    for (const { traces, days, seeds } of draws) {
      expect(traces.size).toBe(0);
      expect(days.get('a')?.reduce((sum, each) => sum + each)).toBe(2);
      expect([...seeds.values()].reduce((sum, each) => sum + each)).toBe(2);
    }
  });
});
