import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FAMILIES } from '#simulator/quality/families.ts';
import { knobAt, SHARES } from '#simulator/quality/family.ts';
import { BOUNDS, measure, traceIn } from '#simulator/quality/measure.ts';
import { aCourse, aWorld } from '../backtest/a-world.ts';

let directory = '';
const file = () => join(directory, 'two-levels.csv');

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tidegate-quality-'));
  const lines = Array.from({ length: 48 }, (_, bin) => {
    const [hour, minute] = [Math.floor(bin / 4), 15 * (bin % 4)].map((each) =>
      String(each).padStart(2, '0'),
    );
    return `2026-03-02T${hour}:${minute}:00Z,${bin % 8 < 4 ? 50 : 100}`;
  });
  writeFileSync(file(), ['timestamp,value', ...lines, ''].join('\n'));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('the field', () => {
  test('gives every family that has a knob as many settings', () => {
    const tuned = FAMILIES.filter(({ variants }) => variants.length > 1);
    expect(tuned.map(({ variants }) => variants.length * SHARES.length)).toEqual(
      tuned.map(() => 42),
    );
  });

  test('has settings that can be written into rules, for every family, variant and share', () => {
    const world = aWorld(aCourse([10, 10]));
    for (const { variants, policy } of FAMILIES) {
      for (const [variant] of variants.entries()) {
        for (const share of SHARES) {
          expect(policy(variant, knobAt(share, world)).looks.length).toBeGreaterThan(0);
        }
      }
    }
  });
});

describe('a measurement', () => {
  test('lets a family with all its settings live through the judged part of a trace', () => {
    const order = { file: file(), size: 4, seed: 1, family: 'HPA, requests' };
    const { trace, optimum, points } = measure(order);
    expect([trace, optimum.length, points.length]).toEqual(['two-levels', 1, 42]);
    const [first, last] = [points[0], points.at(-1)];
    expect(first?.hours[0]).toBeGreaterThan(last?.hours[0] ?? 0);
    expect(last?.violated[0]).toBeGreaterThan(first?.violated[0] ?? 0);
    expect(measure(order).points).toEqual(points);
  });

  test('finds the bounds of a world', () => {
    const { bounds } = measure({ file: file(), size: 4, seed: 1, family: BOUNDS });
    expect(bounds?.relaxed.every((cost) => cost > 0.5 && cost <= 1 + 1e-9)).toBe(true);
    expect(bounds?.sighted.hours.length).toBe(1);
  });

  test('of nobody is refused', () => {
    expect(() => measure({ file: file(), size: 4, seed: 1, family: 'nobody' })).toThrow(
      'no family is named nobody',
    );
  });

  test('says what is wrong with a file', () => {
    writeFileSync(join(directory, 'bad.csv'), 'time,value\n');
    expect(() => traceIn(join(directory, 'bad.csv'))).toThrow('--traces: bad, line 1');
  });
});
