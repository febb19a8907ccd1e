import { describe, expect, test } from '@jest/globals';
import type { Family } from '#simulator/quality/family.ts';
import { boundsOver, judgeField } from '#simulator/quality/field.ts';
import { costAt } from '#simulator/quality/front.ts';
import { gridOf } from '#simulator/quality/grid.ts';
import { chooseVariants, intervalOf } from '#simulator/quality/judge.ts';
import type { Measured, Point } from '#simulator/quality/measure.ts';
import { resamplings } from '#simulator/quality/resample.ts';
import {
  boundsLine,
  duelTable,
  fieldTable,
  traceTable,
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
    const { perTrace, forAll } = chooseVariants({ grid }, 0.01, () => 9);
    expect(['a', 'b', 'c'].map(perTrace)).toEqual([0, 0, 1]);
    expect(forAll('c')).toBe(1);
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

  test('names the cheapest peer, and the traces on which ours loses to it', () => {
    const [ours] = lines.filter(({ family, level }) => family === 'ours' && level === 0.01);
    expect(ours?.overPeer).toMatchObject({ peer: 'a peer', losses: ['b'] });
    expect(ours?.overPeer?.value).toBeCloseTo(Math.sqrt(1.4 * 1.6) / 1.5, 9);
  });

  test('is told in tables', () => {
    expect(fieldTable(lines)).toContain('| a peer | 3.000 (3.00–3.00) [2] | 1.500 (1.50–1.50) |');
    expect(traceTable(lines, 0.01)).toContain('| ours | 1.400 | 1.600 |');
    expect(duelTable(lines)).toContain('| ours | 1 % | a peer | 0.998 (1.00–1.00) | cheaper | b |');
    expect(variantLines(lines, 0.01)).toContain('- ours: careful');
  });

  test('has bounds: what is possible with violations, and with one boot of sight', () => {
    const bounds = { relaxed: [1, 0.9, 0.8], sighted: aPoint(0, 1, [0.001, 1.02]) };
    expect(boundsLine(boundsOver([{ ...aMeasured('bounds', 'a', []), bounds }]))).toBe(
      'Bounds: the optimum with 0.1 % violated costs 1.000, the optimum with 1 % violated costs 0.900, the optimum with 5 % violated costs 0.800 and sight of one boot 1.020 with 0.1 % violated.',
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
    for (const { days, seeds } of draws) {
      expect(days.get('a')?.reduce((sum, each) => sum + each)).toBe(2);
      expect([...seeds.values()].reduce((sum, each) => sum + each)).toBe(2);
    }
  });
});
